// Puts records in order and merges those of the same second: every column afterwards has strictly rising times.
import type { PauseSpan } from '../../domain/paused-seconds.ts'
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import { leaveOutStrays } from '../../domain/stray-points.ts'
import { FIT_EPOCH_S, type FitPart, type FitTime } from './part.ts'
import type { RecordColumn } from './profile.ts'
import { NOT_STATED } from './record-column.ts'
import type { Records } from './records.ts'

export interface Timeline {
  /** Strictly rising. */
  readonly times: Float64Array
  /** How many records were left out (rule T1). */
  readonly strays: number
  readonly has: (name: RecordColumn) => boolean
  /** @param times what every value is multiplied by */
  readonly column: (name: RecordColumn, times?: number) => Float32Array
}

/** Before this, a device's clock counts seconds since it was switched on (FIT protocol, `date_time`). */
const SYSTEM_TIME: FitTime = 0x10000000
const GAP_S = 6 * 3600
/** Rule T1 is asked where a step is longer. */
const STEP_S = 600

/** One row per second. Of records of the same second each column keeps the first value that says something, so that no
 *  damage behind a record changes what it said; of heart rates, one above 0 beats 0, 0 beats "no value", "no value" beats
 *  "not stated".
 *  @param pauses in FIT time
 *  @param nowS of reading, UTC epoch seconds */
export function buildTimeline(
  { records }: FitPart,
  pauses: readonly PauseSpan[],
  nowS: number,
  warn: (code: ReadingWarning) => void,
): Timeline {
  const kept = areNearby(records.times, nowS) ? null : keptRows(records.times, pauses, nowS)
  const timeline = kept === null && areInOrder(records.times) ? asTheyAre(records) : putInOrder(records, kept, warn)
  const { times } = timeline
  if (times.length > 0 && times[0] < SYSTEM_TIME) warn('TIME_BEFORE_2000')
  for (let k = 1; k < times.length; k++)
    if (times[k] - times[k - 1] > GAP_S) {
      warn('TIME_GAP')
      break
    }
  return timeline
}

/** Whether nothing can be a stray, as nearly always. */
function areNearby(raw: Float64Array, nowS: number): boolean {
  if (raw.length === 0) return true
  if (raw[0] < SYSTEM_TIME || raw[raw.length - 1] > nowS - FIT_EPOCH_S) return false
  for (let i = 1; i < raw.length; i++) {
    const step = raw[i] - raw[i - 1]
    if (!(step >= 0 && step <= STEP_S)) return false
  }
  return true
}

function keptRows(raw: Float64Array, pauses: readonly PauseSpan[], nowS: number): Int32Array | null {
  const toEpoch = ([from, to]: PauseSpan): PauseSpan => [from + FIT_EPOCH_S, to + FIT_EPOCH_S]
  return leaveOutStrays(
    raw.map((time) => time + FIT_EPOCH_S),
    pauses.map(toEpoch),
    nowS,
  )
}

/** Whether every record is a row of its own, as nearly always. */
function areInOrder(raw: Float64Array): boolean {
  for (let i = 1; i < raw.length; i++) if (!(raw[i] > raw[i - 1])) return false
  return true
}

const asTheyAre = (records: Records): Timeline => ({
  times: records.times,
  strays: 0,
  has: (name) => records.has(name),
  column: (name, times) => records.column(name, times),
})

/** @param kept null where all are */
function putInOrder(records: Records, kept: Int32Array | null, warn: (code: ReadingWarning) => void): Timeline {
  const raw = records.times
  const placed = kept ?? Int32Array.from(raw.keys())
  const strays = raw.length - placed.length
  if (strays > 0) warn('STRAY_POINTS')
  const order = orderOf(raw, placed, warn)
  const times = new Float64Array(order.length)
  /** The row that each record of `order` goes to. */
  const rowOf = new Int32Array(order.length)
  let rows = 0
  for (let k = 0; k < order.length; k++) {
    const time = raw[order[k]]
    if (rows === 0 || times[rows - 1] !== time) times[rows++] = time
    rowOf[k] = rows - 1
  }
  return {
    times: times.slice(0, rows),
    strays,
    has: (name) => records.has(name),
    column: (name, times) =>
      name === 'heartRate' || records.has(name)
        ? mergeRows(records.column(name, times), order, rowOf, new Float32Array(rows), name === 'heartRate')
        : new Float32Array(rows).fill(Number.NaN),
  }
}

function mergeRows(
  values: Float32Array,
  order: Int32Array,
  rowOf: Int32Array,
  merged: Float32Array,
  isHeartRate: boolean,
): Float32Array {
  let last = -1
  for (let k = 0; k < order.length; k++) {
    const value = values[order[k]]
    const row = rowOf[k]
    if (row !== last || (isHeartRate ? rank(value) > rank(merged[row]) : Number.isNaN(merged[row]))) merged[row] = value
    last = row
  }
  return merged
}

const rank = (bpm: number): number => (bpm > 0 ? 3 : bpm === 0 ? 2 : Number.isNaN(bpm) ? 1 : bpm === NOT_STATED ? 0 : 1)

/** Rows by time; of the same time in the order of the file. */
function orderOf(raw: Float64Array, placed: Int32Array, warn: (code: ReadingWarning) => void): Int32Array {
  const late: number[] = []
  const onTime = placed.slice()
  let kept = 0
  for (const i of placed) {
    if (kept > 0 && raw[i] < raw[onTime[kept - 1]]) late.push(i)
    else onTime[kept++] = i
  }
  if (late.length === 0) return placed
  warn('TIME_BACKWARDS')
  late.sort((a, b) => raw[a] - raw[b])
  const order = placed.slice()
  for (let to = 0, k = 0, l = 0; to < order.length; to++) {
    // A late one stands behind what it is late for: of the same time it comes second.
    const isLate = k === kept || (l < late.length && raw[late[l]] < raw[onTime[k]])
    order[to] = isLate ? late[l++] : onTime[k++]
  }
  return order
}
