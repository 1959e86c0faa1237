// Where the timer of a device stood still, by the presses that it wrote down.
import type { PauseSpan } from '../../domain/paused-seconds.ts'
import type { FitTime } from './fit-time.ts'
import type { TimerEvent } from './part.ts'
import { timerStart, timerStops } from './profile.ts'

/** Timer stops to the next start, or to Infinity, in FIT time. A stop in the second of a start that nothing ends is none: nobody
 *  knows which came first (rule T3).
 *  @param placeOf when a press was */
export function stoppedSpans(events: readonly TimerEvent[], placeOf: (event: TimerEvent) => FitTime): PauseSpan[] {
  const presses = events
    .map((event) => ({ atTime: placeOf(event), isStart: event.eventType === timerStart, eventType: event.eventType }))
    .filter(({ isStart, eventType }) => isStart || timerStops.has(eventType))
    .sort((a, b) => a.atTime - b.atTime)
  const spans: PauseSpan[] = []
  let [stoppedAt, startedAt]: [number | null, number | null] = [null, null]
  for (const { atTime, isStart } of presses) {
    if (!isStart) {
      stoppedAt ??= atTime
      continue
    }
    startedAt = atTime
    if (stoppedAt !== null) spans.push([stoppedAt, atTime])
    stoppedAt = null
  }
  if (stoppedAt !== null && stoppedAt !== startedAt) spans.push([stoppedAt, Infinity])
  return spans
}
