// Shown while a colleague's run is recorded on this phone. It shows only that the run exists and which alarm sounds.
// Nothing pressed here stops the run.
import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import { isFullScreen } from '../../frame/full-screen-places.ts'
import type { GroupRunController } from '../../group-run/controller.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import type { TakeOverAnswer } from '../../group-run/take-over.ts'
import { othersAlarm, othersName } from '../../frame/others-line.tsx'
import { t } from '../../messages/translate.ts'
import { leaveTo } from '../../session/leave-to.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Link } from '../../ui/router.tsx'
import { Banners } from './banners.tsx'
import { NoSound } from './no-sound.tsx'

/** Once nobody could be asked, the way for who is needed now. */
function TakeOverCard({ controller, run }: { controller: GroupRunController; run: GroupRun }) {
  const answer = useSignal<TakeOverAnswer | null>(null)
  const ask = async () => void (answer.value = await controller.takeOver.ask(run))
  const take = async () => void (answer.value = await controller.takeOver.withoutNetwork(run))
  const isRefused = answer.value === 'refused'
  return (
    <section class="card">
      <h2>{othersName(run)}</h2>
      {isRefused && (
        <div class="banner" role="alert">
          <span>
            {t('takeOver.refused')} <Link to="/break-glass">{t('takeOver.glass')}</Link>
          </span>
        </div>
      )}
      {answer.value === 'no_answer' ? (
        <>
          <p class="banner" role="alert">
            {t('takeOver.noAnswer')}
          </p>
          <div class="actions big-actions">
            <ActButton main work={take}>
              {t('takeOver.now')}
            </ActButton>
            <ActButton work={ask}>{t('takeOver.again')}</ActButton>
          </div>
          <p>{t('takeOver.noAnswerWhat')}</p>
        </>
      ) : (
        <div class="actions big-actions">
          <ActButton main={!isRefused} work={ask} sure={t('takeOver.sure')}>
            {t('takeOver.go')}
          </ActButton>
        </div>
      )}
      <p>{t('takeOver.what')}</p>
      <p>{t('others.what')}</p>
    </section>
  )
}

/** Bare, as the run itself: the phone is held in one hand. First what must be known, then what can be done, then why. */
export function OthersRun({ controller, run }: { controller: GroupRunController; run: GroupRun }) {
  useLayoutEffect(() => {
    isFullScreen.value = true
    return () => {
      isFullScreen.value = false
    }
  }, [])
  const alarm = othersAlarm(run)
  const name = run.run.value.holder?.name ?? null
  return (
    <div class="others">
      <h1>{t('group.title')}</h1>
      <NoSound controller={controller} />
      {alarm !== null && (
        <p class={alarm.isLoud ? 'banner loud' : 'banner'} role="alert">
          {alarm.words} {alarm.isLoud && t('others.help')}
        </p>
      )}
      <Banners controller={controller} />
      {controller.wasTakenBack(run) && (
        <p class="banner" role="alert">
          {name === null ? t('takeOver.backToNobody') : t('takeOver.back', { name })}
        </p>
      )}
      <TakeOverCard controller={controller} run={run} />
      <section class="card">
        <h2>{name === null ? t('others.signInColleague') : t('others.signIn', { name })}</h2>
        <p>{t('others.signInWhat')}</p>
        <div class="actions">
          <ActButton work={leaveTo}>{t('others.signInGo')}</ActButton>
        </div>
      </section>
      <p class="actions">
        <Link to="/" class="button">
          {t('others.elsewhere')}
        </Link>
      </p>
    </div>
  )
}
