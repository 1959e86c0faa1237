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

/** Limits in bpm; null where there is none. `none` has no ceiling; a hard limit stated by hand stands there all the same. */
export interface CalmZone {
  readonly source: ZoneSource
  /** Calm up to and including this (rule C4). */
  readonly ceilingBpm: number | null
  /** Information only (rule B9). */
  readonly floorBpm: number | null
  /** At or above this for 10 s calls for a person (rules B7, F2). */
  readonly hardBpm: number | null
}

export const noZone: CalmZone = { source: 'none', ceilingBpm: null, floorBpm: null, hardBpm: null }
