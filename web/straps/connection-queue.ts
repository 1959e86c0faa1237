// Decides which strap may connect now, because phones connect reliably to one device at a time. Called by the driver
// for real straps. A slow connect gives its turn away and continues beside the others, so one missing strap does not
// delay nine.
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
