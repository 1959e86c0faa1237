// Numbers of section G: load, and patterns over a client's history.
import { valuesOf, type ParameterTable, type ValuesOf } from './parameter.ts'

const choice = 'product choice'

export const patternParameterTable = {
  windowDays: { value: 7, unit: 'days', source: choice },
  ewmaAcuteDays: { value: 7, unit: 'days', source: 'Williams 2017' },
  ewmaChronicDays: { value: 28, unit: 'days', source: 'Williams 2017' },
  ewmaMinChronic: { value: 5, unit: 'load a day', source: choice },
  changeNoteRatio: { value: 1.5, unit: 'times usual', source: 'product choice; change, never injury risk' },
  monotonyNote: { value: 2, unit: 'mean over SD', source: 'Foster 1998' },
  monotonyMinRunDays: { value: 5, unit: 'run days', source: choice },
  sessionMinMin: { value: 10, unit: 'min', source: choice },
  sessionGapMin: { value: 60, unit: 'min', source: choice },
  twoADayAttentionDays: { value: 2, unit: 'days', source: choice },
  noRestNoteDays: { value: 4, unit: 'days', source: choice },
  noRestAttentionDays: { value: 6, unit: 'days', source: choice },
  weekNoteRatio: { value: 1.25, unit: 'times the plan', source: choice },
  weekAttentionRatio: { value: 1.5, unit: 'times the plan', source: choice },
  weekAttentionMin: { value: 20, unit: 'min', source: choice },
  nightFromHour: { value: 22, unit: 'hour', source: choice },
  nightToHour: { value: 5, unit: 'hour', source: choice },
  nightAttentionRuns: { value: 2, unit: 'runs', source: choice },
  trendRuns: { value: 5, unit: 'runs', source: choice },
  trendFallPerRun: { value: 0.05, unit: 'share per run', source: choice },
  trendLastShare: { value: 0.8, unit: 'share', source: choice },
  notEasingOfRuns: { value: 3, unit: 'runs', source: choice },
  notEasingRuns: { value: 2, unit: 'runs', source: choice },
  unplannedRuns: { value: 3, unit: 'runs', source: choice },
  usualCheckIns: { value: 14, unit: 'check-ins', source: choice },
  shortSleepH: { value: 5, unit: 'h', source: choice },
  shorterSleepH: { value: 2, unit: 'h', source: choice },
  higherBy: { value: 2, unit: 'points of 10', source: choice },
  highAt: { value: 9, unit: 'points of 10', source: choice },
  lowAt: { value: 3, unit: 'points of 10', source: choice },
  painAt: { value: 4, unit: 'points of 10', source: choice },
  painTimes: { value: 2, unit: 'times', source: choice },
  restHints: { value: 2, unit: 'hints', source: choice },
  restHintDays: { value: 14, unit: 'days', source: choice },
  repeatAfterDays: { value: 7, unit: 'days', source: choice },
} as const satisfies ParameterTable
export type PatternParameters = ValuesOf<typeof patternParameterTable>
export const patternDefaults: PatternParameters = valuesOf(patternParameterTable)
