// Numbers of the flags of one run, F3 to F10. Those of F1, F2 and F5 stand with the verdict.
import { valuesOf, type ParameterTable, type ValuesOf } from './parameter.ts'

const choice = 'product choice'

export const flagParameterTable = {
  walkSpeedMPerS: { value: 1.9, unit: 'm/s', source: choice },
  walkCadencePerMin: { value: 140, unit: 'steps/min', source: choice },
  gaitMaxRunS: { value: 21600, unit: 's', source: choice },
  decoupleSkipS: { value: 300, unit: 's', source: choice },
  decoupleMinSteadyS: { value: 1200, unit: 's', source: choice },
  decoupleMinCoverage: { value: 0.8, unit: 'share', source: choice },
  decoupleMaxSpeedCv: { value: 0.15, unit: 'coefficient of variation', source: choice },
  decoupleMaxGrade: { value: 0.02, unit: 'rise over run', source: choice },
  decoupleGradeS: { value: 60, unit: 's', source: choice },
  decoupleMaxTemperatureC: { value: 25, unit: '°C', source: choice },
  decouplePercent: { value: 5, unit: '%', source: 'Friel, a convention and no physiological rule' },
  recoveryEndS: { value: 10, unit: 's', source: choice },
  recoveryAroundS: { value: 5, unit: 's', source: choice },
  recoveryMinEndBpm: { value: 120, unit: 'bpm', source: choice },
  recovery60Bpm: { value: 12, unit: 'bpm', source: 'Cole 1999, after a maximal test' },
  recovery120Bpm: { value: 22, unit: 'bpm', source: 'Shetler 2001; Carnethon 2012' },
  risingMinS: { value: 480, unit: 's', source: choice },
  risingRunShare: { value: 1 / 3, unit: 'share of the run', source: choice },
  risingBpmPerMin: { value: 1, unit: 'bpm/min', source: choice },
  risingMeanS: { value: 300, unit: 's', source: choice },
  risingMinCoverage: { value: 0.8, unit: 'share', source: choice },
  breakMinS: { value: 20, unit: 's', source: choice },
  breakShareOfPlan: { value: 0.6, unit: 'share of the planned break', source: choice },
  breakFoundShare: { value: 0.5, unit: 'share of the planned breaks and walking', source: choice },
  standingS: { value: 60, unit: 's', source: choice },
  standingMinGoodS: { value: 30, unit: 's', source: choice },
  standingMaxSpeedMPerS: { value: 0.5, unit: 'm/s', source: choice },
  startHistoryMin: { value: 3, unit: 'runs', source: choice },
  startHistory: { value: 5, unit: 'runs', source: choice },
  startNoteBpm: { value: 10, unit: 'bpm', source: choice },
  startAttentionBpm: { value: 15, unit: 'bpm', source: choice },
  startAlwaysBpm: { value: 100, unit: 'bpm', source: 'resting tachycardia, textbook' },
  misreadingAroundS: { value: 60, unit: 's', source: choice },
  misreadingShare: { value: 0.2, unit: 'share', source: choice },
} as const satisfies ParameterTable
export type FlagParameters = ValuesOf<typeof flagParameterTable>
export const flagDefaults: FlagParameters = valuesOf(flagParameterTable)
