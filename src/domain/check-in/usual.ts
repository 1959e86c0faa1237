// What is usual for somebody, in what they told: the median of the last weeks, the last one left out (rule G13). To compare
// with oneself, never with another.
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import { median } from '../statistics.ts'

/** An answer of one local day; null where it was not given. */
export interface DatedValue {
  /** Days since 1970 by the local calendar. */
  readonly day: number
  readonly value: number | null
}

/** As of a local day. @returns null until there is enough to say it */
export function usualOf(
  reported: readonly DatedValue[],
  today: number,
  p: PatternParameters = patternDefaults,
): number | null {
  const values = reported.flatMap(({ day, value }) => {
    const daysAgo = today - day
    return value === null || daysAgo < p.usualFromDays || daysAgo > p.usualToDays ? [] : [value]
  })
  return values.length < p.usualCheckIns ? null : median(values)
}

/** The last two days of which something was told, both of late (rule G13); null where there are no such two. Who tells only
 *  after running tells every third day. */
export function lastTwoOf(
  reported: readonly DatedValue[],
  today: number,
  p: PatternParameters = patternDefaults,
): readonly [before: number, last: number] | null {
  const byDay = new Map(
    reported.flatMap(({ day, value }) => (value === null || day > today ? [] : [[day, value] as const])),
  )
  const [last, before] = [...byDay].toSorted(([a], [b]) => b - a)
  if (last === undefined || before === undefined) return null
  const isOfLate = today - last[0] <= p.toldNewestDays && today - before[0] <= p.toldWithinDays
  return isOfLate ? [before[1], last[1]] : null
}
