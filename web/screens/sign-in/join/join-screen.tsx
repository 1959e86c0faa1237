// Joining by an invitation: what it is for, then a name, an address and a password.
import { findInvited, join, openInvited, type Invited } from '../../../api/people.ts'
import { t } from '../../../messages/translate.ts'
import type { LinkSecrets } from '../../../session/link-secret.ts'
import { isStaff, loadMe, who } from '../../../session/me.ts'
import { MIN_PASSWORD } from '../../../session/min-password.ts'
import { Form } from '../../../ui/form.tsx'
import { NewPassword } from '../../../ui/new-password.tsx'
import { formSecret, formText } from '../../../ui/form-text.ts'
import { roleWords } from '../../../ui/role-words.ts'
import { LinkOver } from '../../../ui/link-over.tsx'
import { goTo } from '../../../ui/router.tsx'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { failureText, Waiting } from '../../../ui/waiting.tsx'
import { invitation } from './token.ts'

export function JoinScreen() {
  const secrets = invitation.secrets.value
  return (
    <>
      <h1>{t('join.title')}</h1>
      {secrets === null ? (
        <LinkOver text={t('join.noToken')} way="join.hasAccount" />
      ) : (
        <Invitation key={secrets.own} secrets={secrets} />
      )}
    </>
  )
}

function Invitation({ secrets: { link, own: token } }: { secrets: LinkSecrets }) {
  // From the first time on only this tab can use it.
  const [loaded, again] = useLoaded(token, () => (link === null ? findInvited(token) : openInvited(link, token)))
  if (loaded.state === 'failed' && loaded.code === 'INVITATION_GONE')
    return <LinkOver text={failureText(loaded.code)} way="join.hasAccount" />
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const invited = loaded.value
  return (
    <Form
      class="card"
      label={t('join.go')}
      submit={async (form) => {
        await join({
          token,
          name: formText(form, 'name'),
          email: formText(form, 'email'),
          password: formSecret(form, 'password'),
          alsoTherapist: formText(form, 'alsoTherapist') === 'on',
        })
        invitation.forget()
        await loadMe()
        goTo(who.value.state === 'there' && isStaff(who.value.me) ? '/second-factor' : '/')
      }}
    >
      <p class="big">{purpose(invited)}</p>
      <p>{t('join.here')}</p>
      <div class="fields">
        <label>
          {t('join.name')}
          <input name="name" required maxLength={80} autocomplete="name" />
        </label>
        <label>
          {t('signIn.email')}
          <input name="email" type="email" required maxLength={200} autocomplete="username" />
        </label>
        <NewPassword name="password" label={t('join.password', { least: MIN_PASSWORD })} />
        {invited.first && (
          <label class="tick">
            <input name="alsoTherapist" type="checkbox" /> {t('join.alsoTherapist')}
          </label>
        )}
      </div>
    </Form>
  )
}

function purpose({ first, forClient, roles }: Invited): string {
  if (first) return t('join.first')
  return forClient ? t('join.client') : t('join.staff', { roles: roleWords(roles) })
}
