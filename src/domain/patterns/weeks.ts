// The last eight weeks of a client, counted by local calendar: what a supervisor sees beside a flag, and what a report says.
// It counts and compares with oneself; it predicts nothing.
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import type { History } from './history.ts'
import { listSessions, type TrainingSession } from './training-sessions.ts'
import type { LoadOf } from '../evidence.ts'
import { dailyLoads, loadChanges } from './load.ts'
import { localMoment, mondayOf, type LocalMoment } from './local-day.ts'
import { isNight } from './rhythm.ts'

export interface Week {
  /** Its Monday, in days since 1970 by the local calendar. */
  readonly monday: number
  /** Moved in runs of ten minutes or more. */
  readonly minutes: number
  readonly runs: number
  readonly runDays: number
  /** Days until now without a run; null for a week before anything is known. */
  readonly restDays: number | null
  /** Of judged runs, weighed by measured time; null where none could be judged. */
  readonly calmShare: number | null
  readonly load: number
  readonly starts: readonly {
    readonly weekday: number
    readonly hour: number
    readonly minute: number
    /** Rule G9. */
    readonly isNight: boolean
  }[]
}

export interface Weeks {
  /** Oldest first; the last one is running. */
  readonly weeks: readonly Week[]
  readonly loadOf: LoadOf
  /** Hours of the day between which a run is one of the night (rule G9). */
  readonly night: { readonly fromHour: number; readonly toHour: number }
  /** Rule G4 day by day over these weeks: the last seven days against the last 28, null where that is hidden. */
  readonly change: readonly { readonly day: number; readonly ratio: number | null }[]
}

/** product choice: what a person can take in beside one flag. */
const WEEKS = 8

export function summariseWeeks(history: History, atMs: number, p: PatternParameters = patternDefaults): Weeks {
  const now = localMoment(atMs, history.timeZone)
  const sessions = listSessions(history, atMs, p)
  const firstDay = sessions[0]?.start.day ?? Infinity
  const { loads, loadOf } = dailyLoads(sessions, now.day)
  const weeks = splitByWeek(sessions, now).map(({ monday, done }): Week => {
    const runDays = new Set(done.map(({ start }) => start.day)).size
    const knownFrom = Math.max(monday, firstDay)
    const knownDays = Math.min(monday + 6, now.day) - knownFrom + 1
    return {
      monday,
      minutes: done.reduce((sum, { movingMin }) => sum + movingMin, 0),
      runs: done.length,
      runDays,
      restDays: knownDays > 0 ? knownDays - runDays : null,
      calmShare: calmShareOf(done),
      load: loads.reduce((sum, load, at) => (isInWeek(firstDay + at, monday) ? sum + load : sum), 0),
      starts: done.filter(hasHour).map(({ start: { weekday, hour, minute } }) => ({
        weekday,
        hour,
        minute,
        isNight: isNight(hour, p),
      })),
    }
  })
  const night = { fromHour: p.nightFromHour, toHour: p.nightToHour }
  const changes = loadChanges(loads, p)
  const fromDay = weeks[0]?.monday ?? now.day
  const change = Array.from({ length: now.day - fromDay + 1 }, (_, i) => {
    const day = fromDay + i
    return { day, ratio: changes[day - firstDay]?.ratio ?? null }
  })
  return { weeks, loadOf, night, change }
}

/** Sessions by local week: the last eight, oldest first, the week of `now` last. */
export function splitByWeek(
  sessions: readonly TrainingSession[],
  now: LocalMoment,
): { readonly monday: number; readonly done: readonly TrainingSession[] }[] {
  return Array.from({ length: WEEKS }, (_, i) => {
    const monday = mondayOf(now) - 7 * (WEEKS - 1 - i)
    return { monday, done: sessions.filter(({ start }) => isInWeek(start.day, monday)) }
  })
}

/** Of a run whose date nobody knows, the hour is that at which it came in (rule T4). */
const hasHour = ({ runs: [first] }: TrainingSession): boolean => first?.isUndated !== true

const isInWeek = (day: number, monday: number): boolean => day >= monday && day < monday + 7

function calmShareOf(sessions: readonly TrainingSession[]): number | null {
  const judged = sessions.flatMap(({ runs }) => runs).filter(({ verdict }) => !verdict.startsWith('cannot_tell'))
  const goodS = judged.reduce((sum, run) => sum + run.goodS, 0)
  return goodS === 0 ? null : judged.reduce((sum, run) => sum + run.calmS, 0) / goodS
}
