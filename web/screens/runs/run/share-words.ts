// The calm part of a run with its bounds (rule C4), in words.
import { wholePercent } from '../../../../src/domain/shown-numbers.ts'
import type { Run } from '../../../api/api.ts'
import { t } from '../../../messages/translate.ts'

/** One number where both ends are the same as it. */
export function shareWords({
  calmShare,
  calmMin,
  calmMax,
}: Pick<Run['assessment']['zoneTime'], 'calmShare' | 'calmMin' | 'calmMax'>): string | null {
  if (calmShare === null) return null
  const [percent, low, high] = [calmShare, calmMin, calmMax].map(wholePercent)
  const words = t('run.percent', { percent: percent ?? 0 })
  return low === percent && high === percent
    ? words
    : `${words} (${t('run.bounds', { low: low ?? 0, high: high ?? 0 })})`
}
