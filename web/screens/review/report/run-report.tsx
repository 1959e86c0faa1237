// A run on one printed page: its words, chart, numbers, flags with rule and version, cues and who told whom.
import { findClient, findRun, findSeries, type Run } from '../../../api/api.ts'
import type { Me } from '../../../api/people.ts'
import { clock } from '../../../charts/chart-data.ts'
import { RunSvg } from '../../../charts/run-svg/run-svg.tsx'
import { FlagLines } from '../../../flags/flag-lines.tsx'
import { t } from '../../../messages/translate.ts'
import { runMoment } from '../../../ui/run-moment.ts'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { VerdictBadge } from '../../../ui/verdict-badge.tsx'
import { Waiting } from '../../../ui/waiting.tsx'
import { MyRun } from '../../runs/my-runs/my-run.tsx'
import { chartAlt, hasHeartRate } from '../../runs/run/chart-card.tsx'
import { WarningList } from '../../runs/run/file-warnings.tsx'
import { isGuided } from '../../runs/run/guided.ts'
import { GuidedLine } from '../../runs/run/guided-line.tsx'
import { NumberList } from '../../runs/run/numbers.tsx'
import { cueTimeline } from '../../runs/run/cue-timeline.ts'
import { forStaff } from '../../runs/run/shown-warnings.ts'
import { verdictWords } from '../../runs/run/verdict-words.ts'
import { filesOf, ReportFrame } from './report-frame.tsx'
import { truncateList } from './truncate-list.ts'

const MOST_LINES = 8

export function RunReport({ runId, me }: { runId: string; me: Me }) {
  const [loaded, again] = useLoaded(`report ${runId}`, async () => {
    const run = await findRun(runId)
    const [series, client] = await Promise.all([run.samplesGone ? null : findSeries(runId), findClient(run.clientId)])
    return { run, series, client }
  })
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { run, series, client } = loaded.value
  if (run.clientId === me.clientId) return <MyRun run={run} series={series} client={client} />
  const { numbers } = forStaff(run)
  return (
    <ReportFrame
      title={t('report.run', { date: runMoment(run) })}
      firstName={client.firstName}
      me={me}
      back={`/runs/${runId}`}
      links={run.samplesGone || !client.actions.includes('run.export') ? [] : filesOf(runId)}
    >
      <p>
        <VerdictBadge verdict={run.verdict} />{' '}
        {verdictWords(run)
          .map(({ key, values }) => t(key, values))
          .join(' ')}
      </p>
      {numbers.length > 0 && <WarningList run={run} codes={numbers} />}
      {series === null && <p>{t('run.samplesGone')}</p>}
      {series !== null && hasHeartRate(series) && (
        <>
          <RunSvg run={run} series={series} alt={chartAlt(run)} />
          <p class="quiet">{t(isGuided(run) ? 'report.legend' : 'report.legendAlone')}</p>
        </>
      )}
      <h2>{t('run.numbers')}</h2>
      <NumberList run={run} />
      <div class="report-columns">
        <RunFlags run={run} />
        <SaidLines run={run} />
      </div>
    </ReportFrame>
  )
}

function RunFlags({ run }: { run: Run }) {
  const { shown, more } = truncateList(run.flags, MOST_LINES)
  return (
    <div>
      <h2>{t('run.flags')}</h2>
      {run.flags.length === 0 && <p>{t('run.none')}</p>}
      <FlagLines flags={shown} withVersion />
      {more > 0 && <p>{t('report.more', { count: more })}</p>}
    </div>
  )
}

function SaidLines({ run }: { run: Run }) {
  const said = cueTimeline(run)
  const { shown, more } = truncateList(said, MOST_LINES)
  return (
    <div>
      <h2>{t(isGuided(run) ? 'flags.who' : 'run.cuesAlone')}</h2>
      {!isGuided(run) && <p>{t('run.cuesAloneWhy')}</p>}
      <GuidedLine run={run} />
      {said.length === 0 && <p>{t(isGuided(run) ? 'flags.whoNone' : 'run.cuesNone')}</p>}
      <ul>
        {shown.map(({ elapsedS, text }) => (
          <li key={`${elapsedS} ${text}`}>
            {clock(elapsedS)} {text}
          </li>
        ))}
      </ul>
      {more > 0 && <p>{t('report.more', { count: more })}</p>}
    </div>
  )
}
