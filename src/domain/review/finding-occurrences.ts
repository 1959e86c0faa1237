// Which of what the rules say is put before a person. A note is a line in the report and stays there; attention and more is
// raised. What a rule says of weeks is an occurrence only at the moment that brought something new to it.
import { runIdsIn, type Evidence } from '../evidence.ts'
import { flagLevels, type Finding, type FlagKind, type FlagLevel } from '../finding.ts'

export const raisedLevels = ['attention', 'look', 'today'] as const satisfies readonly FlagLevel[]
export type RaisedLevel = (typeof raisedLevels)[number]

/** Rising. */
export const rankOf = (level: RaisedLevel): number => flagLevels.indexOf(level)

/** A rule that held at one moment of one client. */
export interface FindingOccurrence {
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
export const selfReportKinds: ReadonlySet<FlagKind> = new Set([
  'G13.early_signs',
  'G13.short_sleep_low_energy',
  'G15.food',
  'G18.very_low',
])

/** Kinds that stay loud even after a person called one unfounded: HARD (F10 where a person confirmed it), and (product choice) who tells that they are very
 *  low. */
export const neverQuietKinds: ReadonlySet<FlagKind> = new Set([
  'F9.hard',
  'F10.possible_misreading',
  'F2.peak',
  'G18.very_low',
])

/** Kinds whose words ask for contact today whatever their level: they stand above the list, with what is of today. */
export const todayKinds: ReadonlySet<FlagKind> = new Set(['G18.very_low'])

/** Flags of attention and more, as occurrences. */
export const toOccurrences = (
  flags: readonly Finding<FlagKind>[],
  runId: string | null,
  aboutMs: number,
): readonly FindingOccurrence[] =>
  flags.flatMap(({ kind, rule, ruleVersion, level, evidence }) =>
    level === 'note' ? [] : [{ kind, rule, ruleVersion, level, evidence, runId, aboutMs }],
  )

/** Whether this moment is part of what a pattern rests on: its run is among those that the rule counted, or it is the moment
 *  at which the client told it. A calm run after two hard ones says nothing new of them. */
export const isNewAt = ({
  evidence,
  runId,
  aboutMs,
}: Pick<FindingOccurrence, 'evidence' | 'runId' | 'aboutMs'>): boolean =>
  runId === null ? evidence.toldAtMs === aboutMs : runIdsIn(evidence).includes(runId)

/** The same rule at the same run, or at the same moment of telling. */
export const isSameMoment = (
  a: Pick<FindingOccurrence, 'runId' | 'aboutMs'>,
  b: Pick<FindingOccurrence, 'runId' | 'aboutMs'>,
): boolean => (a.runId === null ? b.runId === null && a.aboutMs === b.aboutMs : a.runId === b.runId)
