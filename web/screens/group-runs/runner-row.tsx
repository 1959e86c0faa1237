// One runner before the start: limit, check-in, strap, and the current heart rate of the strap.
import { useSignal } from '@preact/signals'
import type { GroupRunController } from '../../group-run/controller.ts'
import { mayStart } from '../../group-run/group-run-parts.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import type { Participant } from '../../group-run/participants.ts'
import { t } from '../../messages/translate.ts'
import { CheckInSheet } from './check-in-sheet.tsx'
import { LimitWords } from './limit-words.tsx'
import { RenameSheet } from './rename-sheet.tsx'
import { StateWords } from './state-words.tsx'
import { StrapSheet } from './strap-sheet.tsx'
import { StrapWords } from './strap-words.tsx'

interface Props {
  readonly controller: GroupRunController
  readonly run: GroupRun
  readonly participant: Participant
  /** Rule A10: a check-in since the newest limit said so. */
  readonly needsReview: boolean
}

export function RunnerRow({ controller, run, participant, needsReview }: Props) {
  const open = useSignal<'check-in' | 'strap' | 'name' | null>(null)
  const { stored, live } = participant
  // What the runner's own fold says changes without a new object: read as of this beat.
  const tile = run.tiles.value.find(({ id }) => id === stored.id)
  const { phase, checkIn } = live.runner
  const isWaiting = phase === 'waiting'
  return (
    <li class="card runner">
      <div class="who">
        <h2>{stored.alias}</h2>
        <span class="quiet">
          {stored.zone?.ceilingBpm == null
            ? t('clients.noZone')
            : t('clients.ceiling', { bpm: stored.zone.ceilingBpm })}
          {stored.clientId === null && !run.run.value.practice && ` · ${t('group.guest')}`}
        </span>
        {!isWaiting && tile !== undefined && (
          <span class={`badge state-${tile.state}`}>
            <StateWords tile={tile} />
          </span>
        )}
      </div>
      {isWaiting && checkIn !== null && (
        <p class={`badge check-${checkIn.result}`}>
          {t('group.checkIn')}: {t(`check_in.result.${checkIn.result}`)}
        </p>
      )}
      {isWaiting && !mayStart(live) && <p class="quiet">{t('words.check_in.not_today')}</p>}
      {isWaiting && needsReview && <p class="quiet">{t('group.zoneNeedsReview')}</p>}
      <LimitWords controller={controller} run={run} participant={participant} />
      <StrapWords controller={controller} strapId={stored.strapId} />
      <div class="actions">
        {isWaiting && (
          <button type="button" onClick={() => (open.value = 'check-in')}>
            {t(checkIn === null ? 'group.checkIn' : 'group.checkInAgain')}
            <span class="for-reader"> {stored.alias}</span>
          </button>
        )}
        {phase !== 'stopped' && (
          <button type="button" onClick={() => (open.value = 'strap')}>
            {t(stored.strapId === null ? 'group.giveStrap' : 'group.otherStrap')}
            <span class="for-reader"> {stored.alias}</span>
          </button>
        )}
        {phase !== 'stopped' && (
          <button type="button" onClick={() => (open.value = 'name')}>
            {t('group.rename')}
            <span class="for-reader"> {stored.alias}</span>
          </button>
        )}
        {isWaiting && (
          <button type="button" onClick={() => run.leave(stored.id)}>
            {t('group.notHere')}
            <span class="for-reader"> {stored.alias}</span>
          </button>
        )}
      </div>
      {open.value === 'check-in' && (
        <CheckInSheet
          alias={stored.alias}
          save={(outcome) => run.checkIn(stored.id, outcome)}
          close={() => (open.value = null)}
        />
      )}
      {open.value === 'name' && (
        <RenameSheet
          alias={stored.alias}
          save={(alias) => controller.rename(stored.id, alias)}
          close={() => (open.value = null)}
        />
      )}
      {open.value === 'strap' && (
        <StrapSheet controller={controller} run={run} participant={participant} close={() => (open.value = null)} />
      )}
    </li>
  )
}
