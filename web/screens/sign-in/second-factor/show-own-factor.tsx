// Asks a person who has a second factor, but signed in with a password alone, to show it. Until then the page shows
// nothing about how they sign in.
import type { Me } from '../../../api/people.ts'
import { t } from '../../../messages/translate.ts'
import { focusOnce } from '../../../ui/focus-once.ts'
import { SignOutButton } from '../account/sign-out.tsx'
import { PasskeySignIn } from '../sign-in-screen.tsx'

/** @param isAdded the passkey is of a moment ago: nobody would know otherwise that adding it went well */
export function ShowOwnFactor({ me, isAdded }: { me: Me; isAdded: boolean }) {
  return me.passkeys > 0 ? (
    <section class="card">
      <h2 tabIndex={-1} ref={isAdded ? focusOnce : null}>
        {t(isAdded ? 'passkey.added' : 'passkey.title')}
      </h2>
      <p>{t(isAdded ? 'second.useAdded' : 'second.usePasskey')}</p>
      <PasskeySignIn />
    </section>
  ) : (
    <section class="card">
      <h2>{t('totp.title')}</h2>
      <p>{t('second.useApp')}</p>
      <p class="actions">
        <SignOutButton />
      </p>
    </section>
  )
}
