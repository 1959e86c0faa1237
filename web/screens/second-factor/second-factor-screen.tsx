// The second factor of staff: set one up within the first quarter of an hour, or sign in with the one that is there.
import type { Me } from '../../api/people.ts'
import { t } from '../../messages/translate.ts'
import { graceMinutes } from '../../session/me.ts'
import { Link } from '../../ui/router.tsx'
import { useMinute } from '../../ui/use-minute.ts'
import { PasskeySignIn } from '../sign-in/sign-in-screen.tsx'
import { AddPasskey } from './add-passkey.tsx'
import { TotpSetup } from './totp-setup.tsx'

export function SecondFactorScreen({ me, must }: { me: Me; must: boolean }) {
  const minutes = graceMinutes(me, useMinute())
  const isOver = must || minutes === 0
  if (me.strong)
    return (
      <>
        <h1>{t('second.title')}</h1>
        <p class="card">
          {t('second.done')} <Link to="/">{t('second.on')}</Link>
        </p>
      </>
    )
  return (
    <>
      <h1>{t('second.title')}</h1>
      <p>{t('second.why')}</p>
      {minutes !== null && <p>{isOver ? t('second.over') : t('second.left', { minutes })}</p>}
      {me.passkeys > 0 ? (
        // Whoever has a passkey shows it: a password alone must not add another way in.
        <section class="card">
          <h2>{t('passkey.title')}</h2>
          <p>{t('second.usePasskey')}</p>
          <PasskeySignIn />
        </section>
      ) : (
        <>
          <TotpSetup />
          <AddPasskey />
        </>
      )}
      {!isOver && (
        <p>
          <Link to="/">{t('second.later')}</Link>
        </p>
      )}
    </>
  )
}
