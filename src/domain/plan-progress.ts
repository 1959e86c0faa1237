// How a client's weeks went beside what was agreed: counted, never judged. Says what was done; knows no streaks, no scores
// and no share above which something would be a feat. The plan card shows it; no rule asks it.
import { localMoment } from './patterns/local-day.ts'
import type { History } from './patterns/history.ts'
import { listSessions } from './patterns/training-sessions.ts'
import { splitByWeek } from './patterns/weeks.ts'
import { patternDefaults, type PatternParameters } from './parameters/pattern.ts'

/** One version of what was agreed, as far as progress needs it. */
export interface AgreedRuns {
  readonly validFromMs: number
  /** 1 is Monday; at least one. */
  readonly weekdays: readonly number[]
  /** Minutes of one run. */
  readonly runMin: number
}

export interface WeekProgress {
  /** Its Monday, in days since 1970 by the local calendar. */
  readonly monday: number
  /** What holds at the week's end, for the week of today: now. Null before the first agreement. */
  readonly agreed: { readonly runs: number; readonly min: number } | null
  readonly runs: number
  readonly min: number
  /** How many of the runs were on a day that was agreed when they began. */
  readonly runsOnAgreedDays: number
}

/** The last eight weeks, the week of `atMs` last.
 *  @param plans in any order; of two of one moment the first one holds, as in `listPlans`
 *  @returns null before the first agreement */
export function computePlanProgress(
  history: Pick<History, 'runs' | 'timeZone'>,
  plans: readonly AgreedRuns[],
  atMs: number,
  p: PatternParameters = patternDefaults,
): WeekProgress[] | null {
  const newestFirst = plans
    .filter(({ validFromMs }) => validFromMs <= atMs)
    .sort((a, b) => b.validFromMs - a.validFromMs)
  if (newestFirst.length === 0) return null
  const { timeZone } = history
  const dayOf = new Map(newestFirst.map((plan) => [plan, localMoment(plan.validFromMs, timeZone).day]))
  const planAt = (startMs: number) => newestFirst.find(({ validFromMs }) => validFromMs <= startMs)
  const planOfDay = (day: number) => newestFirst.find((plan) => (dayOf.get(plan) ?? Infinity) <= day)
  return splitByWeek(listSessions(history, atMs, p), localMoment(atMs, timeZone)).map(({ monday, done }) => {
    const plan = planOfDay(monday + 6)
    return {
      monday,
      agreed: plan === undefined ? null : { runs: plan.weekdays.length, min: plan.weekdays.length * plan.runMin },
      runs: done.length,
      min: done.reduce((sum, { movingMin }) => sum + movingMin, 0),
      runsOnAgreedDays: done.filter(({ start, runs: [first] }) =>
        planAt(first?.startedAtMs ?? -Infinity)?.weekdays.includes(start.weekday),
      ).length,
    }
  })
}
