// Three of the small charts, for a row in a list of clients. One press shows all numbers.
import { t } from '../../messages/translate.ts'
import { CalmShare, Hours, Minutes, type WeeksData } from './week-charts.tsx'
import { WeekTable } from './week-table.tsx'
import './weeks.css'

export function SmallWeeks({ data }: { data: WeeksData }) {
  return (
    <>
      <div class="multiples">
        <Minutes data={data} />
        <CalmShare data={data} />
        <Hours data={data} />
      </div>
      <details>
        <summary>{t('run.table')}</summary>
        <WeekTable data={data} />
      </details>
    </>
  )
}
