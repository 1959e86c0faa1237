// Time and chance as the driver gets them, so that tests can hold them.

export interface Timers {
  /** UTC epoch ms that never runs back: `Date.now()` does when a phone corrects its clock. */
  readonly nowMs: () => number
  /** @returns what `clearTimer` takes */
  readonly setTimer: (work: () => void, afterMs: number) => number
  readonly clearTimer: (timer: number) => void
  /** 0 to 1. */
  readonly random: () => number
}
