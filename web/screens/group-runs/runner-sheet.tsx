// Actions for one runner during the run: told, mute, snooze, acknowledge, pause, another strap, and stop (which must be
// held).
import { useSignal } from '@preact/signals'
import type { GroupRunController } from '../../group-run/controller.ts'
import { mayStart } from '../../group-run/group-run-parts.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { isUrgent } from '../../group-run/most-urgent.ts'
import { isWithin, REOPEN_MS } from '../../group-run/taken-back.ts'
import type { Tile } from '../../group-run/tile.ts'
import { clock } from '../../charts/chart-data.ts'
import { t } from '../../messages/translate.ts'
import { HoldButton } from '../../ui/hold-button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { LimitWords } from './limit-words.tsx'
import { StateWords } from './state-words.tsx'
import { StopQuestion } from './stop-question.tsx'
import { StrapSheet } from './strap-sheet.tsx'
import { StrapWords } from './strap-words.tsx'

interface Props {
  readonly controller: GroupRunController
  readonly run: GroupRun
  readonly tile: Tile
  readonly close: () => void
}

export function RunnerSheet({ controller, run, tile, close }: Props) {
  const atStrap = useSignal(false)
  const asking = useSignal(false)
  const participant = run.participants.value.find(({ stored }) => stored.id === tile.id)
  if (participant === undefined) return null
  if (atStrap.value) return <StrapSheet controller={controller} run={run} participant={participant} close={close} />
  const { id, state, phase, ceilingBpm } = tile
  const strapId = participant.stored.strapId
  const strap = controller.straps.list.value.find((one) => one.id === strapId)
  const act = (work: (id: string) => void) => () => {
    work(id)
    close()
  }
  const stop = act((one) => run.stop([one]))
  return (
    <Sheet title={tile.alias} close={close} about={id}>
      {asking.value && (
        <StopQuestion
          question={t('live.stopAsk', { name: tile.alias })}
          yes={t('live.stopSure', { name: tile.alias })}
          stop={stop}
          no={() => (asking.value = false)}
        />
      )}
      <p class={`state-line state-${state}`}>
        <StateWords tile={tile} /> ·{' '}
        {ceilingBpm === null ? t('clients.noZone') : t('clients.ceiling', { bpm: ceilingBpm })}
      </p>
      <LimitWords controller={controller} run={run} participant={participant} />
      <StrapWords controller={controller} strapId={strapId} />
      <div class="big-actions">
        {phase === 'running' && (
          <button
            type="button"
            class={isUrgent(state) ? 'main' : undefined}
            onClick={act((one) => run.handle(one, 'told'))}
          >
            {t('live.told')}
          </button>
        )}
        {tile.sound !== null && (
          <button type="button" onClick={act((one) => run.handle(one, 'acknowledge'))}>
            {t('live.mute')}
          </button>
        )}
        {tile.maySnooze && (
          <button type="button" onClick={act((one) => run.handle(one, 'snooze'))}>
            {t('live.snooze')}
          </button>
        )}
        {tile.latchedAtS !== null && (
          <button type="button" onClick={act((one) => run.handle(one, 'acknowledge'))}>
            {t('live.latch')}
          </button>
        )}
        {strap?.needsTap === true && (
          <button type="button" class="main" onClick={() => void controller.wearing.tap(strap.id)}>
            {t('strap.tap', { name: tile.alias })}
          </button>
        )}
        {phase === 'waiting' && mayStart(participant.live) && (
          <button type="button" class="main" onClick={act((one) => run.start([one]))}>
            {t('live.start')}
          </button>
        )}
        {phase === 'running' && (
          <button type="button" onClick={act((one) => run.pause([one]))}>
            {t('live.pause')}
          </button>
        )}
        {phase === 'paused' && (
          <button type="button" class="main" onClick={act((one) => run.resume([one]))}>
            {t('live.resume')}
          </button>
        )}
        {phase !== 'stopped' && (
          <button type="button" onClick={() => (atStrap.value = true)}>
            {t(strapId === null ? 'group.giveStrap' : 'group.otherStrap')}
          </button>
        )}
        {phase === 'stopped' && isWithin(participant.live.stopAtMs, REOPEN_MS, controller.nowMs()) && (
          <button type="button" onClick={act((one) => run.continueRun([one]))}>
            {t('live.goesOn')}
          </button>
        )}
        {(phase === 'running' || phase === 'paused') && (
          <HoldButton held={stop} ask={() => (asking.value = true)}>
            {t('live.stop')}
          </HoldButton>
        )}
      </div>
      <Told cues={participant.live.cues} />
    </Sheet>
  )
}

/** The last lines of what was said of this runner. */
function Told({ cues }: { cues: Participants['live']['cues'] }) {
  if (cues.length === 0) return null
  return (
    <ul class="quiet">
      {cues
        .slice(-6)
        .toReversed()
        .map(([atS, kind]) => (
          <li key={`${atS} ${kind}`}>{t('run.cueAt', { time: clock(atS), what: t(`cue.${kind}`) })}</li>
        ))}
    </ul>
  )
}
type Participants = GroupRun['participants']['value'][number]
