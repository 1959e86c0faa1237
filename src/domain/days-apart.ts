// Where the rows of one activity lie days apart: nobody runs that long, so they are runs of their own, each of its own date. A clock
// that was never set and then found the time tells one run as two: the first is asked for its date (rule T4), and no minute of either
// is lost.
import type { StepRange } from './rising-times.ts'

const DAY_S = 86_400

/** Times between which nothing was told for more than a day, each in the middle of its hole.
 *  @param times seconds, rising */
export function findDaysApart(times: ArrayLike<number>): number[] {
  const borders: number[] = []
  for (let k = 1; k < times.length; k++)
    if (times[k] - times[k - 1] > DAY_S) borders.push((times[k] + times[k - 1]) / 2)
  return borders
}

/** Whether any step is so long that it is worth a look, as hardly ever. */
export const stepsOverDays = ({ leastS, mostS }: StepRange): boolean => leastS < -DAY_S || mostS > DAY_S

/** Windows `[from, to)` that these borders make. */
export const windowsBetween = (borders: readonly number[]): (readonly [from: number, to: number])[] =>
  [-Infinity, ...borders].map((from, k) => [from, borders[k] ?? Infinity] as const)
