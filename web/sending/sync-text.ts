// The progress of sending, in words, for every screen. Pure.
import { answerMeanings } from '../api/answer-meanings.ts'
import { t } from '../messages/translate.ts'
import type { SyncState } from '../outbox/send-batches.ts'
import type { StoredParticipation } from '../outbox/stored.ts'

/** @param runners of the group run that the reader looks at */
export function syncText(
  { state, why, troubled, forOthers, unsent }: SyncState,
  runners: readonly Pick<StoredParticipation, 'id' | 'alias' | 'refused' | 'setAside'>[],
): string {
  if (why !== null) return t(answerMeanings[why].syncWords)
  if (state === 'sending') return t('sync.sending', { count: unsent })
  const names = runners.filter(({ id }) => troubled.includes(id)).map(({ alias }) => alias)
  if (names.length > 0) return t('sync.failingFor', { names: names.join(', ') })
  if (state === 'failing' && troubled.length === 0) return t('sync.failing')
  if (forOthers) return t('sync.forOthers')
  const isWhole = runners.every(({ refused, setAside }) => refused === null && setAside === 0)
  return t(isWhole ? 'sync.idle' : 'sync.idleBut')
}

/** Why nothing of a runner is taken, by the server's code. */
export const refusedText = (code: string): string =>
  code === 'NOT_FOUND' || code === 'PARTICIPATION_OTHER' || code === 'RUN_REMOVED'
    ? t(`ended.refused.${code}`)
    : t('ended.refused', { code })
