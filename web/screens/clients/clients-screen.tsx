// The list of runners, and adding a runner to one of your groups.
import { useState } from 'preact/hooks'
import { addClient, listClients, type ListedClient } from '../../api/api.ts'
import { listGroups, type Group, type Me } from '../../api/people.ts'
import { t } from '../../messages/translate.ts'
import { may } from '../../session/me.ts'
import { Form } from '../../ui/form.tsx'
import { formText } from '../../ui/form-text.ts'
import { goTo, Link } from '../../ui/router.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { Waiting } from '../../ui/waiting.tsx'

export function ClientsScreen({ me }: { me: Me }) {
  const [more, setMore] = useState<{ readonly items: readonly ListedClient[]; readonly cursor: string | null } | null>(
    null,
  )
  const [loaded, again] = useLoaded('clients', () => listClients(null))
  if (loaded.state !== 'there')
    return (
      <>
        <h1>{t('clients.title')}</h1>
        <Waiting loaded={loaded} again={again} />
      </>
    )
  const items = [...loaded.value.items, ...(more?.items ?? [])]
  const cursor = more === null ? loaded.value.nextCursor : more.cursor
  const showMore = async () => {
    const next = await listClients(cursor)
    setMore({ items: [...(more?.items ?? []), ...next.items], cursor: next.nextCursor })
  }
  return (
    <>
      <h1>{t('clients.title')}</h1>
      {items.length === 0 ? (
        <p class="card">{t(may(me, 'client.add') ? 'clients.none' : 'clients.noneToSee')}</p>
      ) : (
        <ul class="list">
          {items.map((client) => (
            <li key={client.id}>
              <Link to={`/clients/${client.id}`} class="card row">
                <strong>{client.firstName}</strong>
                <span>{t('clients.born', { year: String(client.birthYear) })}</span>
                <span>
                  {client.zone?.ceilingBpm == null
                    ? t('clients.noZone')
                    : t('clients.ceiling', { bpm: client.zone.ceilingBpm })}
                </span>
                <span>{t('clients.runs', { count: client.runCount })}</span>
                {(client.openQuestions ?? 0) > 0 && (
                  <span class="mark">{t('clients.questions', { count: client.openQuestions ?? 0 })}</span>
                )}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {cursor !== null && (
        <button type="button" onClick={() => void showMore()}>
          {t('app.more')}
        </button>
      )}
      {may(me, 'flags.list') && <GroupLinks me={me} />}
      {may(me, 'client.add') && <AddClient me={me} />}
    </>
  )
}

/** To the weeks of each group that somebody works in. */
function GroupLinks({ me }: { me: Me }) {
  const [loaded] = useLoaded('groups', listGroups)
  if (loaded.state !== 'there') return null
  const mine = loaded.value.items.filter(({ staff }) => staff.some(({ personId }) => personId === me.personId))
  return (
    <p class="actions">
      {mine.map(({ id, name }) => (
        <Link key={id} to={`/groups/${id}/weeks`} class="button">
          {t('weeks.groupLink', { name })}
        </Link>
      ))}
    </p>
  )
}

/** Groups in which somebody is therapist: runners whom they add go into one of these. */
const ownGroups = ({ personId }: Me, groups: readonly Group[]): readonly Group[] =>
  groups.filter(({ staff }) => staff.some((one) => one.personId === personId && one.role === 'therapist'))

function AddClient({ me }: { me: Me }) {
  const [loaded, again] = useLoaded('groups', listGroups)
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const groups = ownGroups(me, loaded.value.items)
  if (groups.length === 0) return <p class="card">{t('clients.noGroup')}</p>
  return (
    <Form
      class="card"
      label={t('clients.add')}
      submit={async (form) => {
        const client = await addClient({
          firstName: formText(form, 'firstName'),
          birthYear: Number(formText(form, 'birthYear')),
          watchLevel: formText(form, 'watch') === 'on' ? 'extra' : 'standard',
          groupId: groups.length === 1 ? groups[0]?.id : formText(form, 'group'),
        })
        goTo(`/clients/${client.id}`)
      }}
    >
      <h2>{t('clients.add')}</h2>
      <div class="fields">
        <label>
          {t('clients.firstName')}
          <input name="firstName" required maxLength={40} autocomplete="off" />
        </label>
        <label>
          {t('clients.birthYear')}
          <input name="birthYear" type="number" required min={1930} max={2010} inputMode="numeric" />
        </label>
        {groups.length > 1 && (
          <label>
            {t('clients.group')}
            <select name="group" required>
              {groups.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <label class="tick">
          <input name="watch" type="checkbox" /> {t('clients.watch')}
        </label>
      </div>
    </Form>
  )
}
