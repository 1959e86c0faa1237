// For how long this browser keeps what it recorded, runner by runner, whatever becomes of the others. Purely; why so long, and
// what is said before and after: docs/decisions/0022-what-stays-on-a-phone.md.
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

/** `done`: nobody needs it here any more. `refused`, `unsent`: with it goes what nobody else has. */
export type LeaveReason = 'done' | 'refused' | 'unsent'

export interface Term {
  readonly atMs: number
  readonly why: LeaveReason
}

/** When this browser removes what it has of one runner; null while the run goes.
 *  @param unsent batches of this runner that the server has not acknowledged; without those set aside */
export function termOf(
  run: StoredGroupRun,
  participation: StoredParticipation,
  unsent: number,
  nowMs: number,
): Term | null {
  if (isGoing(run)) return null
  const { refused, refusedAtMs, setAside } = participation
  const endMs = endOf(run)
  if (isSendable(run, participation)) {
    if (refused === null && unsent > 0) return { atMs: endMs + UNSENT_KEPT_MS, why: 'unsent' }
    if (refused !== null || setAside > 0)
      return { atMs: Math.max(endMs + KEPT_MS, (refusedAtMs ?? endMs) + REFUSED_KEPT_MS), why: 'refused' }
  }
  // A clock that ran ahead then must not keep for a year what nobody needs any more.
  return { atMs: endMs - nowMs > DAY_MS ? nowMs : endMs + KEPT_MS, why: 'done' }
}
