// Tells the owner of an account that a link exists with which somebody can choose a new password for it, with a button
// to stop that; or that such a link was used. The owner knows whether they asked for it.
import type { Me } from '../api/people.ts'
import { knowReset, stopReset } from '../api/people.ts'
import { formatMoment, t } from '../messages/translate.ts'
import { isStaff, loadMe } from '../session/me.ts'
import { ActButton } from '../ui/act-button.tsx'

export function ResetsBanner({ me }: { me: Me }) {
  return (
    <>
      {me.resets.map((reset) => (
        <section key={reset.id} class="card attention" role="status">
          {reset.usedAtMs === null ? (
            <Open reset={reset} />
          ) : (
            <Used reset={reset} usedAtMs={reset.usedAtMs} isOfStaff={isStaff(me)} />
          )}
        </section>
      ))}
    </>
  )
}

type ShownReset = Me['resets'][number]

const Open = ({ reset }: { reset: ShownReset }) => (
  <>
    <p>
      {t('resets.open', {
        name: makerOf(reset),
        date: formatMoment(reset.madeAtMs),
        until: formatMoment(reset.expiresAtMs),
      })}
    </p>
    <p>{t('resets.openAct')}</p>
    <p class="actions">
      <ActButton work={() => stopReset(reset.id).then(loadMe)}>{t('resets.stop')}</ActButton>
    </p>
  </>
)

const Used = ({ reset, usedAtMs, isOfStaff }: { reset: ShownReset; usedAtMs: number; isOfStaff: boolean }) => (
  <>
    <p>{t('resets.used', { name: makerOf(reset), date: formatMoment(usedAtMs) })}</p>
    <p>{t(isOfStaff ? 'resets.usedActStaff' : 'resets.usedAct')}</p>
    <p class="actions">
      <ActButton work={() => knowReset(reset.id).then(loadMe)}>{t('resets.known')}</ActButton>
    </p>
  </>
)

const makerOf = ({ madeByName, onMachine }: ShownReset): string =>
  onMachine ? t('resets.machine') : (madeByName ?? t('log.gone'))
