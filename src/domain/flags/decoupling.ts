// Rule F3: did the heart rate drift away from the speed in the second half? A convention for long steady runs, weak on
// short ones: a note only.
import type { Half } from '../evidence.ts'
import { makeFinding, type Finding } from '../finding.ts'
import { flagDefaults, type FlagParameters } from '../parameters/flags.ts'
import type { Prepared } from '../prepare.ts'
import { resample, valueAt } from '../quality/resample.ts'
import type { Recording, SpanS } from '../recording.ts'
import { SLACK } from '../rounding.ts'
import { mean, standardDeviation } from '../statistics.ts'
import { RUNNING, type Gait } from './gait.ts'

/** Loss of speed per heartbeat from the first half to the second, percent. */
export function decouplingPercent(first: Half, second: Half): number {
  const efficiency = ({ meanSpeedMPerS, meanBpm }: Half) => meanSpeedMPerS / meanBpm
  return (100 * (efficiency(first) - efficiency(second))) / efficiency(first)
}

/** Rule F3 as a flag: steady, even, flat and cool running only. */
export function flagDecoupling(
  recording: Recording,
  { timesS, smoothedBpm, frame }: Prepared,
  gait: Gait,
  p: FlagParameters = flagDefaults,
): Finding | null {
  const seconds = steadySeconds(gait, p)
  if (seconds.length < p.decoupleMinSteadyS || !isFlat(recording, gait, p) || isWarm(recording, p)) return null
  const speeds = seconds.map((s) => gait.speedMPerS[s])
  if (standardDeviation(speeds) / mean(speeds) >= p.decoupleMaxSpeedCv) return null
  const bpm = resample(timesS, smoothedBpm, 0, gait.kind.length, frame.holdLimitS)
  const middle = Math.floor(seconds.length / 2)
  const first = halfOf(seconds.slice(0, middle), gait, bpm, p)
  const second = halfOf(seconds.slice(middle), gait, bpm, p)
  if (first === null || second === null) return null
  const percent = decouplingPercent(first, second)
  if (percent <= p.decouplePercent + SLACK) return null
  const spansS: SpanS[] = [
    [seconds[0], seconds[middle]],
    [seconds[middle], seconds[seconds.length - 1] + 1],
  ]
  return makeFinding('F3.decoupling', 'note', { percent, first, second, spansS })
}

function steadySeconds(gait: Gait, p: FlagParameters): number[] {
  const seconds: number[] = []
  for (let s = p.decoupleSkipS; s < gait.kind.length; s++)
    if (gait.kind[s] === RUNNING && gait.speedMPerS[s] > 0) seconds.push(s)
  return seconds
}

function halfOf(seconds: readonly number[], gait: Gait, bpm: Float64Array, p: FlagParameters): Half | null {
  const known = seconds.map((s) => bpm[s]).filter((value) => !Number.isNaN(value))
  if (known.length < p.decoupleMinCoverage * seconds.length - SLACK) return null
  return { meanSpeedMPerS: mean(seconds.map((s) => gait.speedMPerS[s])), meanBpm: mean(known) }
}

/** Flat as far as known; indoors it is. Where no altitude says it, nobody can tell, and there is no flag. */
function isFlat({ motion, subSport }: Recording, gait: Gait, p: FlagParameters): boolean {
  if (subSport === 'treadmill' || subSport === 'indoor_running' || subSport === 'track') return true
  const at = (column: ArrayLike<number>, s: number) => valueAt(motion.elapsedS, column, s, p.decoupleGradeS)
  let known = false
  for (let s = p.decoupleSkipS + p.decoupleGradeS; s < gait.kind.length; s += p.decoupleGradeS) {
    const rise = Math.abs(at(motion.altitudeM, s) - at(motion.altitudeM, s - p.decoupleGradeS))
    const way = at(motion.distanceM, s) - at(motion.distanceM, s - p.decoupleGradeS)
    if (!(way >= p.decoupleGradeS) || Number.isNaN(rise)) continue
    known = true
    if (rise / way > p.decoupleMaxGrade) return false
  }
  return known
}

const isWarm = ({ motion }: Recording, p: FlagParameters): boolean =>
  motion.temperatureC.some((celsius) => celsius >= p.decoupleMaxTemperatureC)
