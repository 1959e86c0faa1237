// How safe the recording is: what is on this phone's disk, and what was already sent.
import type { GroupRunController } from '../../group-run/controller.ts'
import { t } from '../../messages/translate.ts'
import { pageKept } from '../../offline/new-version.ts'

export function DiskWords({ controller }: { controller: GroupRunController }) {
  const { usedBytes, persisted } = controller.outbox.state.value
  const mb = (bytes: number | null) => (bytes === null ? '?' : (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0))
  return (
    <p class="quiet">
      {t('disk.kept', { used: mb(usedBytes) })} {t(persisted ? 'disk.persisted' : 'disk.notPersisted')}{' '}
      {pageKept.value === false && t('offline.notKept')} {controller.isAwake.value === false && t('live.sleeps')}
    </p>
  )
}
