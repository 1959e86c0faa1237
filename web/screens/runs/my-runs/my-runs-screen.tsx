// A client's view of themself: their runs in kind words, what helped, the agreed plan, messages with their therapist,
// and what is usual for them. There is no ranking, no streak, no pace, and no flag that section L has no words for.
import { wordsOfFlag } from '../../../../src/domain/wording.ts'
import { findClient, findPatterns, listRuns, listZones, type Patterns } from '../../../api/api.ts'
import { listAfterRuns } from '../../../api/self-report.ts'
import { t } from '../../../messages/translate.ts'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { Waiting } from '../../../ui/waiting.tsx'
import { PlanCard } from '../../clients/client/plan/plan-card.tsx'
import { Upload } from '../../clients/client/upload/upload.tsx'
import { ZoneCard } from '../../clients/client/zone/zone-card.tsx'
import { AfterRunCard } from './after-run-card.tsx'
import { MyRuns } from './my-runs.tsx'
import { NotesCard } from './notes-card.tsx'
import { MyUsual } from './my-usual.tsx'

export function MyRunsScreen({ clientId }: { clientId: string }) {
  const [loaded, again] = useLoaded(`my runs ${clientId}`, async () => {
    const [client, zones, runs, patterns, told] = await Promise.all([
      findClient(clientId),
      listZones(clientId),
      listRuns(clientId, null),
      findPatterns(clientId),
      listAfterRuns(clientId),
    ])
    return { client, zones, runs, patterns, told }
  })
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { client, zones, runs, patterns, told } = loaded.value
  return (
    <>
      <h1>{client.firstName}</h1>
      <Words patterns={patterns} />
      <h2>{t('myRuns.runs')}</h2>
      <MyRuns key={runs.items[0]?.importedAtMs} clientId={clientId} page={runs} />
      <Upload clientId={clientId} done={again} />
      <AfterRunCard clientId={clientId} run={null} told={told} changed={again} />
      <PlanCard clientId={clientId} maySet={false} />
      <NotesCard clientId={clientId} runId={null} isSelf />
      <HelpedEarlier texts={told.items.map(({ whatHelped }) => whatHelped)} />
      <MyUsual told={told} clientId={clientId} changed={again} />
      <ZoneCard client={client} zones={zones} settings={null} showsHardLimit={false} changed={again} />
    </>
  )
}

/** What the last weeks ask for, in the words of section L, each once. */
function Words({ patterns }: { patterns: Patterns }) {
  const keys = new Set(patterns.flags.map(({ kind }) => wordsOfFlag[kind]))
  const texts = [...keys].flatMap((key) => (key === undefined ? [] : [t(key, { moving: 0, planned: 0 })]))
  return texts.length === 0 ? null : <p class="card big">{texts.join(' ')}</p>
}

const MOST_HELPED = 5

function HelpedEarlier({ texts }: { texts: readonly (string | null)[] }) {
  const own = [...new Set(texts.filter((text) => text !== null))].slice(0, MOST_HELPED)
  if (own.length === 0) return null
  return (
    <section class="card">
      <h2>{t('myRuns.helped')}</h2>
      <ul>
        {own.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  )
}
