// Shows at the top of every screen why the server cannot be reached, or that there is a newer page.
import { useEffect, useState } from 'preact/hooks'
import type { AnswerMeaning } from '../api/answer-meanings.ts'
import { t } from '../messages/translate.ts'
import { loadNewVersion, newVersion } from '../offline/new-version.ts'
import { thisOutbox } from '../outbox/instances.ts'
import { signInAgain } from '../session/me.ts'
import { ActButton } from '../ui/act-button.tsx'
import { useMinute } from '../ui/use-minute.ts'
import { failureText } from '../ui/waiting.tsx'
import { isFullScreen } from './full-screen-places.ts'

/** Why the page shows what this device kept, and what a person can do about it.
 *  @param away what the asking came to */
export function OfflineBanner({ away }: { away: AnswerMeaning }) {
  const isSignedOut = away === 'signed_out'
  const isNetwork = away === 'offline' || away === 'unreachable' || away === 'timeout'
  return (
    <p class="card attention" role="status">
      {isSignedOut
        ? t('offline.signedOut')
        : isNetwork
          ? t('offline.banner')
          : t('offline.why', { why: failureText(away) })}{' '}
      {isSignedOut && !isFullScreen.value && (
        <button type="button" class="main" onClick={signInAgain}>
          {t('sync.signIn')}
        </button>
      )}
    </p>
  )
}

/** Nothing while a run is recorded: nobody is asked to leave it. */
export function NewVersionBanner() {
  const [isRecording, setRecording] = useState(true)
  const nowMs = useMinute()
  const isThere = newVersion.value
  useEffect(() => {
    if (isThere) thisOutbox.isRecording().then(setRecording, () => setRecording(true))
  }, [isThere, nowMs])
  if (!isThere || isRecording) return null
  return (
    <p class="card attention" role="status">
      {t('offline.newVersion')}{' '}
      <ActButton work={async () => void (await loadNewVersion())}>{t('offline.load')}</ActButton>
    </p>
  )
}
