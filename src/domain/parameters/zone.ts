// Numbers of sections A and B: from age, rest and talk test to a calm zone.
import { valuesOf, type ParameterTable, type ValuesOf } from './parameter.ts'

const acsm = 'ACSM / Garber 2011, moderate 40-59 % HRR = 64-76 % HRmax'
const choice = 'product choice'

export const zoneParameterTable = {
  ageFormulaMinYears: { value: 18, unit: 'years', source: 'rule A6; adults only', min: 18 },
  ageFormulaMaxYears: { value: 80, unit: 'years', source: 'rule A6', max: 80 },
  ceilingReserveShare: { value: 0.6, unit: 'share of HR reserve', source: acsm, min: 0.4, max: 0.75 },
  floorReserveShare: { value: 0.4, unit: 'share of HR reserve', source: acsm },
  ceilingMaxShare: { value: 0.76, unit: 'share of HRmax', source: acsm, max: 0.85 },
  floorMaxShare: { value: 0.64, unit: 'share of HRmax', source: acsm },
  talkStageS: { value: 180, unit: 's', source: 'product choice; failing can take over 2 min', min: 180 },
  talkWindowS: { value: 60, unit: 's', source: choice },
  talkMinGoodS: { value: 30, unit: 's', source: choice },
  talkValidDays: { value: 90, unit: 'days', source: choice },
  talkCapReserveShare: {
    value: 0.75,
    unit: 'share of HR reserve',
    source: 'product choice, after Persinger 2004',
    max: 0.85,
  },
  talkCapReserveShareExtra: { value: 0.65, unit: 'share of HR reserve', source: choice },
  restValidDays: { value: 30, unit: 'days', source: choice },
  hardMaxShare: { value: 0.9, unit: 'share of HRmax', source: choice, max: 0.95 },
  hardAboveCeilingBpm: { value: 10, unit: 'bpm', source: choice },
  hardAboveCeilingUnknownMaxBpm: { value: 20, unit: 'bpm', source: choice },
  restHighBpm: { value: 100, unit: 'bpm', source: 'rule B11; product choice' },
  ceilingHighMaxShare: { value: 0.8, unit: 'share of HRmax', source: 'rule B11; product choice' },
  talkLowerBpm: { value: 3, unit: 'bpm', source: choice },
} as const satisfies ParameterTable
export type ZoneParameters = ValuesOf<typeof zoneParameterTable>
export const zoneDefaults: ZoneParameters = valuesOf(zoneParameterTable)
