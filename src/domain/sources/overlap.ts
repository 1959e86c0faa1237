// How far two recordings lie over each other in time, in seconds for which both hold data: never through a gap or a pause, and
// never from a stray point to the rest. Asked before two recordings are taken for one run (rule T5).
import { qualityDefaults, type QualityParameters } from '../parameters/quality.ts'
import type { Recording, SpanS } from '../recording.ts'
import { holdEndsS, holdLimitS } from '../time-in-zone/hold.ts'
import { lengthOfSpansS, uniteSpans } from '../time-in-zone/spans.ts'

/** Stretches with data on the clock of UTC, seconds, sorted and disjoint. */
export type DataSpans = readonly SpanS[]

type Measured = Pick<Recording, 'startedAtMs' | 'elapsedS' | 'heartRate' | 'motion' | 'pauses'>

/** Where a recording holds rows, of its heart rate or its movement, each for as long as rule C1 lets a sample hold. */
export function dataSpansOf(recording: Measured, p: QualityParameters = qualityDefaults): DataSpans {
  const { startedAtMs, elapsedS, heartRate, motion } = recording
  const pauses = uniteSpans(recording.pauses, 0, elapsedS)
  const held = [heartRate.elapsedS, motion.elapsedS].flatMap((timesS) => heldSpans(timesS, elapsedS, pauses, p))
  const startS = startedAtMs / 1000
  return uniteSpans(held, 0, elapsedS).map(([from, to]): SpanS => [from + startS, to + startS])
}

/** Rows that follow each other without a hole, joined: a few spans instead of thousands. */
function heldSpans(timesS: Float64Array, endS: number, pauses: readonly SpanS[], p: QualityParameters): SpanS[] {
  const endsS = holdEndsS(timesS, { startS: 0, endS, pauses, holdLimitS: holdLimitS(timesS, p) })
  const spans: SpanS[] = []
  for (let first = 0, i = 1; i <= timesS.length; i++) {
    if (i < timesS.length && endsS[i - 1] >= timesS[i]) continue
    if (endsS[i - 1] > timesS[first]) spans.push([timesS[first], endsS[i - 1]])
    first = i
  }
  return spans
}

/** Seconds for which both hold data, the other one moved by `shiftS`. */
export function overlapS(one: DataSpans, other: DataSpans, shiftS = 0): number {
  let sum = 0
  for (let i = 0, k = 0; i < one.length && k < other.length;) {
    const [from, to] = [Math.max(one[i][0], other[k][0] + shiftS), Math.min(one[i][1], other[k][1] + shiftS)]
    sum += Math.max(0, to - from)
    if (one[i][1] < other[k][1] + shiftS) i++
    else k++
  }
  return sum
}

/** Whether they lie over each other for at least this share of the shorter one. */
export function overlapsBy(one: DataSpans, other: DataSpans, share: number, shiftS = 0): boolean {
  const shorterS = Math.min(lengthOfSpansS(one), lengthOfSpansS(other))
  return shorterS > 0 && overlapS(one, other, shiftS) >= share * shorterS - 1e-9
}
