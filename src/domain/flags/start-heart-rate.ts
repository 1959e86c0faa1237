// Rule F8: the heart rate while standing before the start, against the last runs. A health statement: off unless the
// clinic switched its rule set on.
import type { Assessment } from '../assessment.ts'
import { makeFinding, type Finding } from '../finding.ts'
import { flagDefaults, type FlagParameters } from '../parameters/flags.ts'
import { overrideParameters } from '../parameters/parameters.ts'
import type { Prepared } from '../prepare.ts'
import { median } from '../statistics.ts'
import type { Gait } from './gait.ts'

export interface StandingHeartRate {
  /** Median of the good heart rates over the last 60 s standing before the start. */
  readonly nowBpm: number
  /** The same of earlier runs, oldest first. */
  readonly earlierBpm: readonly number[]
}

/** Median of the good heart rates over the last 60 s of standing still before the first step; null where the recording does
 *  not begin with a minute of standing, or too little of it was measured.
 *  @param gait null where no motion is known: then nobody can tell standing from running */
export function findStandingBpm(
  { timesS, goodBpm }: Prepared,
  gait: Gait | null,
  p: FlagParameters = flagDefaults,
): number | null {
  if (gait === null) return null
  const stands = (speedMPerS: number) => speedMPerS <= p.standingMaxSpeedMPerS
  let firstStepS = 0
  while (firstStepS < gait.speedMPerS.length && stands(gait.speedMPerS[firstStepS])) firstStepS++
  if (firstStepS < p.standingS) return null
  const good: number[] = []
  for (let i = 0; i < timesS.length && timesS[i] < firstStepS; i++)
    if (timesS[i] >= firstStepS - p.standingS && !Number.isNaN(goodBpm[i])) good.push(goodBpm[i])
  return good.length < p.standingMinGoodS ? null : median(good)
}

/** Rule F8, the level alone. */
export function startLevel(
  { nowBpm, earlierBpm }: StandingHeartRate,
  p: FlagParameters = flagDefaults,
): 'note' | 'attention' | null {
  if (nowBpm >= p.startAlwaysBpm) return 'attention'
  const usual = usualOf(earlierBpm, p)
  if (usual === null) return null
  if (nowBpm - usual >= p.startAttentionBpm) return 'attention'
  return nowBpm - usual >= p.startNoteBpm ? 'note' : null
}

/** Rule F8 as a flag. */
export function flagStart(standing: StandingHeartRate, p: FlagParameters = flagDefaults): Finding | null {
  const level = startLevel(standing, p)
  if (level === null) return null
  return makeFinding('F8.start', level, { nowBpm: standing.nowBpm, usualBpm: usualOf(standing.earlierBpm, p) })
}

/** The same assessment beside other earlier runs: one of them came in later, or is no more. By the parameters that it was judged
 *  with; all but F8 stays as it was.
 *  @returns the assessment itself where nothing changes */
export function withEarlierStarts(assessment: Assessment, earlierBpm: readonly number[]): Assessment {
  const { standingBpm, flags, parameters } = assessment
  if (standingBpm === null) return assessment
  const before = flags.find(({ kind }) => kind === 'F8.start') ?? null
  const now = flagStart({ nowBpm: standingBpm, earlierBpm }, overrideParameters(parameters).flag)
  if (before?.level === now?.level && before?.evidence.usualBpm === now?.evidence.usualBpm) return assessment
  const others = flags.filter(({ kind }) => kind !== 'F8.start')
  return { ...assessment, flags: now === null ? others : [...others, now] }
}

const usualOf = (earlierBpm: readonly number[], p: FlagParameters): number | null =>
  earlierBpm.length < p.startHistoryMin ? null : median(earlierBpm.slice(-p.startHistory))
