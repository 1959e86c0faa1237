// What is usual for the client in their reports: small lines, all numbers as a table, and a button to stop sharing.
import { usualNames, UsualLine } from '../../../charts/usual-line.tsx'
import { deleteSelfReport, listAfterRuns, share, type AfterRun, type AfterRuns } from '../../../api/self-report.ts'
import { formatMoment, formatTenths, t } from '../../../messages/translate.ts'
import { selfReportWords } from '../../clients/client/self-report-words.ts'
import { ActButton } from '../../../ui/act-button.tsx'
import { useMore } from '../../../ui/use-more.ts'
import { WideTable } from '../../../ui/wide-table.tsx'

export function MyUsual({ told, clientId, changed }: { told: AfterRuns; clientId: string; changed: () => void }) {
  if (told.items.length === 0 && !told.agreed) return null
  return (
    <section class="card">
      <h2>{t('myRuns.usual')}</h2>
      {told.items.length > 0 && (
        <>
          <p>{t('myRuns.usualWhy')}</p>
          <div class="multiples">
            {usualNames.map((name) => (
              <UsualLine key={name} name={name} told={told} nowMs={Date.now()} />
            ))}
          </div>
          <details>
            <summary>{t('myRuns.told')}</summary>
            <SelfReportTable told={told} clientId={clientId} changed={changed} />
          </details>
        </>
      )}
      {told.agreed && (
        <p class="actions">
          <ActButton sure={t('after.stopSure')} work={() => share(clientId, false).then(changed)}>
            {t('after.stop')}
          </ActButton>
        </p>
      )}
    </section>
  )
}

function SelfReportTable({ told, clientId, changed }: { told: AfterRuns; clientId: string; changed: () => void }) {
  const { items, showMore } = useMore(told, (cursor) => listAfterRuns(clientId, null, cursor))
  return (
    <>
      <WideTable label={t('myRuns.told')}>
        <thead>
          <tr>
            <th scope="col">{t('myRuns.when')}</th>
            {usualNames.map((name) => (
              <th key={name} scope="col">
                {t(`after.${name}`)}
              </th>
            ))}
            <th scope="col">{t('myRuns.also')}</th>
            <th scope="col">{t('myRuns.forget')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <th scope="row">{formatMoment(one.atMs)}</th>
              {usualNames.map((name) => (
                <td key={name}>{one[name] === null ? '–' : formatTenths(one[name])}</td>
              ))}
              <td>
                <Also one={one} />
              </td>
              <td>
                <ActButton sure={t('myRuns.forgetSure')} work={() => deleteSelfReport(clientId, one.id).then(changed)}>
                  {t('myRuns.forget')}
                </ActButton>
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      {showMore !== null && (
        <button type="button" onClick={() => void showMore()}>
          {t('app.more')}
        </button>
      )}
    </>
  )
}

/** What has no column of its own: pain, meals, and their own words. */
function Also({ one }: { one: AfterRun }) {
  const { painNrs, mealsForRunning } = one
  const words = selfReportWords({ sleepH: null, mood: null, energy: null, rpe: null, painNrs, mealsForRunning })
  if (words.length === 0 && one.whatHelped === null) return <>–</>
  return (
    <>
      {words.map(({ key, value }) => t(key, value === null ? {} : { value: formatTenths(value) })).join(', ')}{' '}
      {one.whatHelped !== null && <q>{one.whatHelped}</q>}
    </>
  )
}
