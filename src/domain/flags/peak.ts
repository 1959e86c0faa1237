// Rule F2: the highest smoothed heart rate that was held for 10 s.
import type { SpanS } from '../recording.ts'

export interface Peak {
  /** The highest value at or above which the smoothed heart rate stayed for the hold time. */
  readonly bpm: number
  readonly span: SpanS
}

/** @param timesS rising; @param bpm smoothed, NaN is bad or absent; @param endsS how long each sample holds (`holdEndsS`).
 *  @returns null where no stretch without a hole lasts that long */
export function findPeak(
  timesS: ArrayLike<number>,
  bpm: ArrayLike<number>,
  endsS: ArrayLike<number>,
  holdS: number,
): Peak | null {
  let peak: Peak | null = null
  for (let first = 0; first < timesS.length; first++) {
    let lowest = bpm[first]
    // A start that is no higher than the best so far cannot beat it.
    if (Number.isNaN(lowest) || (peak !== null && lowest <= peak.bpm)) continue
    for (let i = first; i < timesS.length && !Number.isNaN(bpm[i]); i++) {
      if (i > first && endsS[i - 1] < timesS[i]) break
      lowest = Math.min(lowest, bpm[i])
      if (peak !== null && lowest <= peak.bpm) break
      if (endsS[i] - timesS[first] >= holdS) {
        peak = { bpm: lowest, span: [timesS[first], endsS[i]] }
        break
      }
    }
  }
  return peak
}
