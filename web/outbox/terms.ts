// How long this browser keeps its recordings, for each runner separately. Why so long, and what the page says before
// and after: docs/decisions/0022-how-long-data-stay-on-a-phone.md. Pure.
import type { PhoneClock } from '../api/server-clock.ts'
import { endOf, isGoing, isSendable, type StoredGroupRun, type StoredParticipation } from './stored.ts'

const DAY_MS = 86_400_000
/** After the end of the run, once the server has all of it, or where it is never sent … product choice: to look back the next
 *  morning. */
export const KEPT_MS = DAY_MS
/** … what the server refused for good, after the refusal … product choice: somebody can still put it right within a week. */
export const REFUSED_KEPT_MS = 7 * DAY_MS
/** … what was never sent and nobody refused, after the end of the run … product choice: as long as what comes in still raises a
 *  flag (`store/review`). */
export const UNSENT_KEPT_MS = 28 * DAY_MS
/** What nobody else has is never taken on the word of one look: a phone whose battery was empty shows any day. Where the server does
 *  not say that the clock is right and was so in the run, it leaves a day after the first look that found it past its term. */
export const DOUBT_MS = DAY_MS

/** `done`: nobody needs it here any more. `refused`, `unsent`: with it goes what nobody else has. */
export type LeaveReason = 'done' | 'refused' | 'unsent'

export interface Term {
  readonly atMs: number
  readonly why: LeaveReason
}

/** When this browser may remove what it has of one runner; null while the run goes.
 *  @param unsent batches of this runner that the server has not acknowledged; without those set aside */
export function termOf(
  run: StoredGroupRun,
  participation: StoredParticipation,
  unsent: number,
  nowMs: number,
): Term | null {
  if (isGoing(run)) return null
  const { refused, refusedAtMs, setAside } = participation
  const isAhead = isInFuture(endOf(run), nowMs)
  // A clock that ran ahead then must not keep anything for a year: it counts from the first look.
  const endMs = isAhead ? (lookOf(run.foundAheadMs, nowMs) ?? nowMs) : endOf(run)
  if (isSendable(run, participation)) {
    if (refused === null && unsent > 0) return { atMs: endMs + UNSENT_KEPT_MS, why: 'unsent' }
    if (refused !== null || setAside > 0) {
      const sinceMs = refusedAtMs === null || isInFuture(refusedAtMs, nowMs) ? endMs : refusedAtMs
      return { atMs: Math.max(endMs + KEPT_MS, sinceMs + REFUSED_KEPT_MS), why: 'refused' }
    }
  }
  return { atMs: isAhead ? nowMs : endMs + KEPT_MS, why: 'done' }
}

/** Whether it leaves now.
 *  @param clock of this phone, as far as the server says */
export function isOver({ atMs, why }: Term, run: StoredGroupRun, nowMs: number, clock: PhoneClock): boolean {
  if (atMs > nowMs) return false
  if (why === 'done' || (clock === 'right' && run.clockWasRight === true)) return true
  const sinceMs = lookOf(run.doubtedSinceMs, nowMs)
  return clock !== 'wrong' && sinceMs !== null && nowMs >= sinceMs + DOUBT_MS
}

/** What a look at a run writes down about its times.
 *  @param terms of its runners */
export function doubtsOf(
  run: StoredGroupRun,
  terms: readonly Term[],
  nowMs: number,
): Pick<StoredGroupRun, 'doubtedSinceMs' | 'foundAheadMs'> {
  const isPast = terms.some(({ atMs, why }) => why !== 'done' && atMs <= nowMs)
  const isAhead = isInFuture(isGoing(run) ? run.madeAtMs + (run.clockSetMs ?? 0) : endOf(run), nowMs)
  return {
    ...(isPast ? { doubtedSinceMs: lookOf(run.doubtedSinceMs, nowMs) ?? nowMs } : {}),
    ...(isAhead ? { foundAheadMs: lookOf(run.foundAheadMs, nowMs) ?? nowMs } : {}),
  }
}

/** A look of later than now was by a clock that was wrong. */
const lookOf = (atMs: number | undefined, nowMs: number): number | null =>
  atMs === undefined || atMs > nowMs ? null : atMs

/** Times so far ahead were written by a clock that was ahead. */
export const isInFuture = (atMs: number, nowMs: number): boolean => Number.isFinite(atMs) && atMs - nowMs > DAY_MS
