// One runner, for their therapist: the calm limit, the agreed plan, uploading a watch file, the weeks, the runs.
import { wholeMinutes, wholePercent } from '../../../../src/domain/shown-numbers.ts'
import { useState } from 'preact/hooks'
import {
  findClient,
  findPatterns,
  findSettings,
  listRuns,
  listZones,
  type ClientAction,
  type RunSummary,
} from '../../../api/api.ts'
import { listRaised, type RaisedFlag } from '../../../api/review.ts'
import { EightWeeks } from '../../../charts/weeks/eight-weeks.tsx'
import type { Me } from '../../../api/people.ts'
import { listedInShort } from '../../../flags/listed.ts'
import { t } from '../../../messages/translate.ts'
import { Link } from '../../../ui/router.tsx'
import { runMoment } from '../../../ui/run-moment.ts'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { VerdictBadge } from '../../../ui/verdict-badge.tsx'
import { Waiting } from '../../../ui/waiting.tsx'
import { Rights } from '../../rights/rights.tsx'
import { AccountCard } from './account-card.tsx'
import { NotesCard } from '../../runs/my-runs/notes-card.tsx'
import { PatternsCard } from './patterns-card.tsx'
import { PlanCard } from './plan/plan-card.tsx'
import { RaisedCard } from './raised-card.tsx'
import { RestCard } from './rest-card.tsx'
import { SelfReportCard } from './self-report-card.tsx'
import { Upload } from './upload/upload.tsx'
import { ZoneCard } from './zone/zone-card.tsx'

export function ClientScreen({ clientId, me }: { clientId: string; me: Me }) {
  const [loaded, again] = useLoaded(clientId, async () => {
    const [client, zones, runs, patterns] = await Promise.all([
      findClient(clientId),
      listZones(clientId),
      listRuns(clientId, null),
      findPatterns(clientId),
    ])
    const settings = client.actions.includes('zone.set') ? await findSettings() : null
    const raised = client.actions.includes('flag.view') ? (await listRaised(clientId)).items : null
    return { client, zones, runs, patterns, settings, raised }
  })
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { client, zones, runs, patterns, settings, raised } = loaded.value
  const may = (action: ClientAction) => client.actions.includes(action)
  return (
    <>
      <h1>{client.firstName}</h1>
      <ZoneCard client={client} zones={zones} settings={settings} changed={again} />
      <PlanCard clientId={clientId} maySet={may('plan.set')} />
      {may('run.add') && <Upload clientId={clientId} done={again} />}
      {raised !== null && raised.length > 0 && <RaisedCard raised={raised} />}
      {runs.items.length > 0 && <PatternsCard patterns={patterns} raised={raised ?? []} />}
      {runs.items.length > 0 && (
        <section class="card">
          <h2>{t('weeks.title')}</h2>
          <EightWeeks data={patterns} />
          {may('run.export') && (
            <p>
              <Link to={`/clients/${clientId}/report`}>{t('report.link')}</Link>
            </p>
          )}
        </section>
      )}
      {may('flag.review') && <RestCard clientId={clientId} />}
      {may('check_in.view') && <SelfReportCard clientId={clientId} runId={null} />}
      {may('note.view') && <NotesCard clientId={clientId} runId={null} isSelf={false} mayWrite={may('note.write')} />}
      <h2>{t('runs.title')}</h2>
      {runs.items.length === 0 ? (
        <p class="card">{t(may('run.add') ? 'runs.none' : 'runs.noneYet')}</p>
      ) : (
        <RunList
          key={`${runs.items.length} ${runs.items[0]?.importedAtMs}`}
          clientId={clientId}
          first={runs.items}
          cursor={runs.nextCursor}
          decides={may('run.decide')}
          raised={raised}
        />
      )}
      {may('client.invite') && <AccountCard client={client} me={me} />}
      <Rights client={client} me={me} changed={again} />
    </>
  )
}

function RunList({
  clientId,
  first,
  cursor,
  decides,
  raised,
}: {
  clientId: string
  first: readonly RunSummary[]
  cursor: string | null
  /** Whether the reader says what a near duplicate is. */
  decides: boolean
  /** What was raised; null where the reader sees none of it. */
  raised: readonly RaisedFlag[] | null
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
              <strong>{runMoment(run)}</strong>
              <span>{t('runs.minutes', { minutes: wholeMinutes(run.movingS) })}</span>
              {run.setAside ? <span class="quiet">{t('runs.setAside')}</span> : <VerdictBadge verdict={run.verdict} />}
              <span>
                {run.setAside || run.calmShare === null || run.verdict.startsWith('cannot_tell')
                  ? ''
                  : t('runs.calmShare', { percent: wholePercent(run.calmShare) })}
              </span>
              {decides && run.nearDuplicateOf !== null && <span class="mark">{t('runs.near')}</span>}
              <FlagsOfRun run={run} raised={raised} />
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

/** How many points of attention a run has and how they stand; what is only a note is called one. */
function FlagsOfRun({ run, raised }: { run: RunSummary; raised: readonly RaisedFlag[] | null }) {
  const points = run.flags.filter(({ level }) => level !== 'note')
  if (points.length === 0)
    return run.flags.length === 0 ? null : <span class="quiet">{t('runs.notes', { count: run.flags.length })}</span>
  const placed = { id: run.id, endedAtMs: run.startedAtMs + run.elapsedS * 1000, judgedAtMs: run.importedAtMs }
  const short = raised === null ? null : listedInShort(points, placed, raised)
  return (
    <span class="mark">
      {t('runs.flags', { count: points.length })}
      {short !== null && `: ${t(short)}`}
    </span>
  )
}
