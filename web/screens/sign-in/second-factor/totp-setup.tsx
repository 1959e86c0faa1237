// Sets up codes of an app: password, QR code and secret, and a first code. The backup codes come with it.
import { useState } from 'preact/hooks'
import { beginTotp, verifyTotp } from '../../../api/sign-in.ts'
import { t } from '../../../messages/translate.ts'
import { whenFresh } from '../../../session/fresh.ts'
import { focusOnce } from '../../../ui/focus-once.ts'
import { Form } from '../../../ui/form.tsx'
import { formSecret, formText } from '../../../ui/form-text.ts'
import { QrCode } from '../../../ui/qr-code.tsx'
import { refusalText } from '../../../ui/waiting.tsx'
import { passwordText } from './password-text.ts'

type Step =
  { readonly at: 'password' } | { readonly at: 'code'; readonly uri: string; readonly codes: readonly string[] }

/** @param done it is on; what came with it must still be kept */
export function TotpSetup({ done }: { done: (codes: readonly string[]) => void }) {
  const [step, setStep] = useState<Step>({ at: 'password' })
  return (
    <section class="card">
      <h2>{t('totp.title')}</h2>
      {step.at === 'password' && <Begin next={(uri, codes) => setStep({ at: 'code', uri, codes })} />}
      {step.at === 'code' && <Verify uri={step.uri} next={() => done(step.codes)} />}
    </section>
  )
}

function Begin({ next }: { next: (uri: string, codes: readonly string[]) => void }) {
  return (
    <Form
      label={t('totp.begin')}
      textOf={passwordText}
      submit={async (form) => {
        const password = formSecret(form, 'password')
        const { totpURI, backupCodes } = await whenFresh(() => beginTotp(password), password)
        next(totpURI, backupCodes)
      }}
    >
      <p>{t('totp.why')}</p>
      <label>
        {t('account.password')}
        <input name="password" type="password" required maxLength={200} autocomplete="current-password" />
      </label>
    </Form>
  )
}

function Verify({ uri, next }: { uri: string; next: () => void }) {
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return (
    <Form
      label={t('totp.verify')}
      textOf={(code) => refusalText(code, 'totp.refused')}
      submit={async (form) => {
        const code = formText(form, 'code').replaceAll(' ', '')
        await whenFresh(() => verifyTotp(code))
        next()
      }}
    >
      <p>{t('totp.scan')}</p>
      <QrCode text={uri} alt={t('totp.qr')} />
      <p>
        {t('totp.secret')} <code class="link">{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <label>
        {t('totp.code')}
        <input name="code" required maxLength={10} inputMode="numeric" autocomplete="one-time-code" ref={focusOnce} />
      </label>
    </Form>
  )
}
