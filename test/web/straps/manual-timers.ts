// Time that a test moves: timers run in order when it passes them.
import type { Timers } from '../../../web/straps/timers.ts'

export interface ManualTimers extends Timers {
  /** Let so much time pass; promises get their turn after each timer. */
  readonly pass: (forMs: number) => Promise<void>
  readonly pending: () => number
}

export function manualTimers(startMs = 1_800_000_000_000, random = 0.5): ManualTimers {
  let nowMs = startMs
  let last = 0
  const timers = new Map<number, { readonly atMs: number; readonly work: () => void }>()
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  }
  return {
    nowMs: () => nowMs,
    random: () => random,
    setTimer: (work, afterMs) => {
      timers.set(++last, { atMs: nowMs + Math.max(0, afterMs), work })
      return last
    },
    clearTimer: (timer) => void timers.delete(timer),
    pending: () => timers.size,
    pass: async (forMs) => {
      const endMs = nowMs + forMs
      await settle()
      for (;;) {
        const [next] = [...timers].filter(([, { atMs }]) => atMs <= endMs).toSorted(([, a], [, b]) => a.atMs - b.atMs)
        if (next === undefined) break
        const [timer, { atMs, work }] = next
        timers.delete(timer)
        nowMs = atMs
        work()
        await settle()
      }
      nowMs = endMs
    },
  }
}
