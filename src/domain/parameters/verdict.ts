// Numbers of C5 and of the flags F1, F2 and F5.
import { valuesOf, type ParameterTable, type ValuesOf } from './parameter.ts'

const choice = 'product choice'

export const verdictParameterTable = {
  minMovingS: { value: 300, unit: 's', source: choice },
  minGoodS: { value: 300, unit: 's', source: choice },
  minCoverage: { value: 0.8, unit: 'share', source: choice },
  tooHardCalmShare: { value: 0.7, unit: 'share', source: choice },
  calmShare: { value: 0.9, unit: 'share', source: choice },
  calmMaxHardS: { value: 10, unit: 's', source: choice },
  aboveNoteShare: { value: 0.1, unit: 'share', source: choice },
  aboveAttentionShare: { value: 0.3, unit: 'share', source: choice },
  peakHoldS: { value: 10, unit: 's', source: choice },
  longerMin: { value: 5, unit: 'min', source: choice },
  longerNoteRatio: { value: 1.25, unit: 'times the plan', source: choice },
  longerAttentionRatio: { value: 1.5, unit: 'times the plan', source: choice },
  longerWalkMin: { value: 60, unit: 'min', source: 'product choice; a calm walk may be so much longer' },
} as const satisfies ParameterTable
export type VerdictParameters = ValuesOf<typeof verdictParameterTable>
export const verdictDefaults: VerdictParameters = valuesOf(verdictParameterTable)
