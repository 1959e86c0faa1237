// The run of a flag around its moment, with limits, marks of bad signal, cues and actions of people. The same facts are
// there as text and as a table.
import type { Run, Series } from '../../api/api.ts'
import type { ShownFlag } from '../../api/review.ts'
import { clock } from '../../charts/chart-data.ts'
import { HeartRateChart } from '../../charts/heart-rate-chart.tsx'
import { locale, t } from '../../messages/translate.ts'
import { chartAlt, Legend, MinuteTable } from '../runs/run/chart-card.tsx'
import { momentOfFlag, windowAround } from './moment.ts'

export function MomentChart({ flag, run, series }: { flag: ShownFlag; run: Run; series: Series }) {
  const moment = momentOfFlag(flag.evidence)
  const words = moment === null ? '' : t('flags.momentAt', { from: clock(moment[0]), to: clock(moment[1]) })
  const marks = [
    ...run.assessment.cues
      .filter(({ priority }) => priority !== 'info')
      .map(({ elapsedS }) => ({ atS: elapsedS, sign: '▲' })),
    ...run.hands.map(({ elapsedS }) => ({ atS: elapsedS, sign: '●' })),
  ]
  return (
    <section class="card">
      <h2>{t('flags.moment')}</h2>
      {words !== '' && <p>{words}</p>}
      <HeartRateChart
        key={locale.value}
        run={run}
        series={series}
        alt={`${chartAlt(run)} ${words}`}
        window={windowAround(moment, run.elapsedS)}
        span={moment}
        marks={marks}
      />
      <Legend run={run} series={series} hasMarks={marks.length > 0} />
      <MinuteTable series={series} />
    </section>
  )
}
