// Numbers of two sources of one run: when they are one, and how their agreement is told.
import { valuesOf, type ParameterTable, type ValuesOf } from './parameter.ts'

const choice = 'product choice'

export const sourceParameterTable = {
  overlapShare: { value: 0.5, unit: 'share of the shorter one', source: choice, min: 0.25, max: 0.9 },
  agreementMinS: { value: 60, unit: 's', source: choice },
  agreementFactor: { value: 1.96, unit: 'standard deviations', source: 'Bland & Altman 1986', min: 1.96, max: 1.96 },
} as const satisfies ParameterTable
export type SourceParameters = ValuesOf<typeof sourceParameterTable>
export const sourceDefaults: SourceParameters = valuesOf(sourceParameterTable)
