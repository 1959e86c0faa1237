// Asks who is there before a way to sign in is changed: the password and the code of the app, or the passkey.
import { findMe, type Me } from '../api/people.ts'
import { prove, signInByPasskey } from '../api/sign-in.ts'
import { t } from '../messages/translate.ts'
import { askedForProof } from '../session/fresh.ts'
import { loadMe } from '../session/me.ts'
import { ActButton } from '../ui/act-button.tsx'
import { Form } from '../ui/form.tsx'
import { focusOnce } from '../ui/focus-once.ts'
import { formSecret, formText } from '../ui/form-text.ts'
import { Sheet } from '../ui/sheet.tsx'
import { failureText, refusalText } from '../ui/waiting.tsx'

export function ProofSheet({ me }: { me: Me }) {
  const asked = askedForProof.value
  if (asked === null) return null
  const hasPassword = me.hasTotp || me.passkeys === 0
  return (
    <Sheet title={t('proof.title')} close={asked.cancel}>
      <p>{t('proof.why')}</p>
      {hasPassword && (
        <Form
          label={t('proof.go')}
          textOf={(code) => refusalText(code, me.hasTotp ? 'proof.refusedCode' : 'account.wrongPassword')}
          submit={async (form) => {
            const code = me.hasTotp ? formText(form, 'code').replaceAll(' ', '') : null
            await prove(asked.password ?? formSecret(form, 'password'), code)
            asked.proved()
          }}
        >
          <div class="fields">
            {asked.password === null && (
              <label>
                {t('account.password')}
                <input
                  name="password"
                  type="password"
                  required
                  maxLength={200}
                  autocomplete="current-password"
                  ref={focusOnce}
                />
              </label>
            )}
            {me.hasTotp && (
              <label>
                {t('totp.code')}
                <input name="code" required maxLength={10} inputMode="numeric" autocomplete="one-time-code" />
              </label>
            )}
          </div>
        </Form>
      )}
      {me.passkeys > 0 && (
        <p class="actions">
          <ActButton
            main={!hasPassword}
            textOf={(code) => (code === 'PASSKEY_CANCELLED' ? failureText(code) : refusalText(code, 'signIn.refused'))}
            work={async () => {
              await signInByPasskey()
              // The device chooses whose passkey it is: what was wanted goes on for nobody else.
              const isMe = (await findMe()).personId === me.personId
              if (isMe) asked.proved()
              else asked.cancel()
              if (!isMe) await loadMe()
            }}
          >
            {t('proof.passkey')}
          </ActButton>
        </p>
      )}
    </Sheet>
  )
}
