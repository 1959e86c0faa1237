// How much of a stretch of time pauses cover, asked many times over: for rule T1, on what a device says of its timer.
import { uniteSpans } from './time-in-zone/spans.ts'

/** `[from, to]` on any clock; `to` may be Infinity. */
export type PauseSpan = readonly [fromS: number, toS: number]

/** @param pauses in any order, overlapping or not
 *  @returns seconds of `[fromS, toS]` that lie in pauses */
export function countPausedS(pauses: readonly PauseSpan[]): (fromS: number, toS: number) => number {
  const spans = uniteSpans(pauses, -Infinity, Infinity)
  const before = new Float64Array(spans.length)
  for (let k = 1; k < spans.length; k++) before[k] = before[k - 1] + spans[k - 1][1] - spans[k - 1][0]
  const until = (timeS: number): number => {
    let [low, high] = [0, spans.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (spans[middle][0] <= timeS) low = middle + 1
      else high = middle
    }
    if (low === 0) return 0
    const [from, to] = spans[low - 1]
    return before[low - 1] + Math.min(timeS, to) - from
  }
  return (fromS, toS) => until(toS) - until(fromS)
}
