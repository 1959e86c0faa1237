// Puts records in order and merges those of the same second: every column afterwards has strictly rising times.
import { countUp } from '../../domain/count-up.ts'
import type { PauseSpan } from '../../domain/paused-seconds.ts'
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import { SecondRates } from '../../domain/second-rates.ts'
import { stepRangeOf } from '../../domain/rising-times.ts'
import { STEP_S } from '../../domain/stray-points.ts'
import { placeBeside, placeRows, type RowTimes } from '../../domain/row-times.ts'
import { GAP_S } from '../row-order.ts'
import { FIT_EPOCH_S, type FitTime } from './fit-time.ts'
import type { RecordColumn } from './profile.ts'
import type { Records } from './records.ts'

export interface Timeline {
  /** Strictly rising. */
  readonly times: Float64Array
  /** As the file says, of the last record in it that counts; NaN without records. */
  readonly lastTime: FitTime
  /** Whether a clock was set within it (rule T2). */
  readonly isMoved: boolean
  /** How many records were left out (rule T1). */
  readonly strays: number
  readonly has: (name: RecordColumn) => boolean
  /** @param times what every value is multiplied by */
  readonly column: (name: RecordColumn, times?: number) => Float32Array
  /** When something beside the records happened (rule T2).
   *  @param behind how many records stand before it in the file */
  readonly place: (time: FitTime, behind: number) => FitTime
}

/** Before this, a device's clock counts seconds since it was switched on (FIT protocol, `date_time`). */
const SYSTEM_TIME: FitTime = 0x10000000

export interface TimelineInputs {
  readonly records: Records
  /** Which times count (rule T6); null where all do. */
  readonly isIn: ((time: FitTime) => boolean) | null
  /** In FIT time. */
  readonly pauses: readonly PauseSpan[]
  /** Of reading, UTC epoch seconds. */
  readonly nowS: number
}

/** One row per second. Of records of the same second each column keeps the first value that says something, so that no
 *  damage behind a record changes what it said; of heart rates, one above 0 beats 0, and 0 beats none (two: `SecondRates`). */
export function buildTimeline(inputs: TimelineInputs, warn: (code: ReadingWarning) => void): Timeline {
  const { records, isIn, nowS } = inputs
  const isNearby = isIn === null && areNearby(records, nowS)
  // Every record is a row of its own, as nearly always.
  const isPlain = isNearby && records.steps.leastS > 0
  const timeline = isPlain
    ? asTheyAre(records)
    : putInOrder(records, isNearby ? asTold(records) : findPlaces(inputs), warn)
  const { times } = timeline
  if (times.length > 0 && times[0] < SYSTEM_TIME) warn('TIME_BEFORE_2000')
  if ((isPlain ? records.steps : stepRangeOf(times)).mostS > GAP_S) warn('TIME_GAP')
  return timeline
}

/** Whether nothing can be a stray, nor a clock have been set, as nearly always. */
function areNearby({ times, lastTime, steps, length }: Records, nowS: number): boolean {
  if (length === 0) return true
  if (times[0] < SYSTEM_TIME || lastTime > nowS - FIT_EPOCH_S) return false
  return steps.leastS >= 0 && steps.mostS <= STEP_S
}

const asTheyAre = (records: Records): Timeline => ({
  times: records.times,
  lastTime: records.length === 0 ? Number.NaN : records.lastTime,
  isMoved: false,
  strays: 0,
  has: (name) => records.has(name),
  column: (name, times) => records.column(name, times),
  place: (time) => time,
})

/** All records at the times that they tell. */
const asTold = (records: Records): RowTimes => ({
  rows: countUp(records.length),
  strays: 0,
  laterS: null,
  warnings: [],
})

/** Rules T1 and T2 on the records that count; rows are those of the part. */
function findPlaces({ records, isIn, pauses, nowS }: TimelineInputs): RowTimes {
  const raw = records.times
  const all = countUp(raw.length)
  const counted = isIn === null ? all : all.filter((row) => isIn(raw[row]))
  const times = new Float64Array(counted.length)
  for (let k = 0; k < times.length; k++) times[k] = raw[counted[k]] + FIT_EPOCH_S
  const placed = placeRows(
    times,
    pauses.map(([from, to]): PauseSpan => [from + FIT_EPOCH_S, to + FIT_EPOCH_S]),
    nowS,
    () => {
      const pick = (column: Float32Array) => Float32Array.from(counted, (row) => column[row])
      return { bpm: pick(records.column('heartRate')), distanceM: pick(records.column('distance')) }
    },
  )
  if (counted.length === all.length) return placed
  const laterS = placed.laterS === null ? null : new Float64Array(raw.length)
  if (laterS !== null) for (const [k, row] of counted.entries()) laterS[row] = placed.laterS?.[k] ?? 0
  return { ...placed, rows: placed.rows.map((k) => counted[k]), laterS }
}

function putInOrder(
  records: Records,
  { rows: kept, strays, laterS, warnings }: RowTimes,
  warn: (code: ReadingWarning) => void,
): Timeline {
  const raw = records.times
  const placed = laterS === null ? raw : raw.map((time, row) => time + laterS[row])
  for (const warning of warnings) warn(warning)
  const order = orderOf(placed, kept, warn)
  const times = new Float64Array(order.length)
  /** The row that each record of `order` goes to. */
  const rowOf = new Int32Array(order.length)
  let rows = 0
  for (let k = 0; k < order.length; k++) {
    const time = placed[order[k]]
    if (rows === 0 || times[rows - 1] !== time) times[rows++] = time
    rowOf[k] = rows - 1
  }
  const lastRow = kept.at(-1)
  const isEachItsOwn = rows === order.length
  const isAsWritten = isEachItsOwn && order === kept && rows === raw.length
  return {
    times: times.slice(0, rows),
    lastTime: lastRow === undefined ? Number.NaN : raw[lastRow],
    isMoved: laterS !== null,
    strays,
    has: (name) => records.has(name),
    column: (name, times) => {
      if (!records.has(name)) return new Float32Array(rows).fill(Number.NaN)
      const values = records.column(name, times)
      if (isAsWritten) return values
      if (isEachItsOwn) return pickRows(values, order)
      if (name !== 'heartRate') return mergeRows(values, order, rowOf, rows, null)
      const rates = new SecondRates()
      const bpm = mergeRows(values, order, rowOf, rows, rates)
      if (rates.settle(bpm)) warn('RATES_DIFFER')
      return bpm
    },
    place: (time, behind) => placeBeside(time, behind, raw, laterS),
  }
}

function pickRows(values: Float32Array, order: Int32Array): Float32Array {
  const picked = new Float32Array(order.length)
  for (let k = 0; k < order.length; k++) picked[k] = values[order[k]]
  return picked
}

function mergeRows(
  values: Float32Array,
  order: Int32Array,
  rowOf: Int32Array,
  rows: number,
  rates: SecondRates | null,
): Float32Array {
  const merged = new Float32Array(rows).fill(Number.NaN)
  for (let k = 0; k < order.length; k++) {
    const value = values[order[k]]
    const row = rowOf[k]
    const before = merged[row]
    if (Number.isNaN(before) || (rates !== null && before === 0 && value > 0)) merged[row] = value
    else rates?.take(row, before, value)
  }
  return merged
}

/** Rows by time; of the same time in the order of the file. */
function orderOf(times: Float64Array, placed: Int32Array, warn: (code: ReadingWarning) => void): Int32Array {
  const late: number[] = []
  const onTime = placed.slice()
  let kept = 0
  for (const i of placed) {
    if (kept > 0 && times[i] < times[onTime[kept - 1]]) late.push(i)
    else onTime[kept++] = i
  }
  if (late.length === 0) return placed
  warn('TIME_BACKWARDS')
  late.sort((a, b) => times[a] - times[b])
  const order = placed.slice()
  for (let to = 0, k = 0, l = 0; to < order.length; to++) {
    // A late one stands behind what it is late for: of the same time it comes second.
    const isLate = k === kept || (l < late.length && times[late[l]] < times[onTime[k]])
    order[to] = isLate ? late[l++] : onTime[k++]
  }
  return order
}
