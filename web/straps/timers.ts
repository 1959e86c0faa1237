// Time and chance as the driver gets them, so that tests can hold them.

export interface Timers {
  /** UTC epoch ms, whole, never running back. */
  readonly nowMs: () => number
  /** @returns what `clearTimer` takes */
  readonly setTimer: (work: () => void, afterMs: number) => number
  readonly clearTimer: (timer: number) => void
  /** 0 to 1. */
  readonly random: () => number
}

/** Product choice. */
const ASLEEP_MS = 1000

/** A clock of both: the wall clock runs back when a phone corrects it, the monotonic one stands still while it sleeps. */
export function steadyClock(monotonicMs: () => number, wallMs: () => number): () => number {
  let originMs = wallMs() - monotonicMs()
  return () => {
    const behindMs = wallMs() - (originMs + monotonicMs())
    if (behindMs > ASLEEP_MS) originMs += behindMs
    return Math.round(originMs + monotonicMs())
  }
}
