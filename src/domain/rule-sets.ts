// Rules whose outcome reads as a health statement. They are off until a clinic switches them on knowingly; the switch is
// stored and dated (store/settings.ts).

export const ruleSets = ['recovery', 'start_heart_rate', 'early_signs', 'dfa_alpha1', 'medicine'] as const
export type RuleSet = (typeof ruleSets)[number]

/** The rules that each set holds. */
export const rulesOfSet: Readonly<Record<RuleSet, readonly string[]>> = {
  recovery: ['F4'],
  start_heart_rate: ['F8'],
  early_signs: ['G13'],
  dfa_alpha1: ['H'],
  medicine: ['A8', 'A9', 'A10', 'A11'],
}
