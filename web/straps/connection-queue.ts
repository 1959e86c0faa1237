// Decides which strap may connect now: phones connect to one device at a time reliably. Called by the driver for real
// straps. A connect that takes long gives its turn away and goes on beside the others: one strap that is away must not hold up nine.
import type { Timers } from './timers.ts'

export interface ConnectTurns {
  /** @param work begins when its turn comes
   *  @returns    takes it out of the line; nothing happens where its turn has come */
  readonly ask: (work: () => Promise<void>) => () => void
}

/** @param turnMs how long one connect keeps the others waiting */
export function createConnectTurns(timers: Timers, turnMs: number): ConnectTurns {
  const line: (() => Promise<void>)[] = []
  let taken = false
  const next = () => {
    const work = taken ? undefined : line.shift()
    if (work === undefined) return
    taken = true
    let over = false
    const end = () => {
      if (over) return
      over = true
      taken = false
      timers.clearTimer(timer)
      next()
    }
    const timer = timers.setTimer(end, turnMs)
    void work().then(end, end)
  }
  return {
    ask: (work) => {
      line.push(work)
      next()
      return () => {
        const place = line.indexOf(work)
        if (place >= 0) line.splice(place, 1)
      }
    },
  }
}
