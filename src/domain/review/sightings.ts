// Which of what the rules say is put before a person. A note is a line in the report and stays there; attention and more is
// raised. The same flag for the same client comes at most once in seven days unless its level rises (section G,
// de-duplication): until then it is told beside the flag that is there.
import { flagLevels, type Evidence, type Flag, type FlagKind, type FlagLevel } from '../flag.ts'
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import { localMoment } from '../patterns/local-day.ts'

export const raisedLevels = ['attention', 'look', 'today'] as const satisfies readonly FlagLevel[]
export type RaisedLevel = (typeof raisedLevels)[number]

/** A rule that held at one moment of one client. */
export interface Sighting {
  readonly kind: FlagKind
  readonly rule: string
  readonly ruleVersion: string
  readonly level: RaisedLevel
  readonly evidence: Evidence
  /** The run that it points at, or that it was seen after; null for what a client told on a day without one. */
  readonly runId: string | null
  /** The end of that run, or the moment of telling. */
  readonly aboutMs: number
}

/** Kinds that rest on what a client tells, and so can come on a day without a run. */
export const toldKinds: ReadonlySet<FlagKind> = new Set(['G13.early_signs', 'G13.short_sleep_low_energy', 'G15.food'])

/** A flag that was raised before, with every sighting that was told beside it. */
export interface KnownFlag {
  readonly id: string
  readonly kind: string
  readonly level: RaisedLevel
  readonly aboutMs: number
  readonly seen: readonly Pick<Sighting, 'runId' | 'aboutMs'>[]
}

export type Raising =
  | { readonly flagId: null; readonly sighting: Sighting; readonly seenAgain: readonly Sighting[] }
  | { readonly flagId: string; readonly seenAgain: readonly Sighting[] }

/** Flags of attention and more, as sightings. */
export const toSightings = (
  flags: readonly Flag<FlagKind>[],
  runId: string | null,
  aboutMs: number,
): readonly Sighting[] =>
  flags.flatMap(({ kind, rule, ruleVersion, level, evidence }) =>
    level === 'note' ? [] : [{ kind, rule, ruleVersion, level, evidence, runId, aboutMs }],
  )

/** New flags, and what is told beside flags, in the order of the sightings. What was told before is left out, so that looking
 *  twice changes nothing. */
export function sortSightings(
  sightings: readonly Sighting[],
  known: readonly KnownFlag[],
  timeZone: string,
  p: PatternParameters = patternDefaults,
): Raising[] {
  const dayOf = (atMs: number) => localMoment(atMs, timeZone).day
  const flags = known.map((flag) => ({
    ...flag,
    day: dayOf(flag.aboutMs),
    seen: [...flag.seen],
    fresh: null as Fresh | null,
  }))
  const raisings: Raising[] = []
  const inOrder = sightings.toSorted((a, b) => a.aboutMs - b.aboutMs)
  for (const sighting of inOrder) {
    const day = dayOf(sighting.aboutMs)
    const same = flags.filter(({ kind }) => kind === sighting.kind)
    const before = same.filter(({ level }) => rank(level) >= rank(sighting.level))
    if (before.some(({ seen }) => seen.some((one) => isSame(one, sighting)))) continue
    const near = before
      .filter((flag) => Math.abs(day - flag.day) < p.repeatAfterDays)
      .toSorted((a, b) => Math.abs(day - a.day) - Math.abs(day - b.day))[0]
    if (near === undefined) {
      const seenAgain: Sighting[] = []
      raisings.push({ flagId: null, sighting, seenAgain })
      const { kind, level, aboutMs } = sighting
      flags.push({ id: '', kind, level, aboutMs, day, seen: [sighting], fresh: { seenAgain } })
      continue
    }
    near.seen.push(sighting)
    if (near.fresh !== null) near.fresh.seenAgain.push(sighting)
    else {
      near.fresh = { seenAgain: [sighting] }
      raisings.push({ flagId: near.id, seenAgain: near.fresh.seenAgain })
    }
  }
  return raisings
}

interface Fresh {
  readonly seenAgain: Sighting[]
}

const rank = (level: RaisedLevel): number => flagLevels.indexOf(level)

/** The same rule at the same run, or at the same moment of telling. */
const isSame = (a: Pick<Sighting, 'runId' | 'aboutMs'>, b: Pick<Sighting, 'runId' | 'aboutMs'>): boolean =>
  a.runId === null ? b.runId === null && a.aboutMs === b.aboutMs : a.runId === b.runId
