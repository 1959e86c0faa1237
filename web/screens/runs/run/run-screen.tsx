// One run: the verdict in words, the chart, the numbers, points to look at. If its samples are deleted, it shows what
// was judged.
import { findClient, findRun, findSeries, judgeAgain, removeRun, sayRun, type ClientAction } from '../../../api/api.ts'
import type { Me } from '../../../api/people.ts'
import { listRaised } from '../../../api/review.ts'
import { t } from '../../../messages/translate.ts'
import { ActButton } from '../../../ui/act-button.tsx'
import { goTo, Link } from '../../../ui/router.tsx'
import { runMoment } from '../../../ui/run-moment.ts'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { VerdictBadge } from '../../../ui/verdict-badge.tsx'
import { Waiting } from '../../../ui/waiting.tsx'
import { SelfReportCard } from '../../clients/client/self-report-card.tsx'
import { MyRun } from '../my-runs/my-run.tsx'
import { NotesCard } from '../my-runs/notes-card.tsx'
import { Alpha1 } from './alpha1.tsx'
import { ChartCard } from './chart-card.tsx'
import { Cues } from './cues.tsx'
import { Downloads } from './downloads.tsx'
import { WarningsCard } from './file-warnings.tsx'
import { Numbers } from './numbers.tsx'
import { OtherSport } from './other-sport.tsx'
import { PossibleMisreading } from './possible-misreading.tsx'
import { RunDate } from './run-date.tsx'
import { RunFlagsCard } from './run-flags-card.tsx'
import { SameRun } from './same-run.tsx'
import { forStaff } from './shown-warnings.ts'
import { TwoSources } from './two-sources.tsx'
import { verdictWords } from './verdict-words.ts'

/** @param me whoever it is about does not read what is meant for staff */
export function RunScreen({ runId, me }: { runId: string; me: Me }) {
  const [loaded, again] = useLoaded(runId, async () => {
    const run = await findRun(runId)
    const [series, client] = await Promise.all([run.samplesGone ? null : findSeries(runId), findClient(run.clientId)])
    const raised = client.actions.includes('flag.view') ? (await listRaised(run.clientId)).items : null
    return { run, series, client, raised }
  })
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { run, series, client, raised } = loaded.value
  const may = (action: ClientAction) => client.actions.includes(action)
  if (run.clientId === me.clientId) return <MyRun run={run} series={series} client={client} changed={again} />
  const warnings = forStaff(run)
  return (
    <>
      <p>
        <Link to={`/clients/${run.clientId}`}>← {client.firstName}</Link>
      </p>
      <h1>{runMoment(run)}</h1>
      <RunDate run={run} changed={may('run.date') ? again : null} />
      <SameRun
        run={run}
        besideSources
        answers={may('run.same')}
        afterRemoval={may('run.remove') ? `/clients/${run.clientId}` : null}
        changed={again}
      />
      {(run.setAside || run.saidRun !== null) && <OtherSport run={run} decides={may('run.decide')} changed={again} />}
      {may('run.decide') && !run.samplesGone && run.flags.some(({ rule }) => rule === 'F10') && (
        <PossibleMisreading run={run} changed={again} />
      )}
      <section class="card verdict">
        {!run.setAside && <VerdictBadge verdict={run.verdict} />}
        <p class="big">
          {verdictWords(run)
            .map(({ key, values }) => t(key, values))
            .join(' ')}
        </p>
      </section>
      <WarningsCard run={run} title="run.warningsNumbers" codes={warnings.numbers} />
      {series === null ? <p class="card">{t('run.samplesGone')}</p> : <ChartCard run={run} series={series} />}
      <RunFlagsCard run={run} raised={raised} />
      <TwoSources run={run} decides={may('run.decide')} changed={again} />
      {may('check_in.view') && <SelfReportCard clientId={run.clientId} runId={run.id} />}
      <Cues run={run} />
      <Numbers run={run} />
      {series !== null && series.alpha1 !== null && <Alpha1 windows={series.alpha1} />}
      <WarningsCard run={run} title="run.warnings" codes={warnings.file} />
      {may('note.view') && (
        <NotesCard clientId={run.clientId} runId={run.id} isSelf={false} mayWrite={may('note.write')} />
      )}
      {may('run.export') && !run.samplesGone && <Downloads run={run} />}
      <p class="actions">
        {may('run.export') && (
          <Link to={`/runs/${run.id}/report`} class="button">
            {t('report.link')}
          </Link>
        )}
        {may('run.decide') && !run.setAside && (
          <ActButton sure={t('run.noRunSure')} work={() => sayRun(run.id, false).then(again)}>
            {t('run.noRun')}
          </ActButton>
        )}
        {may('run.judge') && !run.samplesGone && (
          <button type="button" onClick={() => void judgeAgain(run.id).then(again, again)}>
            {t('run.judge')}
          </button>
        )}
        {may('run.remove') && (
          <ActButton
            sure={t('run.removeSure')}
            work={() => removeRun(run.id).then(() => goTo(`/clients/${run.clientId}`))}
          >
            {t('run.remove')}
          </ActButton>
        )}
      </p>
    </>
  )
}
