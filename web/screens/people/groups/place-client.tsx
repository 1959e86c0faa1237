// The groups of a client. Administrators see no runners, so this screen names a client by a number, or by their
// account.
import { useState } from 'preact/hooks'
import type { Group, Person } from '../../../api/people.ts'
import { t } from '../../../messages/translate.ts'
import { ClientGroups } from './client-groups.tsx'

export function PlaceClient({
  groups,
  people,
  changed,
}: {
  groups: readonly Group[]
  people: readonly Person[]
  changed: () => void
}) {
  const [clientId, setClientId] = useState('')
  return (
    <section class="card">
      <h2>{t('groups.place')}</h2>
      <p>{t('groups.placeWhy')}</p>
      <label>
        {t('client.number')}
        <input
          list="client-numbers"
          maxLength={60}
          autocomplete="off"
          value={clientId}
          onInput={(event) => setClientId(event.currentTarget.value.trim())}
        />
      </label>
      <datalist id="client-numbers">
        {people.map(({ clientId: id, name }) => id !== null && <option key={id} value={id} label={name} />)}
      </datalist>
      {clientId !== '' && <ClientGroups key={clientId} clientId={clientId} groups={groups} changed={changed} />}
    </section>
  )
}
