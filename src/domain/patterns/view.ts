// What the pattern rules share: a client's last weeks, counted back from one local day.
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import type { History, HistoryCheckIn, HistoryRun } from './history.ts'
import { localMoment } from './local-day.ts'
import { usualWeekMin, usualWeeksOf } from './rhythm.ts'
import { countsAsRun, listSessions, type TrainingSession } from './training-sessions.ts'

interface DatedCheckIn extends HistoryCheckIn {
  readonly day: number
}

export interface View {
  readonly history: History
  readonly atMs: number
  readonly today: number
  readonly sessions: readonly TrainingSession[]
  /** Those that count in G6 to G9. */
  readonly counted: readonly TrainingSession[]
  /** Of the last seven days, today included: all, and those that count. */
  readonly week: readonly TrainingSession[]
  readonly countedWeek: readonly TrainingSession[]
  /** Counted minutes of the week. */
  readonly weekMin: number
  /** Of a usual week; null where too little is known. */
  readonly usualWeekMin: number | null
  readonly checkIns: readonly DatedCheckIn[]
  readonly p: PatternParameters
}

/** As of a moment. */
export function viewOf(history: History, atMs: number, p: PatternParameters = patternDefaults): View {
  const today = localMoment(atMs, history.timeZone).day
  const sessions = listSessions(history, atMs, p)
  const counted = listSessions(history, atMs, p, (run) => countsAsRun(run, p))
  const ofWeek = ({ start }: TrainingSession) => start.day > today - p.windowDays
  const countedWeek = counted.filter(ofWeek)
  return {
    history,
    atMs,
    today,
    sessions,
    counted,
    week: sessions.filter(ofWeek),
    countedWeek,
    weekMin: minutesOf(countedWeek),
    usualWeekMin: usualWeekMin(usualWeeksOf(weeksBefore(counted, today, p), p), p),
    checkIns: dateCheckIns(history).filter((checkIn) => checkIn.atMs <= atMs),
    p,
  }
}

/** Each history is asked as of many moments, and calendars are slow. */
const dated = new WeakMap<History['checkIns'], { readonly timeZone: string; readonly checkIns: DatedCheckIn[] }>()

/** Oldest first, each with its local day. */
function dateCheckIns({ checkIns, timeZone }: History): readonly DatedCheckIn[] {
  const known = dated.get(checkIns)
  if (known?.timeZone === timeZone) return known.checkIns
  const inOrder = checkIns
    .map((checkIn) => ({ ...checkIn, day: localMoment(checkIn.atMs, timeZone).day }))
    .toSorted((a, b) => a.atMs - b.atMs)
  dated.set(checkIns, { timeZone, checkIns: inOrder })
  return inOrder
}

/** Minutes of the weeks before the last seven days, oldest first. */
function weeksBefore(sessions: readonly TrainingSession[], today: number, p: PatternParameters): number[] {
  return Array.from({ length: p.usualWeeksReach }, (_, i) => {
    const endDay = today - p.windowDays * (p.usualWeeksReach - i)
    return minutesOf(sessions.filter(({ start: { day } }) => day <= endDay && day > endDay - p.windowDays))
  })
}

const minutesOf = (sessions: readonly TrainingSession[]): number =>
  sessions.reduce((sum, { movingMin }) => sum + movingMin, 0)

/** How long after a day a rule can still look at it. */
export const reachDays = (p: PatternParameters = patternDefaults): number =>
  Math.max(p.usualToDays, p.nightUsualToDays, p.windowDays * (p.usualWeeksReach + 1)) + 1

export const runsOf = (sessions: readonly TrainingSession[]): HistoryRun[] => sessions.flatMap(({ runs }) => runs)
export const idsOf = (sessions: readonly TrainingSession[]): string[] => runsOf(sessions).map(({ id }) => id)

/** Sessions of each day. */
export const byDay = (sessions: readonly TrainingSession[]): ReadonlyMap<number, readonly TrainingSession[]> =>
  Map.groupBy(sessions, ({ start }) => start.day)

/** The most sessions of one day. */
export const mostADay = (sessions: readonly TrainingSession[]): number =>
  Math.max(0, ...[...byDay(sessions).values()].map(({ length }) => length))
