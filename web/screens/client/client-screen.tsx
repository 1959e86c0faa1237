// One runner: the calm limit, reading in a watch, the runs.
import { useState } from 'preact/hooks'
import { findClient, findPatterns, findSettings, listRuns, listZones, type RunSummary } from '../../api/api.ts'
import { formatMoment, t } from '../../messages/translate.ts'
import { Link } from '../../ui/router.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { VerdictBadge } from '../../ui/verdict-badge.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { PatternsCard } from './patterns-card.tsx'
import { Upload } from './upload/upload.tsx'
import { ZoneCard } from './zone-card.tsx'

export function ClientScreen({ clientId }: { clientId: string }) {
  const [loaded, again] = useLoaded(clientId, async () => {
    const [client, zones, runs, patterns, settings] = await Promise.all([
      findClient(clientId),
      listZones(clientId),
      listRuns(clientId, null),
      findPatterns(clientId),
      findSettings(),
    ])
    return { client, zones: zones.items, runs, patterns, settings }
  })
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { client, zones, runs, patterns, settings } = loaded.value
  return (
    <>
      <h1>{client.firstName}</h1>
      <ZoneCard client={client} zones={zones} settings={settings} changed={again} />
      <Upload clientId={clientId} done={again} />
      {runs.items.length > 0 && <PatternsCard patterns={patterns} />}
      <h2>{t('runs.title')}</h2>
      {runs.items.length === 0 ? (
        <p class="card">{t('runs.none')}</p>
      ) : (
        <RunList
          key={`${runs.items.length} ${runs.items[0]?.importedAtMs}`}
          clientId={clientId}
          first={runs.items}
          cursor={runs.nextCursor}
        />
      )}
    </>
  )
}

function RunList({
  clientId,
  first,
  cursor,
}: {
  clientId: string
  first: readonly RunSummary[]
  cursor: string | null
}) {
  const [shown, setShown] = useState({ items: first, cursor })
  const showMore = async () => {
    const next = await listRuns(clientId, shown.cursor)
    setShown({ items: [...shown.items, ...next.items], cursor: next.nextCursor })
  }
  return (
    <>
      <ul class="list">
        {shown.items.map((run) => (
          <li key={run.id}>
            <Link to={`/runs/${run.id}`} class="card row">
              <strong>{formatMoment(run.startedAtMs, run.startOffsetS)}</strong>
              <span>{t('runs.minutes', { minutes: Math.round(run.movingS / 60) })}</span>
              <VerdictBadge verdict={run.verdict} />
              <span>
                {run.calmShare === null ? '' : t('runs.calmShare', { percent: Math.floor(run.calmShare * 100 + 1e-9) })}
              </span>
              {run.nearDuplicateOf !== null && <span class="mark">{t('runs.near')}</span>}
              {run.flags.length > 0 && <span class="mark">{t('runs.flags', { count: run.flags.length })}</span>}
            </Link>
          </li>
        ))}
      </ul>
      {shown.cursor !== null && (
        <button type="button" onClick={() => void showMore()}>
          {t('app.more')}
        </button>
      )}
    </>
  )
}
