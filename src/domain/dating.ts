// Rule T4: a start that no clock can have shown rightly. Until a person says when the run was it counts as a run of the day on
// which it came in, so that a clock that was never set silences nothing. Asked where a file comes in and by the page.
import { zoneOffsetS } from './patterns/local-day.ts'

const DAY_MS = 86_400_000
/** 2010-01-01: before this nobody ran for therapy with a watch that is still read here. */
const FROM_MS = 1_262_304_000_000
/** 2001-01-01: a clock that shows less was never set. Many begin at 2000 and go on from there; nobody has a file with heart rates
 *  from that year. Such days are no history. */
const CLOCK_SET_FROM_MS = 978_307_200_000
const AHEAD_MS = 2 * DAY_MS
/** A satellite's count of weeks begins anew after so many, and old receivers go back with it. */
const WEEKS_LOST_MS = 1024 * 7 * DAY_MS
const PROPOSED_WITHIN_MS = 400 * DAY_MS
/** What is so recent raises flags (section G): a run that may be one of these days is never taken for history. */
const RECENT_MS = 28 * DAY_MS
/** product choice: clocks of page and server may differ so much. */
const CLOCKS_DIFFER_MS = 5 * 60_000
const HISTORY_DAYS = 5

/** What is known of the date of a run whose own cannot be right. */
export interface Dating {
  /** By the device's clock. */
  readonly fileStartedAtMs: number
  /** When a person said when it was; null while it is asked. */
  readonly saidAtMs: number | null
}

/** Whether the run's date is still asked. */
export const isUndated = (dating: Dating | null): boolean => dating !== null && dating.saidAtMs === null

export const isImplausibleStart = (startedAtMs: number, cameInAtMs: number): boolean =>
  startedAtMs < FROM_MS || startedAtMs > cameInAtMs + AHEAD_MS

/** Whether what came in together is somebody's history: five or more such runs of different days, by a clock that was set. They
 *  are taken at their word. */
export const isHistory = (startsMs: readonly number[], cameInAtMs: number): boolean =>
  new Set(startsMs.filter((startMs) => canBeHistory(startMs, cameInAtMs)).map(dayOf)).size >= HISTORY_DAYS

const dayOf = (startMs: number): number => Math.floor(startMs / DAY_MS)

/** A week of a receiver that lost 1,024 weeks looks like history too: where those weeks later lie the last days it is asked. */
export function canBeHistory(startMs: number, cameInAtMs: number): boolean {
  if (startMs < CLOCK_SET_FROM_MS || startMs >= FROM_MS) return false
  const proposedMs = proposeStart(startMs, cameInAtMs)
  return proposedMs === null || proposedMs < cameInAtMs - RECENT_MS
}

/** When it may have been; null where nothing says it. */
export function proposeStart(fileStartedAtMs: number, cameInAtMs: number): number | null {
  const startedAtMs = fileStartedAtMs + WEEKS_LOST_MS
  return startedAtMs <= cameInAtMs && startedAtMs >= cameInAtMs - PROPOSED_WITHIN_MS ? startedAtMs : null
}

/** The start that it counts by meanwhile: it ended when it came in, and lies on that day.
 *  @param timeZone of the clinic */
export function startOfComingIn(elapsedS: number, cameInAtMs: number, timeZone: string): number {
  const offsetMs = zoneOffsetS(cameInAtMs, timeZone) * 1000
  const midnightMs = Math.floor((cameInAtMs + offsetMs) / DAY_MS) * DAY_MS - offsetMs
  return Math.max(midnightMs, Math.round(cameInAtMs - elapsedS * 1000))
}

/** Whether somebody can say that a run began then: a day that can be, and over by now; or what its own clock says, where that
 *  is past. */
export function canBeSaid(
  saidMs: number,
  { elapsedS, fileStartedAtMs, nowMs }: { elapsedS: number; fileStartedAtMs: number; nowMs: number },
): boolean {
  const isOver = saidMs + elapsedS * 1000 <= nowMs + CLOCKS_DIFFER_MS
  return isOver && (saidMs >= FROM_MS || saidMs === fileStartedAtMs)
}
