// Rules G6 to G12 as flags: when, how often, how long and how hard somebody ran over weeks. Each says what is different from
// the agreement or from usual; none says why.
import { makeFinding, type Finding, type PatternFlagKind } from '../finding.ts'
import { isTrusted } from '../recording.ts'
import { SLACK } from '../rounding.ts'
import type { HistoryRun } from './history.ts'
import { calmTrend, isNight, lastStreak, overUsualLevel, weekLevel } from './rhythm.ts'
import type { TrainingSession } from './training-sessions.ts'
import { byDay, idsOf, runsOf, type View } from './view.ts'

type Found = Finding<PatternFlagKind> | null

/** G6 */
export function flagTwoADay({ countedWeek, p }: View): Found {
  const busy = [...byDay(countedWeek).values()].filter((sessions) => sessions.length >= 2)
  if (busy.length === 0) return null
  return makeFinding('G6.two_a_day', busy.length >= p.twoADayAttentionDays ? 'attention' : 'note', {
    days: busy.length,
    mostADay: Math.max(...busy.map(({ length }) => length)),
    runIds: idsOf(busy.flat()),
  })
}

/** G7 */
export function flagNoRest({ counted, today, p }: View): Found {
  const days = counted.map(({ start }) => start.day)
  const lastDay = days.at(-1)
  if (lastDay === undefined || lastDay <= today - p.windowDays) return null
  const streak = lastStreak(days)
  if (streak < p.noRestNoteDays) return null
  const runIds = idsOf(counted.filter(({ start }) => start.day > lastDay - streak))
  return makeFinding('G7.no_rest_day', streak >= p.noRestAttentionDays ? 'attention' : 'note', { days: streak, runIds })
}

/** G8, against the plan; without one against what is usual. */
export function flagWeek({ history, countedWeek, weekMin, usualWeekMin, p }: View): Found {
  const { weekMin: planMin } = history.plan
  const runIds = idsOf(countedWeek)
  if (planMin !== null) {
    const level = weekLevel(weekMin, planMin, p)
    return level && makeFinding('G8.week_minutes', level, { weekMin, planMin, runIds })
  }
  const level = overUsualLevel(weekMin, usualWeekMin, p)
  return level && makeFinding('G8.week_minutes', level, { weekMin, usualWeekMin, runIds })
}

/** G9; who usually runs at night is no finding, nor is a run whose hour nobody knows (rule T4). */
export function flagNight({ counted, countedWeek, today, p }: View): Found {
  const ofNight = ({ start, runs: [first] }: TrainingSession) => isNight(start.hour, p) && first?.isUndated !== true
  const nights = countedWeek.filter(ofNight)
  if (nights.length === 0) return null
  const before = counted.filter(
    ({ start: { day } }) => day <= today - p.nightUsualFromDays && day >= today - p.nightUsualToDays,
  )
  const isUsual = before.filter(ofNight).length >= p.nightUsualShare * before.length - SLACK
  if (before.length >= p.nightUsualRuns && isUsual) return null
  const level = nights.length >= p.nightAttentionRuns ? 'attention' : 'note'
  const { nightFromHour: fromHour, nightToHour: toHour } = p
  return makeFinding('G9.night', level, { runs: nights.length, fromHour, toHour, runIds: idsOf(nights) })
}

/** Rule D9: what rests on the wrist alone (or on a sensor that nobody names) is attention across runs only when it is seen
 *  twice, as of one run and of the next; the first time it is a note in the report. */
const levelBySensors = (runs: readonly HistoryRun[], heldBefore: () => boolean): 'note' | 'attention' =>
  runs.some(({ sensor }) => isTrusted(sensor)) || heldBefore() ? 'attention' : 'note'

/** G10 */
export function flagTrend({ sessions, today, p }: View): Found {
  const judged = sessions
    .flatMap(({ runs, start }) => runs.map((run) => ({ run, day: start.day })))
    .filter(({ run }) => !run.verdict.startsWith('cannot_tell') && run.calmShare !== null)
  const last = judged.at(-1)
  if (last === undefined || last.day <= today - p.windowDays) return null
  const looked = judged.slice(-p.trendRuns).map(({ run }) => run)
  const shares = looked.map(shareOf)
  const { slopePerRun, falling } = calmTrend(shares, p)
  if (!falling) return null
  const before = () =>
    calmTrend(
      judged.slice(0, -1).map(({ run }) => shareOf(run)),
      p,
    ).falling
  const level = levelBySensors(looked.slice(-p.trendLastRuns), before)
  const runIds = looked.map(({ id }) => id)
  return makeFinding('G10.calm_share_falling', level, { slopePerRun, shares, runIds })
}

const shareOf = ({ calmShare }: HistoryRun): number => calmShare ?? 0

/** G11 */
export function flagNotEasing({ sessions, today, p }: View): Found {
  const all = sessions.flatMap(({ runs, start }) => runs.map((run) => ({ run, day: start.day })))
  const urgentOf = (runs: typeof all) => runs.slice(-p.notEasingOfRuns).filter(({ run }) => run.urgent)
  const urgent = urgentOf(all)
  const latest = urgent.at(-1)
  if (latest === undefined || latest.day <= today - p.windowDays || urgent.length < p.notEasingRuns) return null
  const before = () => urgentOf(all.slice(0, all.lastIndexOf(latest))).length >= p.notEasingRuns
  const runs = urgent.map(({ run }) => run)
  return makeFinding('G11.not_easing', levelBySensors(runs, before), {
    runs: urgent.length,
    ofRuns: Math.min(p.notEasingOfRuns, all.length),
    runIds: runs.map(({ id }) => id),
  })
}

/** G12 */
export function flagUnplanned({ history, week, p }: View): Found {
  const { weekdays } = history.plan
  if (weekdays === null) return null
  const outside = week.filter(({ start }) => !weekdays.includes(start.weekday))
  if (outside.length < p.unplannedRuns) return null
  return makeFinding('G12.unplanned', 'note', { runs: outside.length, runIds: runsOf(outside).map(({ id }) => id) })
}
