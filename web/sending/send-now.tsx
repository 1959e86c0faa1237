// Buttons for waiting recordings: sign in again, or send now.
import { answerMeanings } from '../api/answer-meanings.ts'
import { t } from '../messages/translate.ts'
import type { SyncState } from '../outbox/send-batches.ts'
import { thisSync } from '../outbox/instances.ts'
import { signInAgain } from '../session/me.ts'

export function SendNow({ sync }: { sync: SyncState }) {
  const { state, why } = sync
  if (why !== null && answerMeanings[why].sending === 'sign_in')
    return (
      <button type="button" class="main" onClick={signInAgain}>
        {t('sync.signIn')}
      </button>
    )
  if (state === 'sending') return null
  return (
    <button type="button" onClick={() => void thisSync.sendNow()}>
      {t('sync.now')}
    </button>
  )
}
