// A run for the client who ran it: a sentence first, one chart without a hard limit, then what helped, and messages
// with their therapist.
import { selfReportMoment } from '../../../../src/domain/check-in/moment.ts'
import { removeRun, type Client, type Run, type Series } from '../../../api/api.ts'
import { listAfterRuns } from '../../../api/self-report.ts'
import { t } from '../../../messages/translate.ts'
import { ActButton } from '../../../ui/act-button.tsx'
import { goTo, Link } from '../../../ui/router.tsx'
import { runMoment } from '../../../ui/run-moment.ts'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { Waiting } from '../../../ui/waiting.tsx'
import { ChartCard } from '../run/chart-card.tsx'
import { Downloads } from '../run/downloads.tsx'
import { ClientWarnings } from '../run/file-warnings.tsx'
import { RunDate } from '../run/run-date.tsx'
import { SameRun } from '../run/same-run.tsx'
import { verdictWords } from '../run/verdict-words.ts'
import { AfterRunCard } from './after-run-card.tsx'
import { NotesCard } from './notes-card.tsx'

export function MyRun({
  run,
  series,
  client,
  changed,
}: {
  run: Run
  series: Series | null
  client: Client
  /** Absent on paper: nothing is asked there. */
  changed?: () => void
}) {
  const [told, again] = useLoaded(`told ${run.clientId} ${run.id}`, () => listAfterRuns(run.clientId, run.id))
  const atMs = selfReportMoment(run, Date.now())
  const may = (action: Client['actions'][number]) => client.actions.includes(action)
  return (
    <>
      <p>
        <Link to="/mine">← {t('myRuns.runs')}</Link>
      </p>
      <h1>{runMoment(run)}</h1>
      <RunDate run={run} changed={may('run.date') ? (changed ?? null) : null} />
      <p class="card big">
        {verdictWords(run)
          .map(({ key, values }) => t(key, values))
          .join(' ')}
      </p>
      <ClientWarnings run={run} />
      {series === null ? (
        <p class="card">{t('run.samplesGone')}</p>
      ) : (
        <ChartCard run={run} series={series} showsHardLimit={false} />
      )}
      {changed !== undefined && (
        <SameRun
          run={run}
          besideSources={false}
          answers={may('run.same')}
          afterRemoval={may('run.remove') ? '/mine' : null}
          changed={changed}
        />
      )}
      {told.state !== 'there' && <Waiting loaded={told} again={again} />}
      {told.state === 'there' && atMs !== null && (
        <AfterRunCard clientId={run.clientId} run={{ id: run.id, atMs }} told={told.value} changed={again} />
      )}
      <NotesCard clientId={run.clientId} runId={run.id} isSelf />
      {may('run.export') && !run.samplesGone && (
        <details>
          <summary>{t('myRuns.files')}</summary>
          <Downloads run={run} />
        </details>
      )}
      {may('run.remove') && (
        <p class="actions">
          <ActButton sure={t('run.removeSure')} work={() => removeRun(run.id).then(() => goTo('/mine'))}>
            {t('run.remove')}
          </ActButton>
        </p>
      )}
    </>
  )
}
