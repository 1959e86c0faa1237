// A colleague's run goes on this phone. Nothing of it is shown but that it is there and what sounds; it goes on whatever is
// pressed here.
import type { Desk } from '../../group-run/desk.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { othersAlarm, othersName } from '../../frame/others-line.tsx'
import { t } from '../../messages/translate.ts'
import { leaveTo } from '../../session/leave-to.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Banners } from './banners.tsx'
import { NoSound } from './no-sound.tsx'

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
        <div class="actions">
          <ActButton work={leaveTo}>
            {name === null ? t('others.signInColleague') : t('others.signIn', { name })}
          </ActButton>
        </div>
        <p class="quiet">{t('others.signInWhat')}</p>
      </section>
    </>
  )
}
