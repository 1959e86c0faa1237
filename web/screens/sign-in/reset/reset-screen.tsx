// A new way in by an administrator's link: a new password. Everything that opened the account before stops working.
import { findReset, openReset, useReset } from '../../../api/people.ts'
import { formatMoment, t } from '../../../messages/translate.ts'
import type { LinkSecrets } from '../../../session/link-secret.ts'
import { isStaff, loadMe, who } from '../../../session/me.ts'
import { MIN_PASSWORD } from '../../../session/min-password.ts'
import { Form } from '../../../ui/form.tsx'
import { formSecret } from '../../../ui/form-text.ts'
import { NewPassword } from '../../../ui/new-password.tsx'
import { LinkOver } from '../../../ui/link-over.tsx'
import { goTo } from '../../../ui/router.tsx'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { failureText, Waiting } from '../../../ui/waiting.tsx'
import { resetLink } from './token.ts'

export function ResetScreen() {
  const secrets = resetLink.secrets.value
  return (
    <>
      <h1>{t('reset.title')}</h1>
      {secrets === null ? (
        <LinkOver text={t('reset.noToken')} way="reset.toSignIn" />
      ) : (
        <NewWayIn key={secrets.own} secrets={secrets} />
      )}
    </>
  )
}

function NewWayIn({ secrets: { link, own: token } }: { secrets: LinkSecrets }) {
  // From the first time on only this tab can use it.
  const [loaded, again] = useLoaded(token, () => (link === null ? findReset(token) : openReset(link, token)))
  if (loaded.state === 'failed' && loaded.code === 'RESET_GONE')
    return <LinkOver text={failureText(loaded.code)} way="reset.toSignIn" />
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { name, email, expiresAtMs } = loaded.value
  return (
    <Form
      class="card"
      label={t('reset.go')}
      submit={async (form) => {
        await useReset(token, formSecret(form, 'password'))
        resetLink.forget()
        await loadMe()
        goTo(who.value.state === 'there' && isStaff(who.value.me) ? '/second-factor' : '/')
      }}
    >
      <p class="big">{t('reset.hello', { name })}</p>
      <p>{t('reset.what')}</p>
      <p>{t('reset.here', { until: formatMoment(expiresAtMs) })}</p>
      <div class="fields">
        <label>
          {t('signIn.email')}
          {/* For a password manager, which keeps it beside the password. */}
          <input name="email" type="email" readOnly value={email} autocomplete="username" />
        </label>
        <NewPassword name="password" label={t('join.password', { least: MIN_PASSWORD })} />
      </div>
    </Form>
  )
}
