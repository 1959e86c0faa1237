// Says at the head of every screen that there is no network, or a newer page.
import { useEffect, useState } from 'preact/hooks'
import { t } from '../messages/translate.ts'
import { loadNewVersion, newVersion } from '../offline/new-version.ts'
import { thisOutbox } from '../outbox/this-browser.ts'
import { ActButton } from '../ui/act-button.tsx'
import { useMinute } from '../ui/use-minute.ts'

export const OfflineBanner = () => (
  <p class="card attention" role="status">
    {t('offline.banner')}
  </p>
)

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
