// A recording's columns on FIT's clock of whole seconds, as raw values of `record` fields: one row for each second in which
// anything was stated, and for the first and the last.
import { hasReadings, type MotionColumns, type Recording, type SpanS } from '../../domain/recording.ts'
import { countPausedS } from '../../domain/paused-seconds.ts'
import { findRepeatedRows } from '../../domain/quality/mark-quality.ts'
import { coversStep, leaveOutStrays, STEP_S } from '../../domain/stray-points.ts'

/** Raw values of one second; NaN where nothing was stated. */
export interface RecordRow {
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
/** Largest values of the fields `cadence` and `distance`: what is above is not written, nor summed up. */
const MAX_CADENCE = 254
const MAX_DISTANCE = 0xfffffffe

/** Rows by second since the start, in time order; empty where the recording holds no readings at all.
 *  @param toSecond from elapsed seconds to the whole second they are written in
 *  @param perLeg   cadence counts both feet: FIT wants one */
export function recordRows(
  recording: Recording,
  toSecond: (elapsedS: number) => number,
  perLeg: boolean,
): Map<number, RecordRow> {
  const { heartRate, motion, elapsedS } = recording
  const rows = new Map<number, RecordRow>()
  if (!hasReadings(recording)) return rows
  const row = (second: number): RecordRow => {
    const found = rows.get(second) ?? emptyRow()
    rows.set(second, found)
    return found
  }
  row(0)
  row(toSecond(elapsedS))
  const repeats = findRepeatedRows(recording)
  for (let i = 0; i < heartRate.bpm.length; i++) {
    const isLost = heartRate.contactLost?.[i] === 1 || repeats?.[i] === 1
    putHeartRate(row(toSecond(heartRate.elapsedS[i])), isLost ? Number.NaN : heartRate.bpm[i])
  }
  for (let i = 0; i < motion.elapsedS.length; i++) putMotion(row(toSecond(motion.elapsedS[i])), motion, i, perLeg)
  return new Map([...rows].sort(([a], [b]) => a - b))
}

/** The rows, with rows that say nothing but their time in holes behind which a reader would take what it finds for strays
 *  (rule T1): a run of fewer rows than it has is judged otherwise.
 *  @param startS UTC epoch seconds of second 0
 *  @param pauses as they are written, in the same seconds */
export function withoutStrays(
  rows: Map<number, RecordRow>,
  startS: number,
  pauses: readonly SpanS[],
): Map<number, RecordRow> {
  const seconds = [...rows.keys()]
  const times = Float64Array.from(seconds, (second) => startS + second)
  const inPauses = pauses.map(([from, to]): SpanS => [startS + from, startS + to])
  if (leaveOutStrays(times, inPauses, Infinity) === null) return rows
  const pausedS = countPausedS(inPauses)
  const filled: [number, RecordRow][] = []
  for (const [k, second] of seconds.entries()) {
    if (k > 0 && !coversStep(times[k - 1], times[k], pausedS))
      for (let at = (seconds[k - 1] ?? second) + STEP_S; at < second; at += STEP_S) filled.push([at, emptyRow()])
    filled.push([second, rows.get(second) ?? emptyRow()])
  }
  return new Map(filled)
}

const emptyRow = (): RecordRow => ({
  heartRate: Number.NaN,
  cadence: Number.NaN,
  fractionalCadence: Number.NaN,
  distance: Number.NaN,
  temperature: Number.NaN,
  speed: Number.NaN,
  altitude: Number.NaN,
})

/** What was no heart rate is written as 0, a dropout, for "no value" would let the one before it hold on (rule T9): contact lost,
 *  a notification that only repeats, and what no byte holds. Of several in one second the last above 0 counts. */
function putHeartRate(row: RecordRow, bpm: number): void {
  const rounded = Math.round(bpm)
  const value = rounded >= 0 && rounded <= MAX_BPM ? rounded : 0
  if (value > 0 || Number.isNaN(row.heartRate)) row.heartRate = value
}

function putMotion(row: RecordRow, motion: MotionColumns, i: number, perLeg: boolean): void {
  const cadence = Math.round((motion.cadencePerMin[i] / (perLeg ? 2 : 1)) * FRACTIONS)
  if (cadence >= 0 && cadence < (MAX_CADENCE + 1) * FRACTIONS) {
    row.cadence = Math.floor(cadence / FRACTIONS)
    row.fractionalCadence = cadence % FRACTIONS
  }
  const distance = Math.round(motion.distanceM[i] * 100)
  if (distance >= 0 && distance <= MAX_DISTANCE) row.distance = distance
  row.temperature = later(row.temperature, Math.round(motion.temperatureC[i]))
  row.speed = later(row.speed, Math.round(motion.speedMPerS[i] * 1000))
  row.altitude = later(row.altitude, Math.round((motion.altitudeM[i] + 500) * 5))
}

const later = (before: number, value: number): number => (Number.isNaN(value) ? before : value)
