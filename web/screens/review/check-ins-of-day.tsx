// The client's reports on the day of a flag, before and after running.
import type { ShownFlag } from '../../api/review.ts'
import { t } from '../../messages/translate.ts'
import { SelfReportLine } from '../clients/client/self-report-line.tsx'

type CheckIns = ShownFlag['checkIns']

export const CheckInsOfDay = ({ checkIns }: { checkIns: CheckIns }) => (
  <section class="card">
    <h2>{t('flags.checkIn')}</h2>
    <CheckInLines checkIns={checkIns} />
  </section>
)

/** Without the card around it. */
export function CheckInLines({ checkIns: { before, after } }: { checkIns: CheckIns }) {
  const reports = after ?? []
  return (
    <>
      {before.length === 0 && reports.length === 0 && after !== null && <p>{t('flags.checkInNone')}</p>}
      <ul>
        {before.map(({ atMs, result, zoneNeedsReview }) => (
          <li key={atMs}>
            {t('flags.checkInBefore', { result: t(`check_in.result.${result}`) })}
            {zoneNeedsReview && `, ${t('flags.checkInZone')}`}
          </li>
        ))}
        {reports.map((one) => (
          <li key={one.atMs}>
            <SelfReportLine report={one} />
          </li>
        ))}
      </ul>
      {after === null && <p class="quiet">{t('flags.notShared')}</p>}
    </>
  )
}
