// Rule C3: the smoothed heart rate that zones and cues are judged by. Used live and afterwards, so that both agree.
import { qualityDefaults } from '../parameters/quality.ts'
import type { SpanS } from '../recording.ts'
import { medianOfSorted } from '../statistics.ts'

/** Median of the good samples in `(t - windowS, t]`; NaN stays NaN. The window starts again after a pause.
 *  @param timesS rising
 *  @param bpm    NaN is "no good value"
 *  @param pauses sorted and disjoint */
export function smoothByMedian(
  timesS: ArrayLike<number>,
  bpm: ArrayLike<number>,
  pauses: readonly SpanS[] = [],
  windowS: number = qualityDefaults.smoothWindowS,
): Float64Array {
  const smoothed = new Float64Array(timesS.length).fill(Number.NaN)
  const window: number[] = []
  let oldest = 0
  let pause = 0
  for (let i = 0; i < timesS.length; i++) {
    const at = timesS[i]
    let from = at - windowS
    while (pause < pauses.length && pauses[pause][1] <= at) pause++
    const resumedS = pause > 0 ? pauses[pause - 1][1] : -Infinity
    // After a pause only what came after it counts, the sample at its very end included.
    for (; oldest < i && (timesS[oldest] <= from || timesS[oldest] < resumedS); oldest++) drop(window, bpm[oldest])
    if (Number.isNaN(bpm[i])) continue
    insert(window, bpm[i])
    smoothed[i] = medianOfSorted(window, window.length) ?? Number.NaN
  }
  return smoothed
}

function insert(sorted: number[], value: number): void {
  let at = sorted.length
  while (at > 0 && sorted[at - 1] > value) at--
  sorted.splice(at, 0, value)
}

function drop(sorted: number[], value: number): void {
  const at = sorted.indexOf(value)
  if (at >= 0) sorted.splice(at, 1)
}

/** The alternative of rule C3 for a display line only: exponential smoothing that restarts after `resetS` of silence.
 *  @returns one value per sample; NaN stays NaN */
export function smoothExponentially(
  timesS: ArrayLike<number>,
  bpm: ArrayLike<number>,
  tauS = 15,
  resetS = 30,
): Float64Array {
  const smoothed = new Float64Array(timesS.length).fill(Number.NaN)
  let last = Number.NaN
  let lastAtS = -Infinity
  for (let i = 0; i < timesS.length; i++) {
    const value = bpm[i]
    if (Number.isNaN(value)) continue
    const dt = timesS[i] - lastAtS
    last = dt > resetS ? value : last + (1 - Math.exp(-dt / tauS)) * (value - last)
    lastAtS = timesS[i]
    smoothed[i] = last
  }
  return smoothed
}
