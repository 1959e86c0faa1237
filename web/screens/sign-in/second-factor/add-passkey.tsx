// Adding a passkey of this device.
import { useState } from 'preact/hooks'
import { addPasskey, knowsPasskeys } from '../../../api/sign-in.ts'
import { t } from '../../../messages/translate.ts'
import { whenFresh } from '../../../session/fresh.ts'
import { loadMe } from '../../../session/me.ts'
import { Form } from '../../../ui/form.tsx'
import { formText } from '../../../ui/form-text.ts'

/** @param added what to do besides asking anew who is here */
export function AddPasskey({ added }: { added?: () => void }) {
  const [isAdded, setAdded] = useState(false)
  return (
    <section class="card">
      <h2>{t('passkey.add')}</h2>
      {knowsPasskeys() ? (
        <Form
          label={t('passkey.add')}
          main={false}
          submit={async (form) => {
            setAdded(false)
            const name = formText(form, 'name')
            await whenFresh(() => addPasskey(name))
            form.reset()
            setAdded(true)
            added?.()
            await loadMe()
          }}
        >
          <p>{t('passkey.why')}</p>
          <label>
            {t('passkey.name')}
            <input name="name" required maxLength={60} autocomplete="off" />
          </label>
          <p role="status">{isAdded && t('passkey.addedHere')}</p>
        </Form>
      ) : (
        <p>{t('passkey.unknown')}</p>
      )}
    </section>
  )
}
