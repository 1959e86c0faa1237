// Puts the points of a TCX or GPX activity in order and merges those of the same second: afterwards times rise strictly.
import type { PauseSpan } from '../../domain/paused-seconds.ts'
import { placeBeside, placeRows } from '../../domain/row-times.ts'
import { SecondRates } from '../../domain/second-rates.ts'
import { GAP_S, sortRows } from '../row-order.ts'
import type { Warn } from './element.ts'
import { pointColumns, type Columns, type PointColumn, type TrackPoints } from './track-points.ts'

export interface XmlTimeline {
  /** UTC epoch seconds. */
  readonly times: readonly number[]
  readonly segment: readonly number[]
  readonly columns: Readonly<Columns<PointColumn>>
  /** Whether a clock was set within it (rule T2). */
  readonly isMoved: boolean
  /** How many points were left out (rule T1). */
  readonly strays: number
  /** When something beside the points happened (rule T2).
   *  @param behind how many points stand before it in the file */
  readonly place: (epochS: number, behind: number) => number
}

/** 2000-01-01T00:00:00Z: before this nobody carried such a watch, its clock was not set. */
const CLOCK_SET_FROM_S = 946_684_800

/** One row per second. Of points of the same second each column keeps the first value that says something, as the FIT
 *  reader does; of heart rates, one above 0 beats 0, and 0 beats none. */
export function buildTimeline(
  { epochS: written, segment, columns }: TrackPoints,
  nowS: number,
  warn: Warn,
): XmlTimeline {
  const placed = placeRows(written, betweenStretches(written, segment), nowS, () => ({
    bpm: columns.heartRateBpm,
    distanceM: columns.distanceM,
  }))
  const { strays, laterS, warnings } = placed
  for (const warning of warnings) warn(warning)
  const epochS = laterS === null ? written : written.map((timeS, row) => timeS + laterS[row])
  const { inOrder, rows } = sortRows(epochS, placed.rows)
  if (!inOrder) warn('TIME_BACKWARDS')
  const times: number[] = []
  const segments: number[] = []
  const merged = Object.fromEntries(pointColumns.map((name) => [name, []])) as unknown as Columns<PointColumn>
  const rates = new SecondRates()
  for (const row of rows) {
    const same = times.length > 0 && times.at(-1) === epochS[row]
    if (!same) {
      times.push(epochS[row])
      segments.push(segment[row])
    }
    for (const name of pointColumns) {
      const from = columns[name][row]
      const to = merged[name]
      if (same && name === 'heartRateBpm') rates.take(to.length - 1, to[to.length - 1], from)
      if (!same) to.push(from)
      else if (name === 'heartRateBpm' ? rank(from) > rank(to[to.length - 1]) : Number.isNaN(to[to.length - 1]))
        to[to.length - 1] = from
    }
  }
  if (rates.settle(merged.heartRateBpm)) warn('RATES_DIFFER')
  if (times.length > 0 && times[0] < CLOCK_SET_FROM_S) warn('TIME_BEFORE_2000')
  if (times.some((time, k) => k > 0 && time - times[k - 1] > GAP_S)) warn('TIME_GAP')
  return {
    times,
    segment: segments,
    columns: merged,
    isMoved: laterS !== null,
    strays,
    place: (timeS, behind) => placeBeside(timeS, behind, written, laterS),
  }
}

/** Neither format has timer events: where one stretch ends and another begins the device may have stood still. */
const betweenStretches = (epochS: readonly number[], segment: readonly number[]): PauseSpan[] =>
  segment.flatMap((one, k): PauseSpan[] => (k > 0 && one !== segment[k - 1] ? [[epochS[k - 1], epochS[k]]] : []))

const rank = (bpm: number): number => (bpm > 0 ? 2 : bpm === 0 ? 1 : 0)
