// Rule C5: the one word about a run. "Cannot tell" is a verdict of its own, and never hides what is provable.
import type { Verdict, ZoneTime } from '../assessment.ts'
import { verdictDefaults, type VerdictParameters } from '../parameters/verdict.ts'
import { SLACK } from '../rounding.ts'

/** First that holds (rule C5). */
export function computeVerdict(
  time: ZoneTime,
  ceilingBpm: number | null,
  p: VerdictParameters = verdictDefaults,
): Verdict {
  if (ceilingBpm === null) return 'cannot_tell:no_zone'
  if (time.movingS < p.minMovingS - SLACK) return 'cannot_tell:too_short'
  if (time.calmShare === null || time.coverage < p.minCoverage - SLACK || time.goodS < p.minGoodS - SLACK)
    return time.calmMax < p.tooHardCalmShare - SLACK ? 'too_hard' : 'cannot_tell:signal'
  if (time.calmShare < p.tooHardCalmShare - SLACK) return 'too_hard'
  return time.calmShare >= p.calmShare - SLACK && time.hardS < p.calmMaxHardS ? 'calm' : 'mostly_calm'
}
