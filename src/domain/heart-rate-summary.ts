// What a sensor's heart rates come to before anybody marked or smoothed them: for showing, never for judging.
import type { Recording } from './recording.ts'
import { holdEndsS, holdLimitS } from './time-in-zone/hold.ts'

export interface HeartRateSummary {
  /** Heart rates that are neither absent nor 0. */
  readonly samples: number
  readonly heartRateBpm: { readonly min: number | null; readonly max: number | null; readonly mean: number | null }
}

/** Count, extremes and the mean weighted by the time each sample holds (rule C1; pauses are not taken out). */
export function summariseHeartRate({ heartRate }: Recording): HeartRateSummary {
  const { elapsedS, bpm } = heartRate
  const limitS = holdLimitS(elapsedS)
  const ends = holdEndsS(elapsedS, { startS: 0, endS: Infinity, pauses: [], holdLimitS: limitS })
  // The last sample has no follower to end its hold; it weighs a second, as most others do.
  if (ends.length > 0) ends[ends.length - 1] = elapsedS[elapsedS.length - 1] + 1
  let samples = 0
  let min = Infinity
  let max = -Infinity
  let sum = 0
  let seconds = 0
  for (let i = 0; i < bpm.length; i++) {
    if (!(bpm[i] > 0)) continue
    samples++
    min = Math.min(min, bpm[i])
    max = Math.max(max, bpm[i])
    sum += bpm[i] * (ends[i] - elapsedS[i])
    seconds += ends[i] - elapsedS[i]
  }
  if (samples === 0) return { samples, heartRateBpm: { min: null, max: null, mean: null } }
  return { samples, heartRateBpm: { min, max, mean: sum / seconds } }
}
