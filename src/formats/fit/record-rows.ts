// A recording's columns on FIT's clock of whole seconds, as raw values of `record` fields: one row for each second in which
// anything was stated, and for the first and the last.
import type { HeartRateColumns, MotionColumns, Recording } from '../../domain/recording.ts'
import { NOT_STATED } from './record-column.ts'

/** Raw values of one second; NaN is "no value". */
export interface RecordRow {
  /** `NOT_STATED` where the sensor said nothing at all in this second. */
  heartRate: number
  cadence: number
  fractionalCadence: number
  distance: number
  temperature: number
  speed: number
  altitude: number
}

/** Largest value of FIT's heart rate; above it nothing can be told. */
const MAX_BPM = 254
const FRACTIONS = 128

/** Rows by second since the start, in time order; empty where the recording holds no readings at all.
 *  @param toSecond from elapsed seconds to the whole second they are written in
 *  @param perLeg   cadence counts both feet: FIT wants one */
export function recordRows(
  recording: Recording,
  toSecond: (elapsedS: number) => number,
  perLeg: boolean,
): Map<number, RecordRow> {
  const { heartRate, motion, rr, elapsedS } = recording
  const rows = new Map<number, RecordRow>()
  if (heartRate.bpm.length + motion.elapsedS.length + rr.rrMs.length === 0) return rows
  const row = (second: number): RecordRow => {
    const found = rows.get(second) ?? emptyRow()
    rows.set(second, found)
    return found
  }
  row(0)
  row(toSecond(elapsedS))
  for (let i = 0; i < heartRate.bpm.length; i++) putHeartRate(row(toSecond(heartRate.elapsedS[i])), heartRate, i)
  for (let i = 0; i < motion.elapsedS.length; i++) putMotion(row(toSecond(motion.elapsedS[i])), motion, i, perLeg)
  return new Map([...rows].sort(([a], [b]) => a - b))
}

const emptyRow = (): RecordRow => ({
  heartRate: NOT_STATED,
  cadence: Number.NaN,
  fractionalCadence: Number.NaN,
  distance: Number.NaN,
  temperature: Number.NaN,
  speed: Number.NaN,
  altitude: Number.NaN,
})

/** Of two heart rates in one second the later counts, but never "no value" or 0 in place of a heart rate. */
function putHeartRate(row: RecordRow, { bpm, contactLost }: HeartRateColumns, i: number): void {
  const rounded = Math.round(bpm[i])
  const believed = contactLost?.[i] !== 1 && rounded >= 0 && rounded <= MAX_BPM
  const value = believed ? rounded : Number.NaN
  if (rank(value) >= rank(row.heartRate)) row.heartRate = value
}

const rank = (value: number): number => (value > 0 ? 3 : value === 0 ? 2 : value === NOT_STATED ? 0 : 1)

function putMotion(row: RecordRow, motion: MotionColumns, i: number, perLeg: boolean): void {
  const cadence = Math.round((motion.cadencePerMin[i] / (perLeg ? 2 : 1)) * FRACTIONS)
  if (!Number.isNaN(cadence)) {
    row.cadence = Math.floor(cadence / FRACTIONS)
    row.fractionalCadence = cadence % FRACTIONS
  }
  row.distance = later(row.distance, Math.round(motion.distanceM[i] * 100))
  row.temperature = later(row.temperature, Math.round(motion.temperatureC[i]))
  row.speed = later(row.speed, Math.round(motion.speedMPerS[i] * 1000))
  row.altitude = later(row.altitude, Math.round((motion.altitudeM[i] + 500) * 5))
}

const later = (before: number, value: number): number => (Number.isNaN(value) ? before : value)
