// The weeks of all clients in a group, clients who need attention first. It is no ranking: the order says where to
// look, not who does well.
import { findGroupPatterns, type GroupPatterns } from '../../../api/api.ts'
import { SmallWeeks } from '../../../charts/weeks/small-weeks.tsx'
import { FlagLines } from '../../../flags/flag-lines.tsx'
import { formatTenths, t } from '../../../messages/translate.ts'
import { Link } from '../../../ui/router.tsx'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { Waiting } from '../../../ui/waiting.tsx'
import { byNeed } from './by-need.ts'

export function GroupWeeksScreen({ groupId }: { groupId: string }) {
  const [loaded, again] = useLoaded(groupId, () => findGroupPatterns(groupId))
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { name, clients } = loaded.value
  return (
    <>
      <p>
        <Link to="/">← {t('app.back')}</Link>
      </p>
      <h1>{t('weeks.group', { name })}</h1>
      {clients.length === 0 && <p class="card">{t('weeks.groupNone')}</p>}
      <ul class="list">
        {byNeed(clients).map((client) => (
          <li key={client.clientId} class="card">
            <ClientWeeks client={client} />
          </li>
        ))}
      </ul>
    </>
  )
}

function ClientWeeks({ client }: { client: GroupPatterns['clients'][number] }) {
  const ratio = client.change.at(-1)?.ratio ?? null
  return (
    <>
      <h2>
        <Link to={`/clients/${client.clientId}`}>{client.firstName}</Link>
      </h2>
      {client.flags.length > 0 && <FlagLines flags={client.flags} />}
      <p>
        {t('change.title')}: {ratio === null ? t('weeks.unknown') : t('change.now', { ratio: formatTenths(ratio) })}
      </p>
      <SmallWeeks data={client} />
    </>
  )
}
