// Signing in: a password and then a code if one is needed, or a passkey. It takes the place of the requested screen,
// which shows again afterwards. Every refusal is the same sentence, because it must not tell whether somebody has an
// account.
import { useState } from 'preact/hooks'
import { knowsPasskeys, signIn, signInByPasskey, verifyBackupCode, verifyTotp } from '../../api/sign-in.ts'
import { t } from '../../messages/translate.ts'
import { loadMe } from '../../session/me.ts'
import type { WhyNobody } from '../../session/start-anew.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { CodeField } from '../../ui/code-field.tsx'
import { Form } from '../../ui/form.tsx'
import { formSecret, formText } from '../../ui/form-text.ts'
import { failureText, refusalText } from '../../ui/waiting.tsx'

/** @param why why whoever was here sees this; null where they need no word about it */
export function SignInScreen({ why }: { why: WhyNobody | null }) {
  const [asksCode, setAsksCode] = useState(false)
  return (
    <>
      <h1>{t('signIn.title')}</h1>
      {why !== null && (
        <p class="card attention" role="status">
          {t(`signIn.why.${why}`)}
        </p>
      )}
      {asksCode ? <CodeForm back={() => setAsksCode(false)} /> : <PasswordForm askCode={() => setAsksCode(true)} />}
    </>
  )
}

const refusedText = (code: string): string => refusalText(code, 'signIn.refused')

function PasswordForm({ askCode }: { askCode: () => void }) {
  return (
    <>
      <Form
        class="card"
        label={t('signIn.go')}
        textOf={refusedText}
        submit={async (form) => {
          const asked = await signIn(formText(form, 'email'), formSecret(form, 'password'))
          if (asked) askCode()
          else await loadMe()
        }}
      >
        <h2>{t('signIn.password')}</h2>
        <div class="fields">
          <label>
            {t('signIn.email')}
            <input name="email" type="email" required maxLength={200} autocomplete="username" />
          </label>
          <label>
            {t('signIn.passwordField')}
            <input name="password" type="password" required maxLength={200} autocomplete="current-password" />
          </label>
        </div>
      </Form>
      <section class="card">
        <h2>{t('passkey.title')}</h2>
        <PasskeySignIn />
      </section>
      <p class="quiet">{t('signIn.help')}</p>
    </>
  )
}

/** Signing in by a passkey of this device; a sentence where the browser knows none. */
export function PasskeySignIn() {
  if (!knowsPasskeys()) return <p>{t('passkey.unknown')}</p>
  const textOf = (code: string) => (code === 'PASSKEY_CANCELLED' ? failureText(code) : refusedText(code))
  return (
    <p class="actions">
      <ActButton textOf={textOf} work={() => signInByPasskey().then(loadMe)}>
        {t('passkey.signIn')}
      </ActButton>
    </p>
  )
}

function CodeForm({ back }: { back: () => void }) {
  const [byBackup, setByBackup] = useState(false)
  return (
    <Form
      class="card"
      label={t('signIn.go')}
      textOf={(code) => refusalText(code, byBackup ? 'signIn.backupRefused' : 'signIn.codeRefused')}
      submit={async (form) => {
        const code = formText(form, 'code').replaceAll(' ', '')
        await (byBackup ? verifyBackupCode(code) : verifyTotp(code))
        await loadMe()
      }}
      after={
        <p class="actions">
          <button type="button" onClick={() => setByBackup(!byBackup)}>
            {t(byBackup ? 'signIn.useCode' : 'signIn.useBackup')}
          </button>
          <button type="button" onClick={back}>
            {t('app.back')}
          </button>
        </p>
      }
    >
      <h2>{t(byBackup ? 'backup.one' : 'totp.title')}</h2>
      {byBackup && <p>{t('backup.oneWhy')}</p>}
      <CodeField key={String(byBackup)} byBackup={byBackup} takesFocus />
    </Form>
  )
}
