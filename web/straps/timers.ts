// Time and random numbers for the driver, so that tests can replace them.

export interface Timers {
  /** Whole ms of a clock that nobody sets and that never runs back; about UTC epoch ms. */
  readonly nowMs: () => number
  /** @returns what `clearTimer` takes */
  readonly setTimer: (work: () => void, afterMs: number) => number
  readonly clearTimer: (timer: number) => void
  /** 0 to 1. */
  readonly random: () => number
}

/** The page's steady clock with the epoch of its beginning. Nobody sets it: were it to leap after a wall clock that the network
 *  has set, every strap would have been silent for as long, and the driver would give up good links. While a phone sleeps it
 *  stands still, and so does a strap's silence: whether it went on sending is heard after it. */
export function steadyClock(monotonicMs: () => number, wallMs: () => number): () => number {
  const originMs = wallMs() - monotonicMs()
  return () => Math.round(originMs + monotonicMs())
}
