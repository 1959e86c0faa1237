// Erases a client for good: what is deleted, what stays, and the first name to type. So nobody does it by accident.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Client } from '../../api/api.ts'
import type { Me } from '../../api/people.ts'
import { eraseClient, type CopiesLeft } from '../../api/rights.ts'
import { forgetDraftsAbout } from '../../drafts/these-drafts.ts'
import { t } from '../../messages/translate.ts'
import { isStaff } from '../../session/me.ts'
import { startAnew } from '../../session/start-anew.ts'
import { focusOnce } from '../../ui/focus-once.ts'
import { Form } from '../../ui/form.tsx'
import { formText } from '../../ui/form-text.ts'

type Erasable = Pick<Client, 'id' | 'firstName'>

/** Until when copies may stand in the files of the server. */
export const copiesWords = (left: CopiesLeft): string =>
  t(left === 'until_room' ? 'rights.copiesUntilRoom' : 'rights.copiesUntilRewritten')

/** @param erased what follows; without it a new page, for nothing that this one knew of them is left */
export function EraseCard({
  client,
  me,
  title = t('rights.erase'),
  erased,
  children,
}: {
  client: Erasable
  me: Me
  title?: string
  erased?: (left: CopiesLeft | null) => void
  children?: ComponentChildren
}) {
  const name = client.firstName
  /** Of staff, who read it before this page goes. */
  const [left, setLeft] = useState<CopiesLeft | null>(null)
  const goOn = (copies: CopiesLeft | null) => {
    if (erased !== undefined) erased(copies)
    else if (!isStaff(me)) void startAnew(copies === null ? 'erased' : 'erased_waits', '/')
    else if (copies === null) location.assign('/')
    else setLeft(copies)
  }
  if (left !== null)
    return (
      <section class="card attention" role="status">
        <h2 tabIndex={-1} ref={focusOnce}>
          {t('erase.done')}
        </h2>
        <p>{copiesWords(left)}</p>
        <button type="button" onClick={() => location.assign('/')}>
          {t('rights.eraseGoOn')}
        </button>
      </section>
    )
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
            const copies = await eraseClient(client.id, formText(form, 'firstName'))
            await forgetDraftsAbout(client.id)
            goOn(copies)
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
