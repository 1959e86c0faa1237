// What a sensor's heart rates come to before anybody marked or smoothed them: for showing, never for judging.
import type { Recording, SpanS } from './recording.ts'
import { holdEndsS, holdLimitS } from './time-in-zone/hold.ts'

export interface HeartRateSummary {
  /** Heart rates that are neither absent nor 0. */
  readonly samples: number
  readonly heartRateBpm: { readonly min: number | null; readonly max: number | null; readonly mean: number | null }
}

/** Count, extremes and the mean weighted by the time each sample holds (rule C1).
 *  @param pauses to take out; sorted and disjoint. What the page shows leaves them in */
export function summariseHeartRate(
  { heartRate }: Pick<Recording, 'heartRate'>,
  pauses: readonly SpanS[] = [],
): HeartRateSummary {
  const { elapsedS, bpm } = heartRate
  const limitS = holdLimitS(elapsedS)
  const ends = holdEndsS(elapsedS, { startS: 0, endS: Infinity, pauses, holdLimitS: limitS })
  // The last sample has no follower to end its hold; it weighs a second, as most others do.
  const last = ends.length - 1
  if (last >= 0 && ends[last] > elapsedS[last]) ends[last] = elapsedS[last] + 1
  let samples = 0
  let min = Infinity
  let max = -Infinity
  let sum = 0
  let seconds = 0
  for (let i = 0; i < bpm.length; i++) {
    if (!(bpm[i] > 0 && ends[i] > elapsedS[i])) continue
    samples++
    min = Math.min(min, bpm[i])
    max = Math.max(max, bpm[i])
    sum += bpm[i] * (ends[i] - elapsedS[i])
    seconds += ends[i] - elapsedS[i]
  }
  if (samples === 0) return { samples, heartRateBpm: { min: null, max: null, mean: null } }
  return { samples, heartRateBpm: { min, max, mean: sum / seconds } }
}
