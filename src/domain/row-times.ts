// Rules T1 and T2 on the rows of one activity as its file has them: which are strays, and when the others happened. Every reader of
// files asks here, so that all of them answer alike.
import { countUp } from './count-up.ts'
import { findSetBack, type RowValues } from './clock-set-back.ts'
import { countPausedS, type PauseSpan } from './paused-seconds.ts'
import type { ReadingWarning } from './reading-codes.ts'
import { leaveOutStrays } from './stray-points.ts'

export interface RowTimes {
  /** The rows that are no strays, in the order of the file. */
  readonly rows: Int32Array
  /** How many were left out. */
  readonly strays: number
  /** By row of the file, how much later than it says a row happened, seconds; null where none did. */
  readonly laterS: Float64Array | null
  readonly warnings: readonly ReadingWarning[]
}

/** product choice: what stands between two rows is of their time. */
const BESIDE_S = 10
const SAME_TIME_S = 2
/** @param times UTC epoch seconds, in the order of the file
 *  @param pauses what the device says of its timer, on the same clock (rule T1)
 *  @param nowS of reading; Infinity where nobody knows it
 *  @param findValues called only where a clock went back */
export function placeRows(
  times: ArrayLike<number>,
  pauses: readonly PauseSpan[],
  nowS: number,
  findValues: () => RowValues,
): RowTimes {
  const rows = leaveOutStrays(times, pauses, nowS) ?? countUp(times.length)
  const strays = times.length - rows.length
  const laterS = findSetBack(times, rows, countPausedS(pauses), findValues)
  const warnings: ReadingWarning[] = []
  if (strays > 0) warnings.push('STRAY_POINTS')
  if (laterS !== null) warnings.push('CLOCK_STEPPED_BACK')
  return { rows, strays, laterS, warnings }
}

/** When something beside the rows happened, e.g. a press of the timer: by the clock of the row next to it.
 *  @param timeS as the file says
 *  @param behind how many rows stand before it in the file */
export function placeBeside(
  timeS: number,
  behind: number,
  times: ArrayLike<number>,
  laterS: Float64Array | null,
): number {
  if (laterS === null || times.length === 0) return timeS
  const apartS = (row: number) => Math.abs(times[row] - timeS)
  const before = Math.max(0, Math.min(behind, times.length) - 1)
  const after = Math.min(behind, times.length - 1)
  let nearest = apartS(after) < apartS(before) ? after : before
  // Some devices write all presses behind the rows.
  if (apartS(nearest) > BESIDE_S)
    for (let row = 0; row < times.length && apartS(nearest) > SAME_TIME_S; row++)
      if (apartS(row) < apartS(nearest)) nearest = row
  return timeS + laterS[nearest]
}
