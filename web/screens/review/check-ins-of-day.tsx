// What the client told on the day that a flag is about, before and after running.
import type { ShownFlag } from '../../api/review.ts'
import { t } from '../../messages/translate.ts'

const toldNames = ['sleepH', 'mood', 'energy', 'rpe', 'painNrs'] as const

type CheckIns = ShownFlag['checkIns']

export const CheckInsOfDay = ({ checkIns }: { checkIns: CheckIns }) => (
  <section class="card">
    <h2>{t('flags.checkIn')}</h2>
    <CheckInLines checkIns={checkIns} />
  </section>
)

/** Without the card around it. */
export function CheckInLines({ checkIns: { before, after } }: { checkIns: CheckIns }) {
  const told = (after ?? []).map((one) => ({
    atMs: one.atMs,
    text: toldNames
      .flatMap((name) => {
        const value = one[name]
        return value === null ? [] : [t(`flags.told.${name}`, { value })]
      })
      .join(', '),
    whatHelped: one.whatHelped,
  }))
  return (
    <>
      {before.length === 0 && told.length === 0 && after !== null && <p>{t('flags.checkInNone')}</p>}
      <ul>
        {before.map(({ atMs, result, zoneNeedsReview }) => (
          <li key={atMs}>
            {t('flags.checkInBefore', { result: t(`check_in.result.${result}`) })}
            {zoneNeedsReview && `, ${t('flags.checkInZone')}`}
          </li>
        ))}
        {told.map(({ atMs, text, whatHelped }) => (
          <li key={atMs}>
            {text} {whatHelped !== null && <q>{whatHelped}</q>}
          </li>
        ))}
      </ul>
      {after === null && <p class="quiet">{t('flags.notShared')}</p>}
    </>
  )
}
