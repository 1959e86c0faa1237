// Spans of time since the start of a recording, and rule C2: what a set of pauses really covers.
import type { SpanS } from '../recording.ts'

/** Union of spans, clipped to `[fromS, toS]`, sorted and disjoint (rule C2). */
export function uniteSpans(spans: readonly SpanS[], fromS: number, toS: number): SpanS[] {
  const clipped = spans
    .map(([from, to]): SpanS => [Math.max(from, fromS), Math.min(to, toS)])
    .filter(([from, to]) => to > from)
    .sort((a, b) => a[0] - b[0])
  const united: [number, number][] = []
  for (const [from, to] of clipped) {
    const last = united.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else united.push([from, to])
  }
  return united
}

/** What lies in `[fromS, toS]` between spans. @param spans sorted and disjoint */
export function gapsBetween(spans: readonly SpanS[], fromS: number, toS: number): SpanS[] {
  const gaps: SpanS[] = []
  let at = fromS
  for (const [from, to] of spans) {
    if (from > at) gaps.push([at, Math.min(from, toS)])
    at = Math.max(at, to)
  }
  if (at < toS) gaps.push([at, toS])
  return gaps
}

/** Summed length of disjoint spans, seconds. */
export const lengthOfSpansS = (spans: readonly SpanS[]): number => spans.reduce((sum, [from, to]) => sum + to - from, 0)
