// Rule G17: what is to be put right before the rules can say much of somebody. No flag and no finding: a quiet line.
import type { Verdict } from './assessment.ts'
import type { ZoneSource } from './calm-zone.ts'
import { patternDefaults, type PatternParameters } from './parameters/pattern.ts'
import { zoneDefaults, type ZoneParameters } from './parameters/zone.ts'
import { zoneState } from './zone/zone-state.ts'

export const upkeepKinds = ['no_limit', 'limit_old', 'limit_review', 'no_plan', 'signal', 'twice', 'no_date'] as const
/** `limit_old`: older than its method allows. `limit_review`: a check-in said that a medicine changed (rule A10). `signal`: the
 *  sensor does not serve. `twice`: two recordings may be one run, and nobody said (rule T5). `no_date`: when a run was is asked
 *  (rule T4). */
export type UpkeepKind = (typeof upkeepKinds)[number]

export interface UpkeepFacts {
  /** The limit in force; null where there is none. */
  readonly zone: {
    readonly source: ZoneSource
    readonly ceilingBpm: number | null
    readonly talkTestedAtMs: number | null
  } | null
  readonly zoneNeedsReview: boolean
  readonly hasPlan: boolean
  /** Of the last runs, newest last. */
  readonly verdicts: readonly Verdict[]
  /** Whether nobody said yet if two recordings are one run. */
  readonly asksTwice?: boolean
  /** Whether there is a run of which nobody said yet when it was. */
  readonly hasUndated?: boolean
}

export function findUpkeep(
  { zone, zoneNeedsReview, hasPlan, verdicts, asksTwice = false, hasUndated = false }: UpkeepFacts,
  atMs: number,
  p: PatternParameters = patternDefaults,
  zones: ZoneParameters = zoneDefaults,
): UpkeepKind[] {
  const hasCeiling = zone !== null && zone.ceilingBpm !== null
  const isOld = zone !== null && zoneState(zone.source, zone.talkTestedAtMs, atMs, zones) === 'expired'
  const last = verdicts.slice(-p.upkeepOfRuns)
  const unheard = last.filter((verdict) => verdict === 'cannot_tell:signal').length
  const holds: Readonly<Record<UpkeepKind, boolean>> = {
    no_limit: !hasCeiling,
    limit_old: hasCeiling && isOld,
    limit_review: hasCeiling && zoneNeedsReview,
    no_plan: !hasPlan,
    signal: unheard >= p.upkeepSignalRuns,
    twice: asksTwice,
    no_date: hasUndated,
  }
  return upkeepKinds.filter((kind) => holds[kind])
}
