// Rule C4: how long the run was calm, above, at the hard limit, and how much of it could be measured.
import type { ZoneTime } from '../assessment.ts'
import { lengthOfSpansS } from './spans.ts'
import { holdEndsS, type HoldFrame } from './hold.ts'

/** Integrate smoothed heart rates over the time they hold.
 *  @param timesS  rising
 *  @param bpm     smoothed; NaN is bad or absent
 *  @param ceilingBpm null where there is none: then nothing counts as calm or above, for nobody can tell
 *  @param hardBpm    null where there is none
 *  @param ends       how long each value holds, where that is known already */
export function computeZoneTime(
  timesS: ArrayLike<number>,
  bpm: ArrayLike<number>,
  frame: HoldFrame,
  ceilingBpm: number | null,
  hardBpm: number | null,
  ends: Float64Array = holdEndsS(timesS, frame),
): ZoneTime {
  const movingS = frame.endS - frame.startS - lengthOfSpansS(frame.pauses)
  let goodS = 0
  let calmS = 0
  let hardS = 0
  for (let i = 0; i < timesS.length; i++) {
    const value = bpm[i]
    if (Number.isNaN(value)) continue
    const heldS = Math.max(0, ends[i] - Math.max(timesS[i], frame.startS))
    goodS += heldS
    if (ceilingBpm !== null && value <= ceilingBpm) calmS += heldS
    if (hardBpm !== null && value >= hardBpm) hardS += heldS
  }
  const share = (seconds: number) => (movingS > 0 ? seconds / movingS : 0)
  return {
    movingS,
    goodS,
    calmS,
    aboveS: ceilingBpm === null ? 0 : goodS - calmS,
    hardS,
    coverage: share(goodS),
    calmShare: goodS > 0 && ceilingBpm !== null ? calmS / goodS : null,
    calmMin: share(calmS),
    calmMax: movingS > 0 && ceilingBpm !== null ? (calmS + movingS - goodS) / movingS : 1,
  }
}
