// How much of this run's recording reached the clinic, and what a person can do about it.
import type { GroupRunController } from '../../group-run/controller.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { SendNow } from '../../sending/send-now.tsx'
import { syncText } from '../../sending/sync-text.ts'
import { t } from '../../messages/translate.ts'

export function SyncWords({ controller, run }: { controller: GroupRunController; run: GroupRun }) {
  const { sync } = controller
  if (run.run.value.practice)
    return (
      <div class="card">
        <p role="status">{t('sync.practice')}</p>
      </div>
    )
  const runners = run.participants.value.map(({ stored }) => stored)
  return (
    <div class="card">
      <p role="status">{syncText(sync.value, runners)}</p>
      <SendNow sync={sync.value} />
    </div>
  )
}
