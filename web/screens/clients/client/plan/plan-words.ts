// An agreement as sentences.
import type { Plan, Plans } from '../../../../api/self-report.ts'
import { formatMoment, t, writtenAs } from '../../../../messages/translate.ts'
import { asClause } from '../../../../ui/clause.ts'

/** 1 is Monday; 1 January 2024 was one. */
export const weekdayName = (weekday: number): string =>
  new Intl.DateTimeFormat(writtenAs(), { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, weekday))

export function planSentence({ weekdays, runMin, intervals }: Pick<Plan, 'weekdays' | 'runMin' | 'intervals'>): string {
  const days = new Intl.ListFormat(writtenAs()).format(weekdays.map(weekdayName))
  const times = t('plan.times', { count: weekdays.length, days, minutes: runMin })
  if (intervals === null) return times
  return `${times} ${t('plan.intervals', { run: intervals.runS / 60, walk: intervals.walkS / 60 })}`
}

/** Since when it holds, who wrote it down, and why in the words that the client reads; without a full stop. */
export function sinceSentence(plan: Pick<Plan, 'validFromMs' | 'by' | 'reasonForClient'>): string {
  const { validFromMs, by, reasonForClient } = plan
  const since = t('plan.since', { date: formatMoment(validFromMs), name: by ?? t('flags.somebody') })
  return reasonForClient === null ? since : `${since}: ${asClause(reasonForClient)}`
}

/** How this week goes beside it: what was done, nothing more. */
export function progressSentence(progress: NonNullable<Plans['progress']>): string | null {
  const week = progress.at(-1)
  if (week === undefined || week.agreed === null) return null
  return t('plan.thisWeek', {
    runs: week.runs,
    agreed: week.agreed.runs,
    minutes: Math.round(week.min),
    agreedMin: Math.round(week.agreed.min),
  })
}
