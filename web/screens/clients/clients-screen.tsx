// The list of runners, and adding one.
import { useState } from 'preact/hooks'
import { addClient, ApiError, listClients, type Client } from '../../api/api.ts'
import { t } from '../../messages/translate.ts'
import { formText } from '../../ui/form-text.ts'
import { goTo, Link } from '../../ui/router.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { failureText, Waiting } from '../../ui/waiting.tsx'

export function ClientsScreen() {
  const [more, setMore] = useState<{ readonly items: readonly Client[]; readonly cursor: string | null } | null>(null)
  const [loaded, again] = useLoaded('clients', () => listClients(null))
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
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
        <p class="card">{t('clients.none')}</p>
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
      <AddClient />
    </>
  )
}

function AddClient() {
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (form: HTMLFormElement) => {
    try {
      const client = await addClient({
        firstName: formText(form, 'firstName'),
        birthYear: Number(formText(form, 'birthYear')),
        watchLevel: formText(form, 'watch') === 'on' ? 'extra' : 'standard',
      })
      goTo(`/clients/${client.id}`)
    } catch (error) {
      setProblem(failureText(error instanceof ApiError ? error.code : 'INTERNAL'))
    }
  }
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault()
        void submit(event.currentTarget)
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
        <label class="tick">
          <input name="watch" type="checkbox" /> {t('clients.watch')}
        </label>
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
      <button type="submit" class="main">
        {t('clients.add')}
      </button>
    </form>
  )
}
