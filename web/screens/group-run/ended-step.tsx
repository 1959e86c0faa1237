// After the run: how long everybody ran, and how far the recording has come on its way to the clinic.
import { clock } from '../../charts/chart-data.ts'
import type { Desk } from '../../group-run/desk.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { t } from '../../messages/translate.ts'
import { Link } from '../../ui/router.tsx'
import { DiskWords } from './disk-words.tsx'
import { SyncWords } from './sync-words.tsx'

export function EndedStep({ desk, run }: { desk: Desk; run: GroupRun }) {
  const ran = run.participants.value.filter(({ live }) => live.runner.startedAtMs !== null)
  return (
    <>
      <h1>{t('ended.title', { name: run.run.value.name })}</h1>
      <SyncWords desk={desk} run={run} />
      <ul class="list">
        {ran.map(({ stored, live: { runner } }) => (
          <li key={stored.id} class="card row">
            <strong>{stored.alias}</strong>
            <span>{clock(Math.round(((runner.stoppedAtMs ?? 0) - (runner.startedAtMs ?? 0)) / 1000))}</span>
            {stored.composedRunId !== null && <Link to={`/runs/${stored.composedRunId}`}>{t('ended.look')}</Link>}
            {stored.composedRunId === null && (
              <span class="quiet">
                {stored.refused !== null
                  ? t('ended.refused')
                  : t(stored.clientId === null ? 'ended.stays' : 'ended.onItsWay')}
              </span>
            )}
          </li>
        ))}
      </ul>
      <div class="actions">
        <button type="button" class="main" onClick={() => desk.close()}>
          {t('ended.close')}
        </button>
      </div>
      <DiskWords desk={desk} />
    </>
  )
}
