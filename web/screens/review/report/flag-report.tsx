// The history of a flag on one printed page: the finding, its rule and numbers, and the steps of people.
import { wholePercent } from '../../../../src/domain/shown-numbers.ts'
import { findRun, findSeries } from '../../../api/api.ts'
import type { Me } from '../../../api/people.ts'
import { findFlag } from '../../../api/review.ts'
import { clock } from '../../../charts/chart-data.ts'
import { RunSvg } from '../../../charts/run-svg/run-svg.tsx'
import { formatMoment, isKey, t } from '../../../messages/translate.ts'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { Waiting } from '../../../ui/waiting.tsx'
import { CheckInLines } from '../check-ins-of-day.tsx'
import { aboutMoment } from '../../../flags/flag-moment.ts'
import { evidenceNumbers, flagSentence } from '../../../flags/flag-sentence.ts'
import { momentOfFlag } from '../moment.ts'
import { FlagTimelineLines } from '../flag-timeline.tsx'
import { isGuided } from '../../runs/run/guided.ts'
import { chartAlt } from '../../runs/run/chart-card.tsx'
import { filesOf, ReportFrame } from './report-frame.tsx'

/** Newest steps first to go where there are more than fit: the whole story stays on the screen. */
const MOST_EVENTS = 14

export function FlagReport({ flagId, me }: { flagId: string; me: Me }) {
  const [loaded, again] = useLoaded(`report ${flagId}`, async () => {
    const flag = await findFlag(flagId)
    const run = flag.runId === null ? null : await findRun(flag.runId)
    const series = run === null || run.samplesGone ? null : await findSeries(run.id)
    return { flag, run, series }
  })
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { flag, run, series } = loaded.value
  const moment = momentOfFlag(flag.evidence)
  return (
    <ReportFrame
      title={t('report.flag')}
      firstName={flag.firstName}
      me={me}
      back={`/review/${flagId}`}
      links={run === null || series === null ? [] : filesOf(run.id)}
    >
      <p>
        <strong>{flagSentence(flag, t)}</strong> {t(`level.${flag.level}`)}, {t(`flags.state.${flag.state}`)}.{' '}
        {aboutMoment(flag)} {t('flags.cameIn', { date: formatMoment(flag.raisedAtMs) })}
      </p>
      {run !== null && series !== null && <RunSvg run={run} series={series} alt={chartAlt(run)} />}
      {run !== null && series !== null && (
        <p class="quiet">{t(isGuided(run) ? 'report.legend' : 'report.legendAlone')}</p>
      )}
      {moment !== null && <p>{t('flags.momentAt', { from: clock(moment[0]), to: clock(moment[1]) })}</p>}
      <h2>{t('flags.why')}</h2>
      <p>
        {t(`rule.${flag.kind}`)} ({t('flags.ruleVersion', { rule: flag.rule, version: flag.ruleVersion })})
      </p>
      <dl>
        {evidenceNumbers(flag.evidence, t, isKey).map(({ name, value }) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div class="report-columns">
        <div>
          <h2>{t('flags.checkIn')}</h2>
          <CheckInLines checkIns={flag.checkIns} />
        </div>
        {run !== null && (
          <div>
            <h2>{t('flags.signal')}</h2>
            <p>
              {t('flags.signalText', {
                percent: wholePercent(run.assessment.zoneTime.coverage),
                sensor: t(`sensor.${run.sensor}`),
              })}
            </p>
          </div>
        )}
      </div>
      <h2>{t('flags.story')}</h2>
      <FlagTimelineLines flag={flag} most={MOST_EVENTS} />
    </ReportFrame>
  )
}
