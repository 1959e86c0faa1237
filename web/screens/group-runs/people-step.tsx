// The people of today: check-in and strap of each runner, guests, and the start for all. Late runners join here too.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { GroupRunController } from '../../group-run/controller.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { isShown, mayStart } from '../../group-run/group-run-parts.ts'
import type { Roster, RosterClient } from '../../../src/live/protocol.ts'
import { aliasesOf, sharesName } from '../../group-run/aliases.ts'
import { isOldLimit, limitsIn } from '../../group-run/limits.ts'
import { t } from '../../messages/translate.ts'
import { GuestForm } from './guest-form.tsx'
import { RunnerRow } from './runner-row.tsx'
import { RosterAge, RosterGone } from './roster-words.tsx'

interface Props {
  readonly controller: GroupRunController
  readonly run: GroupRun
  readonly started: boolean
  readonly toLive: () => void
}

export function PeopleStep({ controller, run, started, toLive }: Props) {
  const { groupId, name, practice } = run.run.value
  useEffect(() => {
    if (groupId !== null) void controller.rosters.refresh()
  }, [controller, groupId])
  const roster = controller.rosterOf(run)
  const present = run.participants.value.filter(isShown)
  const clients = roster?.clients ?? []
  const toReview = new Set<string | null>(clients.filter((one) => one.zoneNeedsReview).map(({ id }) => id))
  const ready = present.filter(({ live }) => live.runner.phase === 'waiting' && mayStart(live))
  const withoutStrap = ready.filter(({ stored }) => stored.strapId === null)
  const oldLimits = ready.filter(({ stored }) => isOldLimit(stored.limitsAsOfMs ?? null, Date.now()))
  const start = () => {
    run.start(ready.map(({ stored }) => stored.id))
    toLive()
  }
  return (
    <>
      <h1>{name}</h1>
      {practice && <p class="practice">{t('group.practiceLabel')}</p>}
      <p class="quiet">{t('group.whoIsHere')}</p>
      <RosterGone controller={controller} />
      <RosterAge controller={controller} groupId={groupId} />
      {groupId !== null && controller.rosters.known.value === null && <p role="status">{t('group.asking')}</p>}
      {roster !== null && <Absent controller={controller} run={run} roster={roster} />}
      <ul class="list runners">
        {present.map((participant) => (
          <RunnerRow
            key={participant.stored.id}
            controller={controller}
            run={run}
            participant={participant}
            needsReview={toReview.has(participant.stored.clientId)}
          />
        ))}
      </ul>
      <GuestForm
        join={(runner) => run.join(runner)}
        count={present.length}
        parameters={run.run.value.settings.parameters}
        names={[...clients.map(({ firstName }) => firstName), ...present.map(({ stored }) => stored.alias)]}
      />
      {practice && <PracticeStraps controller={controller} run={run} />}
      <div class="dock">
        {withoutStrap.length > 0 && (
          <p role="status">
            {t('group.withoutStrap', { names: withoutStrap.map(({ stored }) => stored.alias).join(', ') })}
          </p>
        )}
        {oldLimits.length > 0 && (
          <p role="status" class="mark">
            {t('limit.oldNames', { names: oldLimits.map(({ stored }) => stored.alias).join(', ') })}
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
            <button type="button" onClick={() => (run.end(), controller.close())}>
              {t('group.cancel')}
            </button>
          )}
        </div>
      </div>
    </>
  )
}

/** Clients of the group who are not here (yet): one touch and they are. Those of one name say their limit too. */
function Absent({ controller, run, roster }: { controller: GroupRunController; run: GroupRun; roster: Roster }) {
  const { clients } = roster
  const participants = run.participants.value
  const here = new Set(
    participants.filter(({ live }) => live.runner.phase !== 'stopped').map(({ stored }) => stored.clientId),
  )
  const ran = new Set(participants.filter(isShown).map(({ stored }) => stored.clientId))
  const absent = clients.filter(({ id }) => !here.has(id))
  if (absent.length === 0) return null
  const aliases = aliasesOf(clients, controller.aliases.value)
  const join = (client: RosterClient) => {
    const limits = limitsIn(roster, client.id)
    const name = aliases.get(client.id) ?? client.firstName
    const alias = ran.has(client.id) ? t('group.again', { name }) : name
    if (limits !== null) run.join({ clientId: client.id, alias, ...limits })
  }
  return (
    <section aria-label={t('group.notHereYet')}>
      <div class="chips">
        {absent.map((client) => (
          <button type="button" key={client.id} onClick={() => join(client)}>
            <span aria-hidden="true">+&nbsp;</span>
            {chipText(client, aliases.get(client.id) ?? client.firstName, sharesName(clients, client))}
          </button>
        ))}
      </div>
    </section>
  )
}

function chipText({ zone }: RosterClient, name: string, hasNamesake: boolean): string {
  if (!hasNamesake) return name
  const limit = zone?.ceilingBpm == null ? t('clients.noZone') : t('clients.ceiling', { bpm: zone.ceilingBpm })
  return t('group.chipLimit', { name, limit })
}

/** Made straps, and made runners who wear them. */
function PracticeStraps({ controller, run }: { controller: GroupRunController; run: GroupRun }) {
  const count = useSignal(0)
  const add = () => {
    const names = ['Anna', 'Bram', 'Cem', 'Dina', 'Els', 'Fedde', 'Gijs', 'Hilde']
    const known = new Set(controller.straps.list.value.map(({ id }) => id))
    controller.straps.addPractice(4)
    for (const strap of controller.straps.list.value.filter(({ id }) => !known.has(id))) {
      const alias = names[count.value++ % names.length] ?? 'Anna'
      const zone = { id: null, source: 'manual' as const, ceilingBpm: 132, floorBpm: null, hardBpm: 162 }
      const { parameters } = run.run.value.settings
      const id = run.join({
        clientId: null,
        alias,
        watchLevel: 'standard',
        zone,
        limitsAsOfMs: null,
        parameters,
      })
      controller.wearing.give(id, strap)
    }
  }
  return (
    <button type="button" onClick={add}>
      {t('group.addPractice')}
    </button>
  )
}
