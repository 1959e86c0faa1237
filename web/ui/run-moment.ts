// The time of a run in words: its start, or that the start is unknown and when the run came in (rule T4).
import { isUndated } from '../../src/domain/dating.ts'
import type { RunSummary } from '../api/api.ts'
import { formatMoment, t } from '../messages/translate.ts'

export const runMoment = ({
  startedAtMs,
  startOffsetS,
  importedAtMs,
  dating,
}: Pick<RunSummary, 'startedAtMs' | 'startOffsetS' | 'importedAtMs' | 'dating'>): string =>
  isUndated(dating)
    ? t('date.unknown', { cameIn: formatMoment(importedAtMs) })
    : formatMoment(startedAtMs, startOffsetS)
