// A flag: something for a person to look at, with the rule, its version and the numbers it used. It says nothing about a
// person; a person closes it.
import type { Evidence, EvidenceOf } from './evidence.ts'
import { ruleVersion } from './rule-version.ts'

/** Flags of one run (section F), in the order in which they are shown. */
export const runFlagKinds = [
  'F9.hard',
  'F9.not_easing',
  'F10.possible_misreading',
  'F2.peak',
  'F1.above',
  'F6.rising',
  'F5.longer',
  'F7.no_breaks',
  'F8.start',
  'F3.decoupling',
  'F4.recovery',
] as const
export type RunFlagKind = (typeof runFlagKinds)[number]

/** Flags over a client's history (section G). */
export const patternFlagKinds = [
  'G18.very_low',
  'G13.early_signs',
  'G13.short_sleep_low_energy',
  'G16.several_at_once',
  'G11.not_easing',
  'G15.food',
  'G10.calm_share_falling',
  'G6.two_a_day',
  'G7.no_rest_day',
  'G8.week_minutes',
  'G9.night',
  'G12.unplanned',
  'G4.change',
  'G5.monotony',
  'G14.rest_days',
] as const
export type PatternFlagKind = (typeof patternFlagKinds)[number]

/** All of them, in the order in which they are shown. */
export const flagKinds = [...runFlagKinds, ...patternFlagKinds] as const
export type FlagKind = (typeof flagKinds)[number]

/** Rising urgency; `look` and `today` belong to G13 and G16: the therapist makes contact, on that day for `today`. */
export const flagLevels = ['note', 'attention', 'look', 'today'] as const
export type FlagLevel = (typeof flagLevels)[number]

export interface Finding<Kind extends string = RunFlagKind> {
  readonly kind: Kind
  /** Rule id, e.g. `F2`. */
  readonly rule: string
  readonly ruleVersion: string
  readonly level: FlagLevel
  /** What the rule used: `EvidenceOf` its kind where it was found just now. */
  readonly evidence: Evidence
}

export const makeFinding = <Kind extends FlagKind>(
  kind: Kind,
  level: FlagLevel,
  evidence: EvidenceOf[Kind],
): Finding<Kind> => ({
  kind,
  rule: kind.slice(0, kind.indexOf('.')),
  ruleVersion,
  level,
  evidence,
})
