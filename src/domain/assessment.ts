// What the judge says of one recording under one zone: the shape that is stored, sent and shown. Plain data only.
import type { CalmZone } from './calm-zone.ts'

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

export const flagLevels = ['note', 'attention'] as const
export type FlagLevel = (typeof flagLevels)[number]

/** Something for a person to look at. `evidence` holds the numbers the rule used and the spans it points at. */
export interface Flag {
  /** Rule id and name, e.g. `F2.peak`. */
  readonly kind: string
  readonly level: FlagLevel
  readonly evidence: Readonly<Record<string, unknown>>
}

export type CuePriority = 'high' | 'medium' | 'low' | 'info'
/** `[elapsedS, kind, priority]` (section E). */
export type Cue = readonly [elapsedS: number, kind: string, priority: CuePriority]

export interface Assessment {
  readonly ruleVersion: string
  readonly zone: CalmZone
  readonly verdict: Verdict
  readonly zoneTime: ZoneTime
  /** Moving seconds under each mark. */
  readonly qualityS: Readonly<Record<BadMark, number>>
  readonly markedSpans: readonly MarkedSpan[]
  readonly cues: readonly Cue[]
  readonly flags: readonly Flag[]
}
