// Numbers of section H: DFA alpha 1, experimental, display only.
import { valuesOf, type ParameterTable, type ValuesOf } from './parameter.ts'

const choice = 'product choice'

export const alpha1ParameterTable = {
  alphaFirstBox: { value: 4, unit: 'beats', source: 'Rogers 2021' },
  alphaLastBox: { value: 16, unit: 'beats', source: 'Rogers 2021' },
  alphaWindowS: { value: 120, unit: 's', source: 'Rogers 2021' },
  alphaStepS: { value: 20, unit: 's', source: choice },
  alphaMinBeats: { value: 200, unit: 'beats', source: choice },
  alphaMinBeatsFullWindow: { value: 100, unit: 'beats', source: choice },
  alphaMaxArtefactShare: { value: 0.05, unit: 'share', source: 'usual limit' },
  alphaThreshold: { value: 0.75, unit: 'alpha 1', source: 'Rogers 2021, 15 people' },
  alphaLow: { value: 0.5, unit: 'alpha 1', source: choice },
  alphaInARow: { value: 3, unit: 'windows', source: choice },
} as const satisfies ParameterTable
export type Alpha1Parameters = ValuesOf<typeof alpha1ParameterTable>
export const alpha1Defaults: Alpha1Parameters = valuesOf(alpha1ParameterTable)
