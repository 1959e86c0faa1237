// Rule C3: the smoothed heart rate that zones and cues are judged by. Used live and afterwards, so that both agree.
import { qualityDefaults } from '../parameters/quality.ts'
import type { SpanS } from '../recording.ts'
import { medianOfSorted } from '../statistics.ts'

/** The window so far, oldest first; plain data. */
export interface SmoothingState {
  /** The window begins here; what stands before it has left and is cleared away now and then. */
  first: number
  timesS: number[]
  bpm: number[]
  sorted: number[]
}

export const startSmoothing = (): SmoothingState => ({ first: 0, timesS: [], bpm: [], sorted: [] })

/** Take one good sample, in place.
 *  @returns the median of the good samples in `(atS - windowS, atS]` */
export function stepSmoothing(
  state: SmoothingState,
  atS: number,
  bpm: number,
  windowS: number = qualityDefaults.smoothWindowS,
): number {
  let leavingBpm = Number.NaN
  while (state.first < state.timesS.length && state.timesS[state.first] <= atS - windowS) {
    remove(state.sorted, leavingBpm)
    leavingBpm = state.bpm[state.first++]
  }
  replace(state.sorted, leavingBpm, bpm)
  clearAway(state)
  state.timesS.push(atS)
  state.bpm.push(bpm)
  return medianOfSorted(state.sorted, state.sorted.length) ?? bpm
}

/** The window starts again after a pause: only what came after it counts, a sample at its very end included. */
export function resumeSmoothing(state: SmoothingState, resumedS: number): void {
  while (state.first < state.timesS.length && state.timesS[state.first] < resumedS)
    remove(state.sorted, state.bpm[state.first++])
}

/** Not at every sample: moving what stays costs more than keeping a few that left. */
function clearAway(state: SmoothingState): void {
  if (state.first < 64) return
  state.timesS = state.timesS.slice(state.first)
  state.bpm = state.bpm.slice(state.first)
  state.first = 0
}

/** `stepSmoothing` over columns; NaN stays NaN.
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
  const sorted: number[] = []
  let oldest = 0
  let pause = 0
  for (let i = 0; i < timesS.length; i++) {
    if (Number.isNaN(bpm[i])) continue
    let resumedS = -Infinity
    while (pause < pauses.length && pauses[pause][1] <= timesS[i]) resumedS = pauses[pause++][1]
    let leavingBpm = Number.NaN
    for (; oldest < i && (timesS[oldest] <= timesS[i] - windowS || timesS[oldest] < resumedS); oldest++) {
      if (Number.isNaN(bpm[oldest])) continue
      remove(sorted, leavingBpm)
      leavingBpm = bpm[oldest]
    }
    replace(sorted, leavingBpm, bpm[i])
    smoothed[i] = medianOfSorted(sorted, sorted.length) ?? Number.NaN
  }
  return smoothed
}

/** One value leaves an ascending array, NaN being none, and another comes: only what lies between them moves. */
function replace(sorted: number[], leaving: number, coming: number): void {
  let at = 0
  if (Number.isNaN(leaving)) at = sorted.push(coming) - 1
  else while (sorted[at] !== leaving) at++
  for (; at > 0 && sorted[at - 1] > coming; at--) sorted[at] = sorted[at - 1]
  for (; at + 1 < sorted.length && sorted[at + 1] < coming; at++) sorted[at] = sorted[at + 1]
  sorted[at] = coming
}

function remove(sorted: number[], leaving: number): void {
  if (Number.isNaN(leaving)) return
  replace(sorted, leaving, Infinity)
  sorted.pop()
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
