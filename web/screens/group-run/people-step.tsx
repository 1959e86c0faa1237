// Who is here today: everybody's check-in and strap, guests, and the start for all. Late comers come in here too.
import { useSignal } from '@preact/signals'
import type { Desk } from '../../group-run/desk.ts'
import { isShown, mayStart, type GroupRun, type NewRunner } from '../../group-run/group-run.ts'
import type { RosterClient } from '../../../src/live/protocol.ts'
import { keptRoster } from '../../group-run/roster.ts'
import { t } from '../../messages/translate.ts'
import { useLoaded } from '../../ui/use-loaded.ts'
import { GuestForm } from './guest-form.tsx'
import { RunnerRow } from './runner-row.tsx'
import { Waiting } from '../../ui/waiting.tsx'

interface Props {
  readonly desk: Desk
  readonly run: GroupRun
  readonly started: boolean
  readonly toLive: () => void
}

export function PeopleStep({ desk, run, started, toLive }: Props) {
  const { groupId, name, practice } = run.run.value
  const [roster, again] = useLoaded(groupId ?? '', () => keptRoster(desk.outbox, groupId))
  const present = run.participants.value.filter(isShown)
  const clients = roster.state === 'there' ? (roster.value?.clients ?? []) : []
  const toReview = new Set<string | null>(clients.filter((one) => one.zoneNeedsReview).map(({ id }) => id))
  const ready = present.filter(({ live }) => live.runner.phase === 'waiting' && mayStart(live))
  const withoutStrap = ready.filter(({ stored }) => stored.strapId === null)
  const start = () => {
    desk.sounder.unlock()
    run.start(ready.map(({ stored }) => stored.id))
    toLive()
  }
  return (
    <>
      <h1>{name}</h1>
      {practice && <p class="practice">{t('group.practiceLabel')}</p>}
      <p class="quiet">{t('group.whoIsHere')}</p>
      {roster.state !== 'there' ? <Waiting loaded={roster} again={again} /> : <Absent run={run} clients={clients} />}
      <ul class="list runners">
        {present.map((participant) => (
          <RunnerRow
            key={participant.stored.id}
            desk={desk}
            run={run}
            participant={participant}
            needsReview={toReview.has(participant.stored.clientId)}
          />
        ))}
      </ul>
      <GuestForm join={(runner) => run.join(runner)} count={present.length} />
      {practice && <PracticeStraps desk={desk} run={run} />}
      <div class="dock">
        {withoutStrap.length > 0 && (
          <p role="status">
            {t('group.withoutStrap', { names: withoutStrap.map(({ stored }) => stored.alias).join(', ') })}
          </p>
        )}
        <div class="actions">
          {ready.length > 0 && (
            <button type="button" class="main" onClick={start}>
              {t('group.startAll', { count: ready.length })}
            </button>
          )}
          {started && (
            <button type="button" onClick={toLive}>
              {t('group.toLive')}
            </button>
          )}
          {!started && (
            <button type="button" onClick={() => void run.end().then(() => desk.close())}>
              {t('group.cancel')}
            </button>
          )}
        </div>
      </div>
    </>
  )
}

/** Clients of the group who are not here (yet): one touch and they are. */
function Absent({ run, clients }: { run: GroupRun; clients: readonly RosterClient[] }) {
  const here = new Set(
    run.participants.value.filter(({ live }) => live.runner.phase !== 'stopped').map(({ stored }) => stored.clientId),
  )
  const absent = clients.filter(({ id }) => !here.has(id))
  if (absent.length === 0) return null
  return (
    <section aria-label={t('group.notHereYet')}>
      <div class="chips">
        {absent.map((client) => (
          <button type="button" key={client.id} onClick={() => void run.join(toRunner(client))}>
            <span aria-hidden="true">＋</span> {client.firstName}
          </button>
        ))}
      </div>
    </section>
  )
}

const toRunner = ({ id, firstName, watchLevel, zone }: RosterClient): NewRunner => ({
  clientId: id,
  alias: firstName,
  watchLevel,
  zone,
})

/** Made straps, and made runners who wear them. */
function PracticeStraps({ desk, run }: { desk: Desk; run: GroupRun }) {
  const count = useSignal(0)
  const add = async () => {
    const names = ['Anna', 'Bram', 'Cem', 'Dina', 'Els', 'Fedde', 'Gijs', 'Hilde']
    const known = new Set(desk.straps.list.value.map(({ id }) => id))
    desk.straps.addPractice(4)
    for (const strap of desk.straps.list.value.filter(({ id }) => !known.has(id))) {
      const alias = names[count.value++ % names.length] ?? 'Anna'
      const zone = { id: null, source: 'manual' as const, ceilingBpm: 132, floorBpm: null, hardBpm: 162 }
      const id = await run.join({ clientId: null, alias, watchLevel: 'standard', zone })
      await desk.give(id, strap)
    }
  }
  return (
    <button type="button" onClick={() => void add()}>
      {t('group.addPractice')}
    </button>
  )
}
