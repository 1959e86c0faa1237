// Second by second: did the runner walk or run, and how fast. For the rules that leave walking out or look for it.
import { flagDefaults, type FlagParameters } from '../parameters/flags.ts'
import { resample } from '../quality/resample.ts'
import type { Recording, SpanS } from '../recording.ts'

const UNKNOWN = 0
export const WALKING = 1
export const RUNNING = 2

export interface Gait {
  /** One entry per whole second since the start; NaN where unknown or paused. */
  readonly speedMPerS: Float64Array
  /** `WALKING` below 1.9 m/s or 140 steps/min (rule F7), `RUNNING`, or `UNKNOWN` (no motion known, or paused). */
  readonly kind: Uint8Array
}

/** @param holdS how long a motion row holds
 *  @returns null where no speed and no cadence is known or the recording is longer than anybody runs */
export function computeGait(
  { motion, elapsedS }: Recording,
  pauses: readonly SpanS[],
  holdS: number,
  p: FlagParameters = flagDefaults,
): Gait | null {
  if (motion.elapsedS.length === 0 || elapsedS > p.gaitMaxRunS) return null
  const seconds = Math.max(0, Math.floor(elapsedS))
  const at = (column: ArrayLike<number>) => resample(motion.elapsedS, column, 0, seconds, holdS)
  const speedMPerS = at(motion.speedMPerS)
  const cadencePerMin = at(motion.cadencePerMin)
  for (const [fromS, toS] of pauses) {
    speedMPerS.fill(Number.NaN, Math.ceil(fromS), Math.ceil(toS))
    cadencePerMin.fill(Number.NaN, Math.ceil(fromS), Math.ceil(toS))
  }
  const kind = new Uint8Array(seconds).fill(UNKNOWN)
  for (let s = 0; s < seconds; s++) {
    if (Number.isNaN(speedMPerS[s]) && Number.isNaN(cadencePerMin[s])) continue
    const walks = speedMPerS[s] < p.walkSpeedMPerS || cadencePerMin[s] < p.walkCadencePerMin
    kind[s] = walks ? WALKING : RUNNING
  }
  return kind.every((one) => one === UNKNOWN) ? null : { speedMPerS, kind }
}
