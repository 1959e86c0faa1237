// Numbers of two sources of one run: when they are one, and how their agreement is told.
import { valuesOf, type ParameterTable, type ValuesOf } from './parameter.ts'

const choice = 'product choice'

export const sourceParameterTable = {
  overlapShare: { value: 0.5, unit: 'share of the shorter one', source: choice, min: 0.25, max: 0.9 },
  combineByClocksS: { value: 60, unit: 's', source: 'product choice; clocks that differ by less are believed' },
  twinShiftS: { value: 600, unit: 's', source: choice },
  twinStartS: { value: 120, unit: 's', source: choice },
  twinMinS: { value: 600, unit: 's', source: choice },
  twinCloseBpm: { value: 5, unit: 'bpm', source: choice },
  twinCloseShare: { value: 0.6, unit: 'share of the common seconds', source: choice },
  twinCorrelation: { value: 0.8, unit: 'Pearson r', source: choice, max: 0.99 },
  twinQuarterS: { value: 900, unit: 's', source: 'time zones differ by quarters of an hour', min: 900, max: 900 },
  twinQuarterMaxS: { value: 50_400, unit: 's', source: 'the widest time zone, 14 h', min: 900, max: 50_400 },
  twinQuarterSlackS: { value: 2, unit: 's', source: 'product choice; whole seconds are cut off', min: 0 },
  twinWarmS: { value: 480, unit: 's', source: choice },
  twinEqualBpm: { value: 1, unit: 'bpm', source: choice },
  twinEqualShare: { value: 0.95, unit: 'share of the common seconds', source: choice },
  agreementMinS: { value: 60, unit: 's', source: choice },
  agreementFactor: { value: 1.96, unit: 'standard deviations', source: 'Bland & Altman 1986', min: 1.96, max: 1.96 },
} as const satisfies ParameterTable
export type SourceParameters = ValuesOf<typeof sourceParameterTable>
export const sourceDefaults: SourceParameters = valuesOf(sourceParameterTable)
