// From irregular samples to one value per second, for the rules that are written for 1 Hz (D6) or for means (D5).
import type { MotionColumns } from '../recording.ts'
import { firstAtOrAfter } from '../rising-times.ts'

/** One value per whole second from `fromS`; the latest sample of that second or before it, at most `holdS` old, else NaN.
 *  @param timesS rising */
export function resample(
  timesS: ArrayLike<number>,
  values: ArrayLike<number>,
  fromS: number,
  seconds: number,
  holdS: number,
): Float64Array {
  const out = new Float64Array(seconds)
  let s = 0
  eachHeld(timesS, fromS, seconds, holdS, (i) => {
    out[s++] = i < 0 ? Number.NaN : values[i]
  })
  return out
}

/** The number of the sample that holds in each second, in order; -1 where none does.
 *  @param timesS rising */
export function eachHeld(
  timesS: ArrayLike<number>,
  fromS: number,
  seconds: number,
  holdS: number,
  visit: (sample: number) => void,
): void {
  let next = 0
  for (let s = 0; s < seconds; s++) {
    const endS = fromS + s + 1
    while (next < timesS.length && timesS[next] < endS) next++
    visit(next > 0 && endS - 1 - timesS[next - 1] <= holdS ? next - 1 : -1)
  }
}

/** The one value of `resample` for this second. */
export function valueAt(timesS: ArrayLike<number>, values: ArrayLike<number>, second: number, holdS: number): number {
  const next = firstAtOrAfter(timesS, second + 1)
  return next > 0 && second - timesS[next - 1] <= holdS ? values[next - 1] : Number.NaN
}

/** Mean of the known speeds in `[fromS, toS)`; null where none is known. */
export function meanSpeedMPerS(motion: MotionColumns, fromS: number, toS: number): number | null {
  let sum = 0
  let count = 0
  for (let i = 0; i < motion.elapsedS.length; i++) {
    const speed = motion.speedMPerS[i]
    if (motion.elapsedS[i] < fromS || motion.elapsedS[i] >= toS || Number.isNaN(speed)) continue
    sum += speed
    count++
  }
  return count === 0 ? null : sum / count
}
