// One run: the verdict in words, the chart, the numbers, what to look at.
import {
  combineRuns,
  findClient,
  findRun,
  findSeries,
  judgeAgain,
  keepBoth,
  removeRun,
  type ClientAction,
  type Run,
  type Series,
} from '../../api/api.ts'
import type { Me } from '../../api/people.ts'
import { HeartRateChart } from '../../charts/heart-rate-chart.tsx'
import { toMinutes } from '../../charts/chart-data.ts'
import { formatMoment, locale, t, tCode } from '../../messages/translate.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { goTo, Link } from '../../ui/router.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { VerdictBadge } from '../../ui/verdict-badge.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { Alpha1 } from './alpha1.tsx'
import { Cues } from './cues.tsx'
import { Downloads } from './downloads.tsx'
import { flagWords } from './flag-words.ts'
import { Numbers } from './numbers.tsx'
import { TwoSources } from './two-sources.tsx'
import { verdictWords } from './verdict-words.ts'

/** @param me whoever it is about does not read what is meant for staff */
export function RunScreen({ runId, me }: { runId: string; me: Me }) {
  const [loaded, again] = useLoaded(runId, async () => {
    const [run, series] = await Promise.all([findRun(runId), findSeries(runId)])
    return { run, series, client: await findClient(run.clientId) }
  })
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { run, series, client } = loaded.value
  const may = (action: ClientAction) => client.actions.includes(action)
  const isStaffHere = run.clientId !== me.clientId
  return (
    <>
      <p>
        <Link to={`/clients/${run.clientId}`}>← {client.firstName}</Link>
      </p>
      <h1>{formatMoment(run.startedAtMs, run.startOffsetS)}</h1>
      {run.nearDuplicateOf !== null && may('run.decide') && (
        <NearDuplicate run={run} other={run.nearDuplicateOf} changed={again} />
      )}
      <section class="card verdict">
        <VerdictBadge verdict={run.verdict} />
        <p class="big">
          {verdictWords(run)
            .map(({ key, values }) => t(key, values))
            .join(' ')}
        </p>
      </section>
      <section class="card">
        <h2>{t('run.chart')}</h2>
        <HeartRateChart key={locale.value} run={run} series={series} alt={chartAlt(run)} />
        <Legend run={run} series={series} />
        <MinuteTable series={series} />
      </section>
      {run.flags.length > 0 && (
        <section class="card">
          <h2>{t('run.flags')}</h2>
          <ul>
            {run.flags.map((flag) => (
              <li key={flag.kind}>
                {flagWords(flag, t)} <span class="quiet">{t(`level.${flag.level}`)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <TwoSources run={run} decides={may('run.decide')} changed={again} />
      {isStaffHere && <Cues run={run} />}
      <Numbers run={run} />
      {isStaffHere && series.alpha1 !== null && <Alpha1 windows={series.alpha1} />}
      {run.warnings.length > 0 && (
        <section class="card">
          <h2>{t('run.warnings')}</h2>
          <ul>
            {run.warnings.map((code) => (
              <li key={code}>{tCode('warning', code, code)}</li>
            ))}
          </ul>
        </section>
      )}
      {may('run.export') && <Downloads run={run} />}
      <p class="actions">
        {may('run.judge') && (
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

function chartAlt({ assessment, heartRateBpm, movingS }: Run): string {
  const { zone, zoneTime } = assessment
  return t('run.chartAlt', {
    minutes: Math.round(movingS / 60),
    min: Math.round(heartRateBpm.min ?? 0),
    max: Math.round(heartRateBpm.max ?? 0),
    mean: Math.round(heartRateBpm.mean ?? 0),
    ceiling: zone.ceilingBpm === null ? 'none' : String(zone.ceilingBpm),
    calm: Math.floor(zoneTime.calmS / 60),
    above: Math.round(zoneTime.aboveS / 60),
  })
}

function Legend({ run, series }: { run: Run; series: Series }) {
  return (
    <ul class="legend">
      <li class="measured">{t('run.measured')}</li>
      <li class="judged">{t('run.smoothed')}</li>
      {series.pauses.length > 0 && <li class="pause">{t('run.pause')}</li>}
      {series.source !== null && <li class="source-1">{t('sources.first')}</li>}
      {series.source !== null && <li class="source-2">{t('sources.second')}</li>}
      {run.assessment.markedSpans.length > 0 && <li class="hatched">{t('run.marked')}</li>}
    </ul>
  )
}

function MinuteTable({ series }: { series: Series }) {
  return (
    <details>
      <summary>{t('run.table')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('run.minute')}</th>
            <th scope="col">{t('run.mean')}</th>
            {series.source !== null && <th scope="col">{t('sources.which')}</th>}
          </tr>
        </thead>
        <tbody>
          {toMinutes(series).map(({ minute, meanBpm, sources }) => (
            <tr key={minute}>
              <th scope="row">{minute + 1}</th>
              <td>{meanBpm === null ? '–' : Math.round(meanBpm)}</td>
              {series.source !== null && <td>{sources.join(', ') || '–'}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function NearDuplicate({ run, other, changed }: { run: Run; other: string; changed: () => void }) {
  return (
    <section class="card attention">
      <h2>{t('run.nearTitle')}</h2>
      <p>
        {t('run.nearText')} <Link to={`/runs/${other}`}>{t('run.nearOther')}</Link>
      </p>
      <p class="actions">
        <button
          type="button"
          class="main"
          onClick={() => void combineRuns(other, run.id).then(() => goTo(`/runs/${other}`), changed)}
        >
          {t('run.nearCombine')}
        </button>
        <button type="button" onClick={() => void keepBoth(run.id).then(changed, changed)}>
          {t('run.nearKeep')}
        </button>
        <button
          type="button"
          onClick={() => void removeRun(run.id).then(() => goTo(`/clients/${run.clientId}`), changed)}
        >
          {t('run.nearRemove')}
        </button>
      </p>
    </section>
  )
}
