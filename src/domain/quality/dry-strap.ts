// Rule D5: a chest strap that reads far too high until sweat has wetted it. Only provable afterwards.
import { qualityDefaults, type QualityParameters } from '../parameters/quality.ts'
import { median } from '../statistics.ts'
import { startSmoothing, stepSmoothing } from '../time-in-zone/smooth.ts'

export interface DryStrap {
  readonly suspect: boolean
  /** Samples up to and including this second are dry; null where not suspect. */
  readonly untilS: number | null
  /** Highest trailing 30-s median of the first eight minutes; null without samples. */
  readonly earlyMaxBpm: number | null
  /** Median of minutes 10 to 20; null with fewer than 200 samples there. */
  readonly referenceBpm: number | null
  /** Share of early steps of at least 5 bpm. */
  readonly roughness: number
}

/** @param timesS rising; @param bpm in range, no NaN; speeds in m/s, null where unknown. @source rule D5 */
export function detectDryStrap(
  timesS: ArrayLike<number>,
  bpm: ArrayLike<number>,
  earlySpeedMPerS: number | null,
  referenceSpeedMPerS: number | null,
  p: QualityParameters = qualityDefaults,
): DryStrap {
  let early = 0
  while (early < timesS.length && timesS[early] < p.dryEarlyS) early++
  const medians = trailingMedians(timesS, bpm, early, p.dryMedianS)
  const earlyMaxBpm = highest(medians)
  const referenceBpm = referenceOf(timesS, bpm, p)
  const roughness = roughnessOf(timesS, bpm, early, p)
  const none = { suspect: false, untilS: null, earlyMaxBpm, referenceBpm, roughness }
  if (earlyMaxBpm === null || referenceBpm === null || earlyMaxBpm < referenceBpm + p.dryAboveBpm) return none
  if (roughness < p.dryRoughShare && !fallsSteeply(timesS, bpm, early, p)) return none
  const knownFaster =
    earlySpeedMPerS !== null && referenceSpeedMPerS !== null && earlySpeedMPerS > p.drySpeedRatio * referenceSpeedMPerS
  if (knownFaster) return none
  let last = early - 1
  while (last > 0 && !(medians[last] >= referenceBpm + p.dryUntilAboveBpm)) last--
  return { suspect: true, untilS: timesS[last], earlyMaxBpm, referenceBpm, roughness }
}

const highest = (medians: Float64Array): number | null =>
  medians.reduce<number | null>((max, value) => (Number.isNaN(value) || (max ?? value) > value ? max : value), null)

/** Median of the last 30 s at each early sample; NaN until 30 s have passed: fewer samples are no trend. */
function trailingMedians(
  timesS: ArrayLike<number>,
  bpm: ArrayLike<number>,
  count: number,
  windowS: number,
): Float64Array {
  const medians = new Float64Array(count)
  const window = startSmoothing()
  for (let i = 0; i < count; i++) {
    const middle = stepSmoothing(window, timesS[i], bpm[i], windowS)
    medians[i] = timesS[i] - timesS[0] < windowS ? Number.NaN : middle
  }
  return medians
}

function referenceOf(timesS: ArrayLike<number>, bpm: ArrayLike<number>, p: QualityParameters): number | null {
  const values: number[] = []
  for (let i = 0; i < timesS.length; i++)
    if (timesS[i] >= p.dryReferenceFromS && timesS[i] <= p.dryReferenceToS) values.push(bpm[i])
  return values.length >= p.dryReferenceSamples ? median(values) : null
}

function roughnessOf(timesS: ArrayLike<number>, bpm: ArrayLike<number>, early: number, p: QualityParameters): number {
  let steps = 0
  let rough = 0
  for (let i = 1; i < early; i++) {
    if (timesS[i] - timesS[i - 1] > p.dryRoughStepMaxS) continue
    steps++
    if (Math.abs(bpm[i] - bpm[i - 1]) >= p.dryRoughStepBpm) rough++
  }
  return steps === 0 ? 0 : rough / steps
}

function fallsSteeply(timesS: ArrayLike<number>, bpm: ArrayLike<number>, early: number, p: QualityParameters): boolean {
  for (let i = 0; i < early; i++)
    for (let k = i + 1; k < early && timesS[k] - timesS[i] <= p.dryFallS; k++)
      if (bpm[i] - bpm[k] >= p.dryFallBpm) return true
  return false
}
