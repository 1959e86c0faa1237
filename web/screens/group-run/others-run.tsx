// A colleague's run goes on this phone. Nothing of it is shown but that it is there and what sounds; it goes on whatever is
// pressed here.
import { useSignal } from '@preact/signals'
import type { Desk } from '../../group-run/desk.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import type { TakeOverAnswer } from '../../group-run/take-over.ts'
import { othersAlarm, othersName } from '../../frame/others-line.tsx'
import { t } from '../../messages/translate.ts'
import { leaveTo } from '../../session/leave-to.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Banners } from './banners.tsx'
import { NoSound } from './no-sound.tsx'

/** Once nobody could be asked, the way for who is needed now. */
function TakeOverCard({ desk, run }: { desk: Desk; run: GroupRun }) {
  const answer = useSignal<TakeOverAnswer | null>(null)
  const ask = async () => void (answer.value = await desk.takeOver.ask(run))
  const take = async () => void (answer.value = await desk.takeOver.withoutNetwork(run))
  return (
    <section class="card">
      <h2>{t('takeOver.title')}</h2>
      <p>{t('takeOver.what')}</p>
      {answer.value === 'refused' && (
        <p class="attention" role="alert">
          {t('takeOver.refused')}
        </p>
      )}
      {answer.value === 'no_answer' ? (
        <>
          <p class="attention" role="alert">
            {t('takeOver.noAnswer')}
          </p>
          <div class="actions">
            <ActButton main work={take}>
              {t('takeOver.now')}
            </ActButton>
            <ActButton work={ask}>{t('takeOver.again')}</ActButton>
          </div>
        </>
      ) : (
        <div class="actions">
          <ActButton main work={ask} sure={t('takeOver.sure')}>
            {t('takeOver.go')}
          </ActButton>
        </div>
      )}
    </section>
  )
}

export function OthersRun({ desk, run }: { desk: Desk; run: GroupRun }) {
  const alarm = othersAlarm(run)
  const name = run.run.value.holder?.name ?? null
  return (
    <>
      <h1>{t('group.title')}</h1>
      <NoSound desk={desk} />
      {alarm !== null && (
        <p class="banner loud" role="alert">
          {alarm} {t('others.help')}
        </p>
      )}
      <Banners desk={desk} />
      <section class="card">
        <h2>{othersName(run)}</h2>
        <p>{t('others.what')}</p>
      </section>
      <TakeOverCard desk={desk} run={run} />
      <section class="card">
        <h2>{name === null ? t('others.signInColleague') : t('others.signIn', { name })}</h2>
        <p>{t('others.signInWhat')}</p>
        <div class="actions">
          <ActButton work={leaveTo}>{t('others.signInGo')}</ActButton>
        </div>
      </section>
    </>
  )
}
