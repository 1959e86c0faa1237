// All numbers of the small charts, week by week.
import { wholePercent } from '../../../src/domain/shown-numbers.ts'
import { formatTenths, t } from '../../messages/translate.ts'
import type { WeeksData } from './week-charts.tsx'
import { weekName } from './week-days.ts'
import { WideTable } from '../../ui/wide-table.tsx'

export function WeekTable({ data }: { data: WeeksData }) {
  return (
    <WideTable label={t('weeks.title')}>
      <thead>
        <tr>
          <th scope="col">{t('weeks.week')}</th>
          <th scope="col">{t('weeks.minutes')}</th>
          <th scope="col">{t('weeks.runs')}</th>
          <th scope="col">{t('weeks.calmShare')}</th>
          <th scope="col">{t('weeks.load')}</th>
          <th scope="col">{t('weeks.restDays')}</th>
          <th scope="col">{t('weeks.nights')}</th>
          <th scope="col">{t('change.title')}</th>
        </tr>
      </thead>
      <tbody>
        {data.weeks.map((week) => {
          const ratio = data.change.findLast(({ day }) => day < week.monday + 7)?.ratio ?? null
          return (
            <tr key={week.monday}>
              <th scope="row">{weekName(week.monday)}</th>
              <td>{Math.round(week.minutes)}</td>
              <td>{week.runs}</td>
              <td>{week.calmShare === null ? '–' : t('run.percent', { percent: wholePercent(week.calmShare) })}</td>
              <td>{Math.round(week.load)}</td>
              <td>{week.restDays ?? '–'}</td>
              <td>{week.starts.filter(({ isNight }) => isNight).length}</td>
              <td>{ratio === null ? '–' : `${formatTenths(ratio)}×`}</td>
            </tr>
          )
        })}
      </tbody>
    </WideTable>
  )
}
