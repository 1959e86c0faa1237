// A calm zone as it is stored and judged by: the ceiling, the floor, the hard limit, and where they came from.

/** Where a ceiling came from, in the order of precedence of rule B6; `none` is no ceiling. */
export const zoneSources = [
  'manual',
  'talktest',
  'talktest_capped',
  'hrr_measured',
  'pctmax_measured',
  'hrr_age',
  'pctmax_age',
  'maf',
  'none',
] as const
export type ZoneSource = (typeof zoneSources)[number]
/** Where a ceiling can come from. */
export type CeilingSource = Exclude<ZoneSource, 'none'>
export const ceilingSources: readonly CeilingSource[] = zoneSources.filter((source) => source !== 'none')

interface OtherLimits {
  /** Information only (rule B9). */
  readonly floorBpm: number | null
  /** At or above this for 10 s calls for a person (rules B7, F2); one stated by hand stands without a ceiling too. */
  readonly hardBpm: number | null
}
/** Limits in bpm; null where there is none. Whether there is a ceiling, `source` says. */
export type CalmZone = OtherLimits &
  (
    | {
        readonly source: CeilingSource
        /** Calm up to and including this (rule C4). */
        readonly ceilingBpm: number
      }
    | { readonly source: 'none'; readonly ceilingBpm: null }
  )

/** What a rule is held to; null where there is no such limit. */
export type Limits = Pick<CalmZone, 'ceilingBpm' | 'hardBpm'>

export const noZone: CalmZone = { source: 'none', ceilingBpm: null, floorBpm: null, hardBpm: null }

/** What a row or an answer says in four columns, as a zone.
 *  @returns null where source and ceiling contradict each other: no zone is made of it */
export function toCalmZone(limits: {
  readonly source: ZoneSource
  readonly ceilingBpm: number | null
  readonly floorBpm: number | null
  readonly hardBpm: number | null
}): CalmZone | null {
  const { source, ceilingBpm, floorBpm, hardBpm } = limits
  if (source === 'none') return ceilingBpm === null ? { source, ceilingBpm, floorBpm, hardBpm } : null
  return ceilingBpm === null ? null : { source, ceilingBpm, floorBpm, hardBpm }
}

/** The limits alone, of a version that says more. */
export function zoneOfVersion(zone: CalmZone): CalmZone {
  const { floorBpm, hardBpm } = zone
  return zone.source === 'none'
    ? { source: zone.source, ceilingBpm: null, floorBpm, hardBpm }
    : { source: zone.source, ceilingBpm: zone.ceilingBpm, floorBpm, hardBpm }
}
