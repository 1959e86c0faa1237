// Pauses of TCX and GPX activities (rule C2). Neither format has timer events: a stop shows as a gap between two stretches
// of points, and in TCX as a lap whose own time is shorter than the clock's.
import type { SpanS } from '../../domain/recording.ts'
import { median } from '../../domain/statistics.ts'
import { uniteSpans } from '../../domain/time-in-zone/spans.ts'
import type { XmlTimeline } from './timeline.ts'

/** What a TCX lap sums up; NaN is "absent". */
export interface Lap {
  /** UTC epoch seconds. */
  readonly startEpochS: number
  /** How many points stand before it. */
  readonly behind: number
  /** Seconds that the timer ran. */
  readonly timerS: number
  readonly distanceM: number
  readonly meanHeartRateBpm: number
  readonly maxHeartRateBpm: number
}

/** A gap inside one stretch of points is a pause only from this length on, and only where the lap's time says so: watches
 *  that write a point only when something changes leave shorter ones (product choice). */
const MIN_GAP_S = 10
/** Laps are rounded, their last point is early: less than this is no pause (product choice). */
const ROUNDING_S = 2

interface Gap {
  readonly fromS: number
  readonly toS: number
  readonly between: 'stretches' | 'points'
}

/** Pauses since the start: without laps every gap between two stretches; with laps those gaps that make up for the time
 *  in which the lap's timer stood still, gaps between stretches first, then the longest. */
export function findPauses(timeline: XmlTimeline, laps: readonly Lap[]): SpanS[] {
  const { times } = timeline
  if (times.length === 0) return []
  const startS = times[0]
  const gaps = gapsOf(timeline)
  const timed = laps
    .filter((lap) => lap.startEpochS >= 0 && lap.timerS > 0)
    .map((lap) => ({ ...lap, startEpochS: timeline.place(lap.startEpochS, lap.behind) }))
  const chosen =
    timed.length === 0 ? gaps.filter(({ between }) => between === 'stretches') : pausesOfLaps(timeline, gaps, timed)
  const spans = chosen.map(({ fromS, toS }): SpanS => [fromS - startS, toS - startS])
  return uniteSpans(spans, 0, times[times.length - 1] - startS)
}

/** Gaps from where the usual next point is missing to the point that comes, in order. */
function gapsOf({ times, segment }: XmlTimeline): Gap[] {
  const steps = times.slice(1).map((time, i) => time - times[i])
  const usualS = median(steps) ?? 1
  return steps.flatMap((step, i): Gap[] => {
    const between = segment[i] === segment[i + 1] ? 'points' : 'stretches'
    const gap: Gap = { fromS: times[i] + usualS, toS: times[i + 1], between }
    return step > usualS && (between === 'stretches' || step >= MIN_GAP_S) ? [gap] : []
  })
}

function pausesOfLaps({ times }: XmlTimeline, gaps: readonly Gap[], laps: readonly Lap[]): Gap[] {
  const sorted = laps.toSorted((a, b) => a.startEpochS - b.startEpochS)
  let next = 0
  return sorted.flatMap((lap, k) => {
    const endS = sorted[k + 1]?.startEpochS ?? times[times.length - 1]
    const own: Gap[] = []
    // A gap over the end of a lap belongs to the lap in which it began: there the timer was stopped.
    for (; next < gaps.length && (gaps[next].fromS < endS || k === sorted.length - 1); next++) own.push(gaps[next])
    const lapEndS = Math.max(endS, own.at(-1)?.toS ?? 0)
    return gapsThatMakeUpFor(lapEndS - Math.max(lap.startEpochS, times[0]) - lap.timerS, own)
  })
}

function gapsThatMakeUpFor(stoppedS: number, gaps: readonly Gap[]): Gap[] {
  const lengthS = ({ fromS, toS }: Gap) => toS - fromS
  const byWeight = gaps.toSorted((a, b) =>
    a.between === b.between ? lengthS(b) - lengthS(a) : a.between === 'stretches' ? -1 : 1,
  )
  // A lap time longer than the clock's says nothing about these points: the file is cut, or the time is another lap's.
  if (stoppedS < -ROUNDING_S) return gaps.filter(({ between }) => between === 'stretches')
  let leftS = stoppedS
  return byWeight.filter((gap) => {
    if (leftS < ROUNDING_S || leftS < lengthS(gap) / 2) return false
    leftS -= lengthS(gap)
    return true
  })
}
