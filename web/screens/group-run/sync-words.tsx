// How far the recording of this run has come on its way to the clinic.
import type { Desk } from '../../group-run/desk.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { signInAgain } from '../../session/me.ts'
import { t } from '../../messages/translate.ts'

export function SyncWords({ desk, run }: { desk: Desk; run: GroupRun }) {
  const { state, unsent } = desk.sync.value
  const { practice } = run.run.value
  return (
    <div class="card">
      <p role="status">{practice ? t('sync.practice') : t(`sync.${state}`, { count: unsent })}</p>
      {state === 'signed_out' && !practice && (
        <button type="button" class="main" onClick={signInAgain}>
          {t('sync.signIn')}
        </button>
      )}
    </div>
  )
}
