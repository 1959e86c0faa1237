// The recorder's clock: whole epoch milliseconds that never go back. It follows the steady clock of the page, which nobody
// sets; where the wall clock has run ahead the recorder slept, and it leaps after it. The core is pure.

/** The wall clock is so far ahead: the steady clock stood still, so the phone slept … product choice. */
export const ASLEEP_MS = 2000
/** Nobody read the clock for so long though it is read each second: the page was frozen … product choice. */
export const FROZEN_MS = 5000
const READ_EVERY_MS = 1000

export interface Reading {
  /** `Date.now()` */
  readonly wallMs: number
  /** `performance.now()` */
  readonly steadyMs: number
}

/** Changed in place. */
export interface ClockState {
  /** The clock's time at `fromSteadyMs`. */
  fromMs: number
  fromSteadyMs: number
  /** As it was last read. */
  lastMs: number
  lastSteadyMs: number
}

/** @param notBeforeMs of the last entry on disk; null where there is none */
export function startClock({ wallMs, steadyMs }: Reading, notBeforeMs: number | null): ClockState {
  const fromMs = Math.floor(Math.max(wallMs, notBeforeMs ?? -Infinity))
  return { fromMs, fromSteadyMs: steadyMs, lastMs: fromMs, lastSteadyMs: steadyMs }
}

/** @returns the time, and since when what straps sent may be missing; null where nothing is */
export function readClock(
  clock: ClockState,
  { wallMs, steadyMs }: Reading,
): { readonly atMs: number; readonly missedSinceMs: number | null } {
  const beforeMs = clock.lastMs
  const steadyAtMs = Math.floor(clock.fromMs + steadyMs - clock.fromSteadyMs)
  const slept = wallMs - steadyAtMs > ASLEEP_MS
  const wasFrozen = steadyMs - clock.lastSteadyMs > FROZEN_MS
  if (slept) {
    clock.fromMs = Math.floor(wallMs)
    clock.fromSteadyMs = steadyMs
  }
  clock.lastMs = Math.max(beforeMs, slept ? clock.fromMs : steadyAtMs)
  clock.lastSteadyMs = steadyMs
  return { atMs: clock.lastMs, missedSinceMs: slept || wasFrozen ? beforeMs : null }
}

export interface RecorderClock {
  readonly nowMs: () => number
  /** A time for an entry of this runner: now, and later than every one that it was given for. */
  readonly stamp: (participationId: string) => number
  readonly close: () => void
}

/** A clock of this page.
 *  @param lastAtMs of a runner's last entry on disk (`outbox.lastAtMs`)
 *  @param participationIds whom it gives times for
 *  @param onMissed called before the time that follows is given: write a `missed` entry for whoever is running. What was
 *                  missed before the page opened (`sinceMs` is the last entry then) is for the caller to say */
export function openRecorderClock(
  lastAtMs: (participationId: string) => number | null,
  participationIds: readonly string[],
  onMissed: (sinceMs: number) => void,
): RecorderClock {
  const look = (): Reading => ({ wallMs: Date.now(), steadyMs: performance.now() })
  const lasts = participationIds.map(lastAtMs).filter((ms) => ms !== null)
  const clock = startClock(look(), lasts.length === 0 ? null : Math.max(...lasts))
  const nowMs = (): number => {
    const { atMs, missedSinceMs } = readClock(clock, look())
    if (missedSinceMs !== null) onMissed(missedSinceMs)
    return atMs
  }
  const timer = setInterval(nowMs, READ_EVERY_MS)
  return {
    nowMs,
    stamp: (participationId) => Math.max(nowMs(), (lastAtMs(participationId) ?? -Infinity) + 1),
    close: () => clearInterval(timer),
  }
}
