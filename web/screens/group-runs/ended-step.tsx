// After the run: how long everybody ran, how much of the recording reached the clinic, and how to continue if somebody
// ended it by accident.
import { clock } from '../../charts/chart-data.ts'
import type { GroupRunController } from '../../group-run/controller.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { formatDay, formatMoment, t } from '../../messages/translate.ts'
import { endOf, type StoredParticipation } from '../../outbox/stored.ts'
import { termOf } from '../../outbox/terms.ts'
import { refusedText } from '../../sending/sync-text.ts'
import { Link } from '../../ui/router.tsx'
import { DiskWords } from './disk-words.tsx'
import { SyncWords } from './sync-words.tsx'
import { UndoLines } from './undo-lines.tsx'

/** Where a runner's recording is, and until when this phone keeps what the clinic did not take. */
function Whereabouts({
  controller,
  run,
  stored,
}: {
  controller: GroupRunController
  run: GroupRun
  stored: StoredParticipation
}) {
  const { clientId, refused, setAside, composedRunId } = stored
  const nowMs = Date.now()
  const term = termOf(run.run.value, stored, 0, nowMs)
  const goes = term === null ? '' : t('ended.goes', { day: formatDay(term.atMs) })
  if (clientId === null || run.run.value.practice)
    return (
      <span class="quiet">
        {t('ended.stays')}. {goes}
      </span>
    )
  if (refused !== null)
    return (
      <span class="quiet">
        {refusedText(refused)}. {goes}
      </span>
    )
  if (setAside > 0)
    return (
      <span class="quiet">
        {t('ended.setAside', { count: setAside })}. {goes}
      </span>
    )
  if (composedRunId !== null) return null
  const hasTrouble = controller.sync.value.troubled.includes(stored.id)
  return <span class="quiet">{t(hasTrouble ? 'ended.trouble' : 'ended.onItsWay')}</span>
}

export function EndedStep({ controller, run }: { controller: GroupRunController; run: GroupRun }) {
  const ran = run.participants.value.filter(({ live }) => live.runner.startedAtMs !== null)
  return (
    <>
      <h1>{t('ended.title', { name: run.run.value.name })}</h1>
      {run.run.value.endedByItself === true && (
        <p class="card attention" role="status">
          {t('ended.byItself', { time: formatMoment(endOf(run.run.value)) })}
        </p>
      )}
      <UndoLines run={run} />
      <SyncWords controller={controller} run={run} />
      <ul class="list">
        {ran.map(({ stored, live: { runner } }) => (
          <li key={stored.id} class="card row">
            <strong>{stored.alias}</strong>
            <span>{clock(Math.round(((runner.stoppedAtMs ?? 0) - (runner.startedAtMs ?? 0)) / 1000))}</span>
            {stored.composedRunId !== null && (
              <Link class="look" to={`/runs/${stored.composedRunId}`}>
                {t('ended.look')}
              </Link>
            )}
            <Whereabouts controller={controller} run={run} stored={stored} />
          </li>
        ))}
      </ul>
      <div class="actions">
        <button type="button" class="main" onClick={() => controller.close()}>
          {t('ended.close')}
        </button>
        {controller.mayReopen() && (
          <button type="button" onClick={() => run.reopen()}>
            {t('ended.reopen')}
          </button>
        )}
      </div>
      {controller.mayReopen() && <p class="quiet">{t('ended.reopenWhat')}</p>}
      <DiskWords controller={controller} />
    </>
  )
}
