// The chart of a run, with the same facts as a text and as a table.
import { shownMinutes } from '../../../../src/domain/shown-numbers.ts'
import type { Run, Series } from '../../../api/api.ts'
import { toMinutes } from '../../../charts/chart-data.ts'
import { HeartRateChart } from '../../../charts/heart-rate-chart.tsx'
import { locale, t } from '../../../messages/translate.ts'
import { isGuided } from './guided.ts'

export function ChartCard({
  run,
  series,
  showsHardLimit = true,
}: {
  run: Run
  series: Series
  /** Not to the client: their chart has one line to stay under. */
  showsHardLimit?: boolean
}) {
  if (!hasHeartRate(series)) return null
  return (
    <section class="card">
      <h2>{t('run.chart')}</h2>
      <HeartRateChart
        key={locale.value}
        run={run}
        series={series}
        alt={chartAlt(run)}
        showsHardLimit={showsHardLimit}
      />
      <Legend run={run} series={series} />
      <MinuteTable series={series} />
    </section>
  )
}

/** Whether there is a line to draw. Where there is none, the sentence says why. */
export const hasHeartRate = ({ heartRate }: Series): boolean => heartRate.bpm.some((bpm) => bpm !== null)

/** What the chart shows, in words. */
export function chartAlt({ assessment, heartRateBpm }: Run): string {
  const { zone, zoneTime } = assessment
  const { moving, calm, above } = shownMinutes(zoneTime)
  return t('run.chartAlt', {
    minutes: moving,
    min: Math.round(heartRateBpm.min ?? 0),
    max: Math.round(heartRateBpm.max ?? 0),
    mean: Math.round(heartRateBpm.mean ?? 0),
    ceiling: zone.ceilingBpm === null ? 'none' : String(zone.ceilingBpm),
    calm,
    above,
  })
}

/** @param hasMarks whether cues and what people said are drawn */
export function Legend({ run, series, hasMarks = false }: { run: Run; series: Series; hasMarks?: boolean }) {
  return (
    <ul class="legend">
      <li class="measured">{t('run.measured')}</li>
      <li class="judged">{t('run.smoothed')}</li>
      {series.pauses.length > 0 && <li class="pause">{t('run.pause')}</li>}
      {series.source !== null && <li class="source-1">{t('sources.first')}</li>}
      {series.source !== null && <li class="source-2">{t('sources.second')}</li>}
      {hasMarks && <li class="marks">{t(isGuided(run) ? 'run.legendMarks' : 'run.legendMarksAlone')}</li>}
      {run.assessment.markedSpans.length > 0 && <li class="hatched">{t('run.marked')}</li>}
    </ul>
  )
}

/** Minute by minute, for who reads numbers. */
export function MinuteTable({ series }: { series: Series }) {
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
