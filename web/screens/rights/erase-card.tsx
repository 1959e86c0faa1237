// Erases a client for good: what is deleted, what stays, and the first name to type. So nobody does it by accident.
import type { ComponentChildren } from 'preact'
import type { Client } from '../../api/api.ts'
import type { Me } from '../../api/people.ts'
import { eraseClient } from '../../api/rights.ts'
import { forgetDraftsAbout } from '../../drafts/these-drafts.ts'
import { t } from '../../messages/translate.ts'
import { isStaff } from '../../session/me.ts'
import { startAnew } from '../../session/start-anew.ts'
import { Form } from '../../ui/form.tsx'
import { formText } from '../../ui/form-text.ts'

type Erasable = Pick<Client, 'id' | 'firstName'>

/** @param erased what follows; without it a new page, for nothing that this one knew of them is left */
export function EraseCard({
  client,
  me,
  title = t('rights.erase'),
  erased = () => (isStaff(me) ? location.assign('/') : void startAnew('erased', '/')),
  children,
}: {
  client: Erasable
  me: Me
  title?: string
  erased?: () => void
  children?: ComponentChildren
}) {
  const name = client.firstName
  return (
    <section class="card">
      <h2>{title}</h2>
      {children}
      <details>
        <summary>{t('rights.eraseWhat')}</summary>
        <p>
          {t('rights.eraseGoes')} {accountWords(client, me)}
        </p>
        <p>{t('rights.eraseStays')}</p>
        <p>{t('rights.eraseCopies')}</p>
        <p>{t('rights.eraseFirst')}</p>
        <Form
          label={t('rights.eraseGo')}
          main={false}
          submit={async (form) => {
            await eraseClient(client.id, formText(form, 'firstName'))
            await forgetDraftsAbout(client.id)
            erased()
          }}
        >
          <label>
            {t('rights.confirm', { name })}
            <input name="firstName" required maxLength={80} autocomplete="off" />
          </label>
        </Form>
      </details>
    </section>
  )
}

function accountWords(client: Erasable, me: Me): string {
  if (client.id !== me.clientId) return t('rights.eraseTheirAccount', { name: client.firstName })
  return t(isStaff(me) ? 'rights.eraseStaffAccount' : 'rights.eraseMyAccount')
}
