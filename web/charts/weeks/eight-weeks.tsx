// The last eight weeks of a client as small charts: minutes, calm share, hours of the day, rest days, load, and the
// change of rule G4. One table has all their numbers.
import { t } from '../../messages/translate.ts'
import { CalmShare, Change, Hours, Load, Minutes, RestDays, type WeeksData } from './week-charts.tsx'
import { WeekTable } from './week-table.tsx'
import './weeks.css'

/** @param withTable whether the table is there too: in print it has a place of its own */
export function EightWeeks({ data, withTable = true }: { data: WeeksData; withTable?: boolean }) {
  return (
    <>
      <div class="multiples">
        <Minutes data={data} />
        <CalmShare data={data} />
        <Hours data={data} />
        <RestDays data={data} />
        <Load data={data} />
        <Change data={data} />
      </div>
      {withTable && (
        <details>
          <summary>{t('run.table')}</summary>
          <WeekTable data={data} />
        </details>
      )}
    </>
  )
}
