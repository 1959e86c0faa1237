// My passkeys: their names, and removing one.
import { listPasskeys, removePasskey, renamePasskey, type Passkey } from '../../../api/sign-in.ts'
import { formatMoment, t } from '../../../messages/translate.ts'
import { whenFresh } from '../../../session/fresh.ts'
import { loadMe } from '../../../session/me.ts'
import { ActButton } from '../../../ui/act-button.tsx'
import { Form } from '../../../ui/form.tsx'
import { formText } from '../../../ui/form-text.ts'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { Waiting } from '../../../ui/waiting.tsx'
import { AddPasskey } from '../second-factor/add-passkey.tsx'

export function PasskeysCard({ added }: { added: () => void }) {
  const [loaded, again] = useLoaded('passkeys', listPasskeys)
  return (
    <>
      <section class="card">
        <h2>{t('passkey.mine')}</h2>
        {loaded.state !== 'there' ? (
          <Waiting loaded={loaded} again={again} />
        ) : loaded.value.length === 0 ? (
          <p>{t('passkey.none')}</p>
        ) : (
          <ul class="list">
            {loaded.value.map((passkey) => (
              <PasskeyLine key={passkey.id} passkey={passkey} changed={again} />
            ))}
          </ul>
        )}
      </section>
      <AddPasskey added={() => (again(), added())} />
    </>
  )
}

function PasskeyLine({ passkey, changed }: { passkey: Passkey; changed: () => void }) {
  const { id, name, createdAt } = passkey
  return (
    <li class="line">
      <strong>{name ?? t('passkey.title')}</strong>
      {createdAt !== null && <span class="quiet">{formatMoment(Date.parse(createdAt))}</span>}
      <details>
        <summary>{t('app.change')}</summary>
        <Form
          label={t('passkey.rename')}
          main={false}
          submit={async (form) => {
            await renamePasskey(id, formText(form, 'name'))
            changed()
          }}
        >
          <label>
            {t('passkey.name')}
            <input name="name" required maxLength={60} autocomplete="off" defaultValue={name ?? ''} />
          </label>
        </Form>
        <p class="actions">
          <ActButton
            sure={t('passkey.removeSure')}
            work={async () => {
              await whenFresh(() => removePasskey(id))
              changed()
              await loadMe()
            }}
          >
            {t('passkey.remove')}
          </ActButton>
        </p>
      </details>
    </li>
  )
}
