// Erasing a client for good: what goes, what stays, and the first name typed. Nobody gets here by a slip.
import type { Client } from '../../api/api.ts'
import type { Me } from '../../api/people.ts'
import { eraseClient } from '../../api/rights.ts'
import { t } from '../../messages/translate.ts'
import { isStaff } from '../../session/me.ts'
import { Form } from '../../ui/form.tsx'
import { formText } from '../../ui/form-text.ts'

export function EraseCard({ client, me }: { client: Client; me: Me }) {
  const name = client.firstName
  return (
    <section class="card">
      <h2>{t('rights.erase')}</h2>
      <details>
        <summary>{t('rights.eraseWhat')}</summary>
        <p>
          {t('rights.eraseGoes')} {accountWords(client, me)}
        </p>
        <p>{t('rights.eraseStays')}</p>
        <p>{t('rights.eraseFirst')}</p>
        <Form
          label={t('rights.eraseGo')}
          main={false}
          submit={async (form) => {
            await eraseClient(client.id, formText(form, 'firstName'))
            // A new page: nothing that this one knew of them is left.
            location.assign('/')
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

function accountWords(client: Client, me: Me): string {
  if (client.id !== me.clientId) return t('rights.eraseTheirAccount', { name: client.firstName })
  return t(isStaff(me) ? 'rights.eraseStaffAccount' : 'rights.eraseMyAccount')
}
