// The facts that a calm limit rests on, as people give them and as they are kept with a version. The form, the routes, the
// store and archives use this one shape (rule B12: saving changes only what was changed).
import type { WatchLevel, ZoneFacts } from './resolve-zone.ts'

export interface ZoneInputs {
  readonly manualCeilingBpm: number | null
  readonly manualFloorBpm: number | null
  readonly manualHardBpm: number | null
  readonly restBpm: number | null
  /** Asked where something raises the heart rate (rule A9). */
  readonly restMeasuredAtMs: number | null
  readonly restOnCurrentMedication: boolean
  readonly measuredMaxBpm: number | null
  readonly measuredMaxOnCurrentMedication: boolean
  readonly talkCeilingBpm: number | null
  readonly talkTestedAtMs: number | null
  /** This heart rate needs its own calibration (rules A8, A11). */
  readonly ownCalibration: boolean
  readonly ageFormulaConfirmed: boolean
  /** Something raises this heart rate (rule A9); never what. */
  readonly rateRaising: boolean
  /** Rule B8, note: a person knows better than an age estimate. */
  readonly overrideAgeEstimate: boolean
}
/** Inputs as a version of some calmpace stored them: what stands under a name is asked by `readInputs`. */
export type StoredInputs = { readonly [K in keyof ZoneInputs]?: unknown }
/** What somebody changes: a member that is absent stays as it is, null or false takes it away. */
export type ZoneInputChanges = { readonly [K in keyof ZoneInputs]?: ZoneInputs[K] | undefined }

export const noInputs: ZoneInputs = {
  manualCeilingBpm: null,
  manualFloorBpm: null,
  manualHardBpm: null,
  restBpm: null,
  restMeasuredAtMs: null,
  restOnCurrentMedication: false,
  measuredMaxBpm: null,
  measuredMaxOnCurrentMedication: false,
  talkCeilingBpm: null,
  talkTestedAtMs: null,
  ownCalibration: false,
  ageFormulaConfirmed: false,
  rateRaising: false,
  overrideAgeEstimate: false,
}

const numbers = [
  'manualCeilingBpm',
  'manualFloorBpm',
  'manualHardBpm',
  'restBpm',
  'restMeasuredAtMs',
  'measuredMaxBpm',
  'talkCeilingBpm',
  'talkTestedAtMs',
] as const satisfies readonly (keyof ZoneInputs)[]
const ticks = [
  'restOnCurrentMedication',
  'measuredMaxOnCurrentMedication',
  'ownCalibration',
  'ageFormulaConfirmed',
  'rateRaising',
  'overrideAgeEstimate',
] as const satisfies readonly (keyof ZoneInputs)[]

/** Inputs as they were stored, by this version of calmpace or an older one; what is missing or of another type is absent. */
export function readInputs(stored: StoredInputs): ZoneInputs {
  const read: { -readonly [K in keyof ZoneInputs]: ZoneInputs[K] } = { ...noInputs }
  for (const name of numbers) {
    const value = stored[name]
    if (typeof value === 'number') read[name] = value
  }
  for (const name of ticks) read[name] = stored[name] === true
  return read
}

/** Rule B12: the facts after a change; nothing in force goes because it was not mentioned. A talk test and its date are one
 *  fact: a new ceiling without a date does not take over the old date. */
export function changeInputs(before: ZoneInputs, changes: ZoneInputChanges): ZoneInputs {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  const after: ZoneInputs = { ...before, ...restOf(before, changes), ...Object.fromEntries(given) }
  return after.talkCeilingBpm === null ? { ...after, talkTestedAtMs: null } : after
}

/** Another resting rate was not measured when the one before it was. */
const restOf = ({ restBpm }: ZoneInputs, changes: ZoneInputChanges): Partial<ZoneInputs> =>
  changes.restBpm === undefined || changes.restBpm === restBpm
    ? {}
    : { restMeasuredAtMs: null, restOnCurrentMedication: false }

const DAY_MS = 86_400_000

/** What the judge of limits asks for.
 *  @param atMs the moment from which the version is to hold */
export function toZoneFacts(
  { talkTestedAtMs, restMeasuredAtMs, ...inputs }: ZoneInputs,
  { ageYears, watchLevel }: { readonly ageYears: number; readonly watchLevel: WatchLevel },
  atMs: number,
): ZoneFacts {
  const daysSince = (thenMs: number | null) => (thenMs === null ? null : (atMs - thenMs) / DAY_MS)
  const [talkAgeDays, restAgeDays] = [daysSince(talkTestedAtMs), daysSince(restMeasuredAtMs)]
  return { ...inputs, ageYears, watchLevel, talkAgeDays, restAgeDays }
}
