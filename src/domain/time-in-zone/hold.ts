// Rule C1 and C2: how much time one sample stands for. Every integral over a run goes through here, so that no sample is
// ever credited with more time than its hold allows, nor with a second of a pause.
import { qualityDefaults, type QualityParameters } from '../parameters/quality.ts'
import type { SpanS } from '../recording.ts'
import { median } from '../statistics.ts'

/** Rule C1, G for imported files: three times the median step between samples, from 5 to 10 s. */
export function holdLimitS(timesS: ArrayLike<number>, p: QualityParameters = qualityDefaults): number {
  const steps = new Float64Array(Math.max(0, timesS.length - 1))
  for (let i = 0; i < steps.length; i++) steps[i] = timesS[i + 1] - timesS[i]
  const middle = mostCommon(steps) ?? median(steps)
  if (middle === null) return p.holdMinS
  return Math.min(p.holdMaxS, Math.max(p.holdMinS, p.holdMedianFactor * middle))
}

/** The value that more than half of all are, which is the median too and found without sorting; null where none is. */
function mostCommon(values: Float64Array): number | null {
  let candidate = Number.NaN
  let lead = 0
  for (let i = 0; i < values.length; i++) {
    if (lead === 0) candidate = values[i]
    lead += values[i] === candidate ? 1 : -1
  }
  let count = 0
  for (let i = 0; i < values.length; i++) if (values[i] === candidate) count++
  return count > values.length / 2 ? candidate : null
}

export interface HoldFrame {
  readonly startS: number
  readonly endS: number
  /** Sorted and disjoint (see `uniteSpans`). */
  readonly pauses: readonly SpanS[]
  readonly holdLimitS: number
}

/** The end of the interval that each sample holds; equal to its time where it holds nothing (inside a pause, outside the
 *  run). A sample before the start holds from the start on.
 *  @param timesS rising */
export function holdEndsS(timesS: ArrayLike<number>, frame: HoldFrame): Float64Array {
  const ends = new Float64Array(timesS.length)
  let next = 0
  for (let i = 0; i < timesS.length; i++) {
    const at = timesS[i]
    while (next < frame.pauses.length && frame.pauses[next][1] <= at) next++
    const pause = frame.pauses[next]
    const following = i + 1 < timesS.length ? timesS[i + 1] : Infinity
    let end = Math.min(following, at + frame.holdLimitS, frame.endS)
    if (pause !== undefined) end = pause[0] <= at ? at : Math.min(end, pause[0])
    ends[i] = Math.max(at, end)
  }
  return ends
}
