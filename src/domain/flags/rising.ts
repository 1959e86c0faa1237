// Rule F6: did the heart rate go on rising at the end, above the ceiling, where a run should ease off?
import { makeFinding, type Finding } from '../finding.ts'
import { flagDefaults, type FlagParameters } from '../parameters/flags.ts'
import type { Prepared } from '../prepare.ts'
import { SLACK } from '../rounding.ts'
import { mean, slopeOf } from '../statistics.ts'
import { lengthOfSpansS, uniteSpans } from '../time-in-zone/spans.ts'

export interface EndOfRun {
  readonly fromS: number
  /** Null where there is too little to draw a line through. */
  readonly slopeBpmPerMin: number | null
  readonly meanLast5Bpm: number | null
  readonly rising: boolean
}

/** The last third of the run, at least 480 s.
 *  @param bpm smoothed; NaN is bad or absent */
export function judgeEndOfRun(
  timesS: ArrayLike<number>,
  bpm: ArrayLike<number>,
  endS: number,
  ceilingBpm: number,
  p: FlagParameters = flagDefaults,
): EndOfRun {
  const fromS = endS - Math.max(p.risingMinS, endS * p.risingRunShare)
  const minutes: number[] = []
  const values: number[] = []
  const last: number[] = []
  for (let i = 0; i < timesS.length; i++) {
    if (timesS[i] < fromS - SLACK || timesS[i] > endS || Number.isNaN(bpm[i])) continue
    minutes.push(timesS[i] / 60)
    values.push(bpm[i])
    if (timesS[i] >= endS - p.risingMeanS - SLACK) last.push(bpm[i])
  }
  const slopeBpmPerMin = slopeOf(minutes, values)
  const meanLast5Bpm = last.length === 0 ? null : mean(last)
  const rises = slopeBpmPerMin !== null && slopeBpmPerMin >= p.risingBpmPerMin - SLACK
  return {
    fromS,
    slopeBpmPerMin,
    meanLast5Bpm,
    rising: rises && meanLast5Bpm !== null && meanLast5Bpm > ceilingBpm,
  }
}

/** Rule F6 as a flag; only where at least 80 % of those minutes were measured: signal before safety. */
export function flagRising(
  { timesS, smoothedBpm, endsS, frame }: Prepared,
  ceilingBpm: number,
  p: FlagParameters = flagDefaults,
): Finding | null {
  const { endS } = frame
  const { fromS, slopeBpmPerMin, meanLast5Bpm, rising } = judgeEndOfRun(timesS, smoothedBpm, endS, ceilingBpm, p)
  if (!rising) return null
  const firstS = Math.max(0, fromS)
  let goodS = 0
  for (let i = 0; i < timesS.length; i++)
    if (timesS[i] >= firstS && !Number.isNaN(smoothedBpm[i])) goodS += endsS[i] - timesS[i]
  const pausedS = lengthOfSpansS(uniteSpans(frame.pauses, firstS, endS))
  if (goodS < p.risingMinCoverage * (endS - firstS - pausedS) - SLACK) return null
  return makeFinding('F6.rising', 'attention', { slopeBpmPerMin, meanLast5Bpm, ceilingBpm, spansS: [[firstS, endS]] })
}
