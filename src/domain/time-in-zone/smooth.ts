// Rule C3: the smoothed heart rate that zones and cues are judged by. Used live and afterwards, so that both agree.
import { qualityDefaults } from '../parameters/quality.ts'
import type { SpanS } from '../recording.ts'
import { medianOfSorted } from '../statistics.ts'

/** The window so far, oldest first; plain data. */
export interface SmoothingState {
  timesS: number[]
  bpm: number[]
  sorted: number[]
}

export const startSmoothing = (): SmoothingState => ({ timesS: [], bpm: [], sorted: [] })

/** Take one good sample, in place.
 *  @returns the median of the good samples in `(atS - windowS, atS]` */
export function stepSmoothing(
  state: SmoothingState,
  atS: number,
  bpm: number,
  windowS: number = qualityDefaults.smoothWindowS,
): number {
  dropBefore(state, (oldestS) => oldestS <= atS - windowS)
  state.timesS.push(atS)
  state.bpm.push(bpm)
  insert(state.sorted, bpm)
  return medianOfSorted(state.sorted, state.sorted.length) ?? bpm
}

/** The window starts again after a pause: only what came after it counts, a sample at its very end included. */
export const resumeSmoothing = (state: SmoothingState, resumedS: number): void =>
  dropBefore(state, (oldestS) => oldestS < resumedS)

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
  const state = startSmoothing()
  let pause = 0
  for (let i = 0; i < timesS.length; i++) {
    for (; pause < pauses.length && pauses[pause][1] <= timesS[i]; pause++) resumeSmoothing(state, pauses[pause][1])
    if (!Number.isNaN(bpm[i])) smoothed[i] = stepSmoothing(state, timesS[i], bpm[i], windowS)
  }
  return smoothed
}

function dropBefore(state: SmoothingState, isOld: (oldestS: number) => boolean): void {
  while (state.timesS.length > 0 && isOld(state.timesS[0])) {
    state.timesS.shift()
    state.sorted.splice(state.sorted.indexOf(state.bpm[0]), 1)
    state.bpm.shift()
  }
}

function insert(sorted: number[], value: number): void {
  let at = sorted.length
  while (at > 0 && sorted[at - 1] > value) at--
  sorted.splice(at, 0, value)
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
