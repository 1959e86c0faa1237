// Puts records in order and merges those of the same second: every column afterwards has strictly rising times.
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import { NOT_STATED, type FitPart, type FitTime } from './part.ts'
import { recordColumns, type RecordColumn } from './profile.ts'

export type Timeline = { readonly times: Float64Array } & Readonly<Record<RecordColumn, Float64Array>>

/** Before this, a device's clock counts seconds since it was switched on (FIT protocol, `date_time`). */
const SYSTEM_TIME: FitTime = 0x10000000
const GAP_S = 6 * 3600

/** One row per second. Of records of the same second each column keeps the last value that says something; of heart
 *  rates, one above 0 beats 0, 0 beats "no value", "no value" beats "not stated". */
export function buildTimeline(part: FitPart, warn: (code: ReadingWarning) => void): Timeline {
  const raw = part.times.view()
  const placed = placedRows(raw)
  if (placed.length < raw.length) warn('TIME_OUTLIERS')
  const order = orderOf(raw, placed, warn)
  const times = new Float64Array(raw.length)
  const columns = recordColumns.map((name) => ({
    name,
    from: part.columns[name].view(),
    to: new Float64Array(raw.length),
  }))
  let rows = 0
  for (const i of order) {
    const same = rows > 0 && times[rows - 1] === raw[i]
    if (!same) times[rows++] = raw[i]
    for (const { name, from, to } of columns) {
      const value = from[i]
      if (!same) to[rows - 1] = value
      else if (name === 'heartRate' ? rank(value) >= rank(to[rows - 1]) : !Number.isNaN(value)) to[rows - 1] = value
    }
  }
  if (rows > 0 && times[0] < SYSTEM_TIME) warn('TIME_BEFORE_2000')
  for (let k = 1; k < rows; k++) if (times[k] - times[k - 1] > GAP_S) warn('TIME_GAP')
  const built: Record<string, Float64Array> = { times: times.subarray(0, rows) }
  for (const { name, to } of columns) built[name] = to.subarray(0, rows)
  return built as Timeline
}

const rank = (bpm: number): number => (bpm > 0 ? 3 : bpm === 0 ? 2 : Number.isNaN(bpm) ? 1 : bpm === NOT_STATED ? 0 : 1)

const DAY_S = 86_400

/** Rows whose time can be of this activity. Left out are blocks that leap a day or more away and come back, and what was
 *  recorded before the device's clock was set. A gap that nothing comes back from is a real one. */
function placedRows(raw: Float64Array): Int32Array {
  const rows: number[] = []
  const clockIsSet = raw.length > 0 && raw[raw.length - 1] >= SYSTEM_TIME
  for (let i = 0; i < raw.length; i++) {
    const last = rows.at(-1)
    if (clockIsSet && raw[i] < SYSTEM_TIME) continue
    if (last !== undefined && Math.abs(raw[i] - raw[last]) > DAY_S) {
      const back = comesBack(raw, i, raw[last])
      if (back !== null) {
        i = back - 1
        continue
      }
    }
    rows.push(i)
  }
  return Int32Array.from(rows)
}

function comesBack(raw: Float64Array, from: number, before: FitTime): number | null {
  for (let i = from + 1; i < raw.length; i++) {
    if (Math.abs(raw[i] - before) <= DAY_S) return i
    if (Math.abs(raw[i] - raw[i - 1]) > DAY_S) return null
  }
  return null
}

function orderOf(raw: Float64Array, placed: Int32Array, warn: (code: ReadingWarning) => void): Int32Array {
  for (let k = 1; k < placed.length; k++) {
    if (raw[placed[k]] >= raw[placed[k - 1]]) continue
    warn('TIME_BACKWARDS')
    return placed.slice().sort((a, b) => raw[a] - raw[b] || a - b)
  }
  return placed
}
