// Rules G6 to G10 and G12, the single questions: when and how often somebody ran.
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import { SLACK } from '../rounding.ts'
import { slopeOf } from '../statistics.ts'

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

/** Rule G10: is the calm share falling over the last five judged runs, and low by now?
 *  @param shares oldest first */
export function calmTrend(
  shares: readonly number[],
  p: PatternParameters = patternDefaults,
): { readonly slopePerRun: number | null; readonly falling: boolean } {
  if (shares.length < p.trendRuns) return { slopePerRun: null, falling: false }
  const last = shares.slice(-p.trendRuns)
  const slopePerRun = slopeOf(
    last.map((_, i) => i),
    last,
  )
  const falls = slopePerRun !== null && slopePerRun <= -p.trendFallPerRun + SLACK
  return { slopePerRun, falling: falls && last[last.length - 1] < p.trendLastShare - SLACK }
}

/** Rule G8, the level alone. */
export function weekLevel(
  weekMin: number,
  planMin: number,
  p: PatternParameters = patternDefaults,
): 'note' | 'attention' | null {
  const isMuch = weekMin > p.weekAttentionRatio * planMin + SLACK && weekMin > planMin + p.weekAttentionMin + SLACK
  if (isMuch) return 'attention'
  return weekMin > p.weekNoteRatio * planMin + SLACK ? 'note' : null
}
