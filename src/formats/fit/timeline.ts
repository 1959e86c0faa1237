// Puts records in order and merges those of the same second: every column afterwards has strictly rising times.
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import type { FitPart, FitTime } from './part.ts'
import type { RecordColumn } from './profile.ts'
import { NOT_STATED } from './record-column.ts'
import type { Records } from './records.ts'

export interface Timeline {
  /** Strictly rising. */
  readonly times: Float64Array
  readonly has: (name: RecordColumn) => boolean
  /** @param times what every value is multiplied by */
  readonly column: (name: RecordColumn, times?: number) => Float32Array
}

/** Before this, a device's clock counts seconds since it was switched on (FIT protocol, `date_time`). */
const SYSTEM_TIME: FitTime = 0x10000000
const GAP_S = 6 * 3600
const DAY_S = 86_400

/** One row per second. Of records of the same second each column keeps the first value that says something, so that no
 *  damage behind a record changes what it said; of heart rates, one above 0 beats 0, 0 beats "no value", "no value" beats
 *  "not stated". */
export function buildTimeline({ records }: FitPart, warn: (code: ReadingWarning) => void): Timeline {
  const timeline = areInOrder(records.times) ? asTheyAre(records) : putInOrder(records, warn)
  const { times } = timeline
  if (times.length > 0 && times[0] < SYSTEM_TIME) warn('TIME_BEFORE_2000')
  for (let k = 1; k < times.length; k++)
    if (times[k] - times[k - 1] > GAP_S) {
      warn('TIME_GAP')
      break
    }
  return timeline
}

/** Whether every record is a row of its own, as nearly always. */
function areInOrder(raw: Float64Array): boolean {
  if (raw.length > 0 && raw[0] < SYSTEM_TIME) return false
  for (let i = 1; i < raw.length; i++) {
    const step = raw[i] - raw[i - 1]
    if (!(step > 0 && step <= DAY_S)) return false
  }
  return true
}

const asTheyAre = (records: Records): Timeline => ({
  times: records.times,
  has: (name) => records.has(name),
  column: (name, times) => records.column(name, times),
})

function putInOrder(records: Records, warn: (code: ReadingWarning) => void): Timeline {
  const raw = records.times
  const placed = placedRows(raw)
  if (placed.length < raw.length) warn('TIME_OUTLIERS')
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

/** Rows whose time can be of this activity. Left out are blocks that leap a day or more away and come back for longer
 *  than they were away, and what was recorded before the device's clock was set, where most was recorded after. A gap
 *  that nothing comes back from is a real one. */
function placedRows(raw: Float64Array): Int32Array {
  const rows = new Int32Array(raw.length)
  let count = 0
  let unset = 0
  for (let i = 0; i < raw.length; i++) if (raw[i] < SYSTEM_TIME) unset++
  const clockIsSet = unset < raw.length / 2
  for (let i = 0; i < raw.length; i++) {
    if (clockIsSet && raw[i] < SYSTEM_TIME) continue
    const last = count > 0 ? raw[rows[count - 1]] : raw[i]
    if (Math.abs(raw[i] - last) > DAY_S) {
      const back = comesBack(raw, i, last)
      if (back !== null) {
        i = back - 1
        continue
      }
    }
    rows[count++] = i
  }
  return rows.subarray(0, count)
}

/** Where the block that begins at `from` is over, if more than it is long then follows near `before`: of two blocks that
 *  cannot both be right the shorter one is wrong. */
function comesBack(raw: Float64Array, from: number, before: FitTime): number | null {
  const back = endOfBlock(raw, from, before)
  if (back === raw.length || Math.abs(raw[back] - before) > DAY_S) return null
  return endOfBlock(raw, back, Infinity) - back > back - from ? back : null
}

/** The first row behind `from` that leaps away from the one before it, or that is near `home`. */
function endOfBlock(raw: Float64Array, from: number, home: FitTime): number {
  let i = from + 1
  while (i < raw.length && Math.abs(raw[i] - home) > DAY_S && Math.abs(raw[i] - raw[i - 1]) <= DAY_S) i++
  return i
}

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
