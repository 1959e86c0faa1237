// Says that recordings of group runs wait on this phone, and why, and lets a person send them. For any screen. It shows
// nothing if nothing waits, and nothing about a run that is still recorded.
import { formatDay, t } from '../messages/translate.ts'
import { thisOutbox, thisSync } from '../outbox/instances.ts'
import { Link } from '../ui/router.tsx'
import { SendNow } from './send-now.tsx'
import { syncText } from './sync-text.ts'

export function WaitingRecordings() {
  const { waitingRecordings: count, waitingUntilMs, problem } = thisOutbox.state.value
  // Another tab records and sends; it says so itself.
  if (count === 0 || problem === 'other_tab') return null
  const sync = thisSync.sync.value
  return (
    <div class="card attention waits">
      <p role="status">
        {t('sync.waiting', { count })}{' '}
        {waitingUntilMs !== null && t('sync.waitingUntil', { count, day: formatDay(waitingUntilMs) })}{' '}
        {(sync.state !== 'idle' || sync.forOthers) && syncText(sync, [])}
      </p>
      <SendNow sync={sync} /> <Link to="/this-phone">{t('phone.title')}</Link>
    </div>
  )
}
