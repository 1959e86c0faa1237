// A recorder's clock that a test moves; it is never unsure unless the test says so.
import type { GroupRunDeps } from '../../web/group-run/group-run-parts.ts'

export type ManualClock = GroupRunDeps['clock'] & {
  /** Its steady clock is its time, for as long as it is sure. */
  atMs: number
  unsure: boolean
  /** What becomes of it when it must decide. */
  onSettle: () => void
}

export function manualClock(lastAtMs: (participationId: string) => number | null, startMs: number): ManualClock {
  const clock: ManualClock = {
    atMs: startMs,
    unsure: false,
    onSettle: () => undefined,
    nowMs: () => clock.atMs,
    stamp: (id, atMs = clock.atMs) => Math.max(atMs, (lastAtMs(id) ?? -Infinity) + 1),
    heard: () => clock.atMs,
    atSteady: (steadyMs) => steadyMs,
    isUnsure: () => clock.unsure,
    settle: () => {
      clock.unsure = false
      clock.onSettle()
    },
  }
  return clock
}
