// Rules G6 to G10 and G12, the single questions: when and how often somebody ran.
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import { SLACK } from '../rounding.ts'
import { median, pairwiseSlopeOf } from '../statistics.ts'

/** Rule G9: a start between 22:00 and 5:00. */
export const isNight = (hour: number, p: PatternParameters = patternDefaults): boolean =>
  hour >= p.nightFromHour || hour < p.nightToHour

/** Rule G7: the longest row of consecutive days. */
export function longestStreak(days: readonly number[]): number {
  return streaks(days).reduce((longest, { length }) => Math.max(longest, length), 0)
}

/** Rule G7: the row of consecutive days that ends on the last run day. */
export const lastStreak = (days: readonly number[]): number => streaks(days).at(-1)?.length ?? 0

function streaks(days: readonly number[]): { lastDay: number; length: number }[] {
  const rows: { lastDay: number; length: number }[] = []
  for (const day of [...new Set(days)].sort((a, b) => a - b)) {
    const row = rows.at(-1)
    if (row?.lastDay === day - 1) {
      row.lastDay = day
      row.length++
    } else rows.push({ lastDay: day, length: 1 })
  }
  return rows
}

/** Rule G10: is the calm share falling over the last five judged runs, and low in the last two? One bad run is no trend.
 *  @param shares oldest first */
export function calmTrend(
  shares: readonly number[],
  p: PatternParameters = patternDefaults,
): { readonly slopePerRun: number | null; readonly falling: boolean } {
  if (shares.length < p.trendRuns) return { slopePerRun: null, falling: false }
  const last = shares.slice(-p.trendRuns)
  const slopePerRun = pairwiseSlopeOf(
    last.map((_, i) => i),
    last,
  )
  const falls = slopePerRun !== null && slopePerRun <= -p.trendFallPerRun + SLACK
  const isLow = last.slice(-p.trendLastRuns).every((share) => share < p.trendLastShare - SLACK)
  return { slopePerRun, falling: falls && isLow }
}

/** Rule G8 without a plan: the minutes of a week as it is usual for this client, the median of the last weeks with running
 *  in them; null until there are enough.
 *  @param weeksMin minutes of the weeks before, oldest first */
export function usualWeekMin(weeksMin: readonly number[], p: PatternParameters = patternDefaults): number | null {
  const active = weeksMin.filter((minutes) => minutes > 0).slice(-p.usualWeeks)
  return active.length < p.usualWeeksMin ? null : median(active)
}

/** Rule G8 without a plan: the weeks that say what is usual. A week that was itself far above what was usual by then is left
 *  out, or whoever runs without a stop would be "as usual" after three weeks of it; older ones stand in for it.
 *  @param weeksMin minutes of the weeks before, oldest first */
export function usualWeeksOf(weeksMin: readonly number[], p: PatternParameters = patternDefaults): readonly number[] {
  const usual: number[] = []
  for (const weekMin of weeksMin) {
    const isUsual = overUsualLevel(weekMin, usualWeekMin(usual.slice(-p.usualWeeksBack), p), p) === null
    if (isUsual) usual.push(weekMin)
  }
  return usual.slice(-p.usualWeeksBack)
}

/** Rule G8 without a plan, the level alone. */
export function overUsualLevel(
  weekMin: number,
  usualMin: number | null,
  p: PatternParameters = patternDefaults,
): 'attention' | null {
  if (usualMin === null) return null
  const isMuch = weekMin > p.usualWeekRatio * usualMin + SLACK && weekMin > usualMin + p.usualWeekMin + SLACK
  return isMuch ? 'attention' : null
}

/** Rule G8 against the plan, the level alone. */
export function weekLevel(
  weekMin: number,
  planMin: number,
  p: PatternParameters = patternDefaults,
): 'note' | 'attention' | null {
  const isMuch = weekMin > p.weekAttentionRatio * planMin + SLACK && weekMin > planMin + p.weekAttentionMin + SLACK
  if (isMuch) return 'attention'
  return weekMin > p.weekNoteRatio * planMin + SLACK ? 'note' : null
}
