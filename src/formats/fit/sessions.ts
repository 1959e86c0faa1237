// Rule T6: a file may hold several activities in one part, as sessions. They are told apart by their times.
import { findDaysApart, stepsOverDays, windowsBetween } from '../../domain/days-apart.ts'
import { GAP_S } from '../row-order.ts'
import type { FitTime } from './fit-time.ts'
import type { FitPart, FitSession, TimerEvent } from './part.ts'
import { timerStart } from './profile.ts'

/** What of a part is one activity. */
export interface Outing {
  readonly sessions: readonly FitSession[]
  /** Its records, beats and presses lie in `[fromTime, toTime)`. */
  readonly fromTime: FitTime
  readonly toTime: FitTime
}

/** product choice: sessions closer to each other are parts of one activity. */
const APART_S = 1800
/** A press of the timer belongs to the session whose end or beginning is this near. */
const NEAR_S = 2

/** The activities of a part, in the order of their times: as nearly always one. */
export function outingsOf(part: FitPart): Outing[] {
  const whole: Outing = { sessions: part.sessions, fromTime: -Infinity, toTime: Infinity }
  const known = part.sessions.filter(({ startTime }) => !Number.isNaN(startTime))
  if (known.length < 2) return [whole]
  const outings: Outing[] = []
  let sessions: FitSession[] = []
  let fromTime = -Infinity
  for (const session of known.toSorted((a, b) => a.startTime - b.startTime)) {
    const endTime = Math.max(-Infinity, ...sessions.map(endOf))
    if (sessions.length > 0 && areApart(part, endTime, session.startTime)) {
      const toTime = (endTime + session.startTime) / 2
      outings.push({ sessions, fromTime, toTime })
      sessions = []
      fromTime = toTime
    }
    sessions.push(session)
  }
  outings.push({ sessions, fromTime, toTime: Infinity })
  // A summary beside records is no run of its own.
  const withRecords = outings.filter((outing) => part.records.times.some(isIn(outing)))
  return withRecords.length > 1 || (withRecords.length === 1 && outings.length > 1) ? withRecords : [whole]
}

/** What of an outing lies days apart.
 *  @param timesOf its records as they are placed; null where a clock was set among them */
export function splitDays(part: FitPart, outing: Outing, timesOf: () => Float64Array | null): Outing[] {
  if (!stepsOverDays(part.records.steps)) return [outing]
  const borders = findDaysApart(timesOf() ?? [])
  if (borders.length === 0) return [outing]
  const { fromTime, toTime, sessions } = outing
  return windowsBetween(borders).map(([from, to]) => ({
    fromTime: Math.max(fromTime, from),
    toTime: Math.min(toTime, to),
    // A summary of several days is none of these.
    sessions: sessions.filter((session) => session.startTime >= from && endOf(session) < to),
  }))
}

export const isIn =
  ({ fromTime, toTime }: Outing) =>
  (time: FitTime): boolean =>
    time >= fromTime && time < toTime

/** By its length or by its own stamp, whichever is sooner: either may be another session's. */
const endOf = ({ startTime, elapsedS, endTime }: FitSession): FitTime => {
  const byStamp = endTime >= startTime ? endTime : Infinity
  const byLength = Number.isNaN(elapsedS) ? Infinity : startTime + elapsedS
  const sooner = Math.min(byStamp, byLength)
  return sooner === Infinity ? startTime : sooner
}

/** Whether a new activity began. A timer that was stopped and started again between them says that it is a pause, unless it lasted
 *  for hours; a stop alone ends every activity. */
function areApart(part: FitPart, endTime: FitTime, startTime: FitTime): boolean {
  const gapS = startTime - endTime
  if (gapS <= APART_S) return false
  const startsAgain = ({ atTime, eventType }: TimerEvent) =>
    eventType === timerStart && atTime > endTime && atTime <= startTime + NEAR_S
  return gapS > GAP_S || !part.timerEvents.some(startsAgain)
}
