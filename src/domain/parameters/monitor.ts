// Numbers of section E: when a live cue is given, when it ends, when it is raised. All hold times are ours.
import { valuesOf, type ParameterTable, type ValuesOf } from './parameter.ts'

const choice = 'product choice'

export const monitorParameterTable = {
  overHoldS: { value: 30, unit: 's', source: choice },
  overHoldExtraS: { value: 20, unit: 's', source: 'product choice, watch level extra' },
  dipToleranceS: { value: 5, unit: 's', source: choice },
  clearMarginBpm: { value: 3, unit: 'bpm', source: choice },
  clearHoldS: { value: 20, unit: 's', source: choice },
  bandHoldS: { value: 60, unit: 's', source: choice },
  hardHoldS: { value: 10, unit: 's', source: choice },
  hardMarginBpm: { value: 3, unit: 'bpm', source: choice },
  hardClearHoldS: { value: 20, unit: 's', source: choice },
  noSignalS: { value: 12, unit: 's', source: choice },
  backHoldS: { value: 3, unit: 's', source: choice },
  backGapS: { value: 5, unit: 's', source: 'product choice; G of rule C1' },
  easeAfterS: { value: 60, unit: 's', source: choice },
  easeAfterExtraS: { value: 45, unit: 's', source: 'product choice, watch level extra' },
  easeDropBpm: { value: 5, unit: 'bpm', source: choice },
  easeMaxS: { value: 180, unit: 's', source: choice },
  muteS: { value: 60, unit: 's', source: choice },
  snoozeS: { value: 180, unit: 's', source: choice },
  snoozeMax: { value: 2, unit: 'times a run', source: choice, min: 0 },
  repeatCount: { value: 3, unit: 'cues', source: choice },
  repeatWindowS: { value: 600, unit: 's', source: choice },
  checkStrapFirstS: { value: 300, unit: 's', source: choice },
  checkStrapWindowS: { value: 60, unit: 's', source: choice },
} as const satisfies ParameterTable
export type MonitorParameters = ValuesOf<typeof monitorParameterTable>
export const monitorDefaults: MonitorParameters = valuesOf(monitorParameterTable)
