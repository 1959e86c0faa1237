// What the judge says of one recording under one zone: the shape that is stored, sent and shown. Plain data only.
import type { CalmZone } from './calm-zone.ts'
import type { Cue } from './cue.ts'
import type { Finding } from './finding.ts'
import type { Guidance, GuidanceDifference } from './guidance.ts'
import type { ParameterOverrides } from './parameters/parameters.ts'
import type { RuleSet } from './rule-sets.ts'

export const verdicts = [
  'calm',
  'mostly_calm',
  'too_hard',
  'cannot_tell:no_zone',
  'cannot_tell:too_short',
  'cannot_tell:signal',
] as const
export type Verdict = (typeof verdicts)[number]

/** Marks of section D that make a sample bad, in the order in which they are tried. */
export const badMarks = ['no_contact', 'dropout', 'range', 'jump', 'frozen', 'dry_strap', 'cadence_lock'] as const
export type BadMark = (typeof badMarks)[number]

/** A stretch of marked samples, for shading a chart: `[fromS, toS)` since the start. */
export interface MarkedSpan {
  readonly mark: BadMark
  readonly fromS: number
  readonly toS: number
}

/** Integrals over moving time (rules C1 to C4), seconds; shares run 0 to 1. */
export interface ZoneTime {
  readonly movingS: number
  readonly goodS: number
  readonly calmS: number
  readonly aboveS: number
  readonly hardS: number
  readonly coverage: number
  readonly calmShare: number | null
  readonly calmMin: number
  readonly calmMax: number
}

/** Where the report marks otherwise than was known live: a frozen sensor's first 90 s, a dry strap (sections D, E). Null is
 *  a believed sample. */
export interface RemarkedSpan {
  readonly live: BadMark | null
  readonly report: BadMark | null
  readonly fromS: number
  readonly toS: number
}

export interface Assessment {
  readonly ruleVersion: string
  readonly zone: CalmZone
  readonly verdict: Verdict
  readonly zoneTime: ZoneTime
  /** Moving seconds under each mark. */
  readonly qualityS: Readonly<Record<BadMark, number>>
  readonly markedSpans: readonly MarkedSpan[]
  /** Where live and report marks differ: the cues rest on the live ones, all else on the report's. */
  readonly remarkedSpans: readonly RemarkedSpan[]
  /** Heart rate while standing before the start; null where the rule set of F8 is off or nobody stood. */
  readonly standingBpm: number | null
  /** As the monitor gave them live, by what guided the run then; where nobody was guided, as it would have given them by the
   *  zone and the parameters here. */
  readonly cues: readonly Cue[]
  readonly flags: readonly Finding[]
  /** Rule sets that were on, and parameters that the clinic had changed: with the rule version, all that it was judged by. */
  readonly ruleSets: readonly RuleSet[]
  readonly parameters: ParameterOverrides
  /** What guided the run, and where the rest of this assessment goes by something else; absent where nobody was guided. */
  readonly guided?: { readonly by: Guidance; readonly differs: readonly GuidanceDifference[] }
}
