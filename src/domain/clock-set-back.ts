// Rule T2: a clock that was set within a run. What follows a step back happened after what stands before it, so it is placed behind
// it; unless it tells the same seconds again, or is only out of order. Asked by every reader of files.
import { firstAtOrAfter } from './rising-times.ts'
import { median } from './statistics.ts'

/** product choice: a clock that trembles goes back by this much. */
const TREMBLE_S = 2
/** product choice: so many rows behind a step are a part of the run, and not some that came late; or some of them over a minute, where
 *  a device writes one every few seconds. */
const PART_ROWS = 30
const SOME_ROWS = 5
const PART_S = 60
/** product choice: a value told before is looked up this far back. */
const HOLD_S = 10
/** product choice: a step forward is taken for a clock that is put right only from this on. */
const PUT_RIGHT_S = 60
/** product choice: a longer step forward, that no pause covers, may be a clock that was set. */
const FORWARD_S = 600
/** product choice: of the seconds that both tell, so many repeat. */
const REPEATED_SHARE = 0.8
/** Rule T2: values this close are the same. */
const SAME_BPM = 3
const SAME_M = 3

/** What rows say, for telling a second that is told twice from another one; NaN is "nothing". */
export interface RowValues {
  readonly bpm: ArrayLike<number>
  readonly distanceM: ArrayLike<number>
}

/** How much later than it says each row happened, negative for sooner; null where no clock was set.
 *  @param times seconds on any clock, in the order of the file
 *  @param rows  the rows that count, in that order
 *  @param pausedS how much of a stretch pauses cover
 *  @param findValues called where a step back is found
 *  @returns seconds by row of the file */
export function findSetBack(
  times: ArrayLike<number>,
  rows: Int32Array,
  pausedS: (fromS: number, toS: number) => number,
  findValues: () => RowValues,
): Float64Array | null {
  const starts = stepsBack(times, rows)
  if (starts.length === 1) return null
  const placed = new Placed(times, rows, pausedS, findValues())
  for (const [k, from] of starts.entries()) placed.add(from, starts[k + 1] ?? rows.length)
  return placed.laterS.some((byS) => byS !== 0) ? placed.laterS : null
}

/** Where each stretch without a step back begins, as places in `rows`. */
function stepsBack(times: ArrayLike<number>, rows: Int32Array): number[] {
  const starts = [0]
  for (let k = 1; k < rows.length; k++) if (times[rows[k]] < times[rows[k - 1]] - TREMBLE_S) starts.push(k)
  return starts
}

class Placed {
  readonly laterS: Float64Array
  readonly #times: ArrayLike<number>
  readonly #rows: Int32Array
  readonly #pausedS: (fromS: number, toS: number) => number
  readonly #values: RowValues
  /** Of rows that were placed: where they are, rising, and which row it is. */
  readonly #placedS: number[] = []
  readonly #placedRows: number[] = []
  /** Steps back that are in force, oldest first: by how much, and where what stood before them ends. */
  readonly #shifts: { readonly byS: number; readonly homeS: number }[] = []
  #shiftS = 0
  /** The last long step forward: the first place in `rows` and in what was placed behind it. */
  #forward: { readonly row: number; readonly placed: number } | null = null

  constructor(
    times: ArrayLike<number>,
    rows: Int32Array,
    pausedS: (fromS: number, toS: number) => number,
    values: RowValues,
  ) {
    this.laterS = new Float64Array(times.length)
    this.#times = times
    this.#rows = rows
    this.#pausedS = pausedS
    this.#values = values
  }

  /** Place the rows `[from, to)`, between which no clock goes back. */
  add(from: number, to: number): void {
    const firstS = this.#times[this.#rows[from]] + this.#shiftS
    const lastS = this.#placedS.at(-1)
    if (lastS !== undefined && !this.#putBlockRight(from, firstS, lastS))
      if (this.#isPart(from, to) && this.#isAnotherTime(from, to, firstS, lastS)) {
        const byS = lastS + this.#intervalS(from, to) - firstS
        this.#shifts.push({ byS, homeS: lastS })
        this.#shiftS += byS
      }
    for (let k = from; k < to; k++) this.#place(k, from)
  }

  #place(k: number, from: number): void {
    const row = this.#rows[k]
    const stepS = k > from ? this.#times[row] - this.#times[this.#rows[k - 1]] : 0
    if (this.#isPutRight(row, stepS)) {
      const { byS } = this.#shifts.pop() ?? { byS: 0 }
      this.#shiftS -= byS
      const nextS = (this.#placedS.at(-1) ?? 0) + this.#intervalS(from, k)
      this.#shiftS += Math.max(0, nextS - (this.#times[row] + this.#shiftS))
    } else if (stepS > FORWARD_S && stepS - this.#pausedS(this.#times[row] - stepS, this.#times[row]) > FORWARD_S)
      this.#forward = { row: k, placed: this.#placedS.length }
    this.laterS[row] = this.#shiftS
    const atS = this.#times[row] + this.#shiftS
    if (atS < (this.#placedS.at(-1) ?? -Infinity)) return
    this.#placedS.push(atS)
    this.#placedRows.push(row)
  }

  #isPart(from: number, to: number): boolean {
    const lastsS = this.#times[this.#rows[to - 1]] - this.#times[this.#rows[from]]
    return to - from >= PART_ROWS || (to - from >= SOME_ROWS && lastsS >= PART_S)
  }

  /** Whether a clock that was set back is put right by this step forward: it then shows what it would have shown, or goes on where it
   *  was before. */
  #isPutRight(row: number, stepS: number): boolean {
    const last = this.#shifts.at(-1)
    if (last === undefined || last.byS < PUT_RIGHT_S || stepS < last.byS / 2) return false
    const rightS = this.#times[row] + this.#shiftS - last.byS
    return rightS >= last.homeS - HOLD_S && rightS <= (this.#placedS.at(-1) ?? 0) + FORWARD_S
  }

  /** A block whose clock was ahead, where the clock then goes on as if the block had been told by it: the block moves to its place.
   *  @param firstS of what follows it */
  #putBlockRight(from: number, firstS: number, lastS: number): boolean {
    const block = this.#forward
    if (block === null || block.placed === 0 || block.placed >= this.#placedS.length) return false
    const homeS = this.#placedS[block.placed - 1]
    const blockS = this.#placedS[block.placed]
    const intervalS = this.#intervalS(block.row, from)
    const tooLateS = blockS - homeS - intervalS
    if (Math.abs(firstS - (lastS - tooLateS + intervalS)) > HOLD_S) return false
    for (let k = block.row; k < from; k++) this.laterS[this.#rows[k]] -= tooLateS
    for (let k = block.placed; k < this.#placedS.length; k++) this.#placedS[k] -= tooLateS
    this.#forward = null
    return true
  }

  /** Whether what follows a step back tells of other seconds than what stands before it.
   *  @param firstS where its first row would stand */
  #isAnotherTime(from: number, to: number, firstS: number, lastS: number): boolean {
    let earlier = firstAtOrAfter(this.#placedS, firstS)
    const earlierRows = this.#placedRows.slice(earlier)
    let [laterRows, beside, compared, repeated, lastLaterS] = [0, 0, 0, 0, firstS]
    for (let k = from; k < to; k++) {
      const atS = this.#times[this.#rows[k]] + this.#shiftS
      // Rows that go on behind it have all the time up to there for themselves.
      lastLaterS = Math.min(lastS, atS)
      if (atS > lastS) break
      laterRows++
      while (earlier + 1 < this.#placedS.length && this.#placedS[earlier + 1] <= atS) earlier++
      if (this.#placedS[earlier] > atS || atS - this.#placedS[earlier] > HOLD_S) continue
      beside++
      const same = this.#repeats(earlier, this.#rows[k], atS)
      if (same === null) continue
      compared++
      if (same) repeated++
    }
    const earlierInTheirTime = firstAtOrAfter(this.#placedS, lastLaterS + 1) - firstAtOrAfter(this.#placedS, firstS)
    if (areFew(earlierRows.length, laterRows) || areFew(laterRows, earlierInTheirTime)) return false
    if (beside < REPEATED_SHARE * laterRows) return true
    // Blocks that speak of the same seconds in other words (the way in one, the heart in the other) belong together.
    const beats = (row: number) => this.#values.bpm[row] > 0
    if (compared === 0) return earlierRows.some(beats) && this.#rows.subarray(from, to).some(beats)
    return repeated < REPEATED_SHARE * compared
  }

  /** Whether a row says what was said of its time before, by the heart and, of the same second, by the way made: in a steady run the
   *  heart alone says the same all along. Null where they cannot be compared. */
  #repeats(earlier: number, row: number, atS: number): boolean | null {
    const { bpm, distanceM } = this.#values
    const isSameSecond = atS - this.#placedS[earlier] < 1
    const apartM = isSameSecond ? Math.abs(distanceM[this.#placedRows[earlier]] - distanceM[row]) : Number.NaN
    if (apartM > SAME_M) return false
    const rateEarlier = this.#rateAt(earlier, atS)
    if (rateEarlier > 0 && bpm[row] > 0) return Math.abs(rateEarlier - bpm[row]) <= SAME_BPM
    return Number.isNaN(apartM) ? null : true
  }

  /** The last heart rate that was placed at or before a place, if it still holds. */
  #rateAt(place: number, atS: number): number {
    for (let k = place; k >= 0 && atS - this.#placedS[k] <= HOLD_S; k--) {
      const rate = this.#values.bpm[this.#placedRows[k]]
      if (rate > 0) return rate
    }
    return Number.NaN
  }

  /** The usual step of these rows. */
  #intervalS(from: number, to: number): number {
    const steps: number[] = []
    for (let k = from + 1; k < to; k++) {
      const stepS = this.#times[this.#rows[k]] - this.#times[this.#rows[k - 1]]
      if (stepS > 0) steps.push(stepS)
    }
    return Math.max(1, Math.round(median(steps) ?? 1))
  }
}

/** Some rows that came late, or early, beside a part of the run that goes on. */
const areFew = (some: number, others: number): boolean => some < PART_ROWS && some < others / 2
