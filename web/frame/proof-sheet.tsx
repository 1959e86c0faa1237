// Asks for a fresh proof before a way to sign in is changed: the password and the code of the app (or a backup code if
// the phone with the app is gone), or the passkey.
import { useState } from 'preact/hooks'
import { findMe, type Me } from '../api/people.ts'
import { prove, signInByPasskey } from '../api/sign-in.ts'
import { t } from '../messages/translate.ts'
import { askedForProof, type Asked } from '../session/fresh.ts'
import { loadMe } from '../session/me.ts'
import { ActButton } from '../ui/act-button.tsx'
import { CodeField } from '../ui/code-field.tsx'
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
      {hasPassword && <ByPassword me={me} asked={asked} />}
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

function ByPassword({ me, asked }: { me: Me; asked: Asked }) {
  const [chosen, choose] = useState<'app' | 'backup' | null>(null)
  const byBackup = chosen === 'backup'
  const refused = byBackup ? 'proof.refusedBackup' : me.hasTotp ? 'proof.refusedCode' : 'proof.refused'
  return (
    <Form
      label={t('proof.go')}
      textOf={(code) => refusalText(code, refused)}
      after={
        me.hasTotp && (
          <p class="actions">
            <button type="button" onClick={() => choose(byBackup ? 'app' : 'backup')}>
              {t(byBackup ? 'signIn.useCode' : 'signIn.useBackup')}
            </button>
          </p>
        )
      }
      submit={async (form) => {
        const code = formText(form, 'code')
        const second = byBackup ? { backupCode: code } : me.hasTotp ? { code: code.replaceAll(' ', '') } : {}
        await prove({ password: asked.password ?? formSecret(form, 'password'), ...second })
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
          <CodeField
            key={String(byBackup)}
            byBackup={byBackup}
            takesFocus={asked.password !== null || chosen !== null}
          />
        )}
      </div>
    </Form>
  )
}
