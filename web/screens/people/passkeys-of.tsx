// A person's passkeys, for administrators: remove the one of a lost phone here.
import { listPasskeysOf, removePasskeyOf, type Person } from '../../api/people.ts'
import { formatMoment, t } from '../../messages/translate.ts'
import { whenFresh } from '../../session/fresh.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { Waiting } from '../../ui/waiting.tsx'

export function PasskeysOf({ person, changed }: { person: Person; changed: () => Promise<void> }) {
  const [loaded, again] = useLoaded(`passkeys ${person.id}`, () => listPasskeysOf(person.id))
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  return (
    <>
      <h3>{t('people.passkeys')}</h3>
      <ul class="list">
        {loaded.value.items.map(({ id, name, addedAtMs }) => (
          <li key={id} class="line">
            <strong>{name ?? t('passkey.title')}</strong>
            {addedAtMs !== null && <span class="quiet">{formatMoment(addedAtMs)}</span>}
            <ActButton
              sure={t('people.passkeySure', { name: person.name })}
              work={async () => {
                await whenFresh(() => removePasskeyOf(person.id, id))
                again()
                await changed()
              }}
            >
              {t('passkey.remove')}
            </ActButton>
          </li>
        ))}
      </ul>
    </>
  )
}
