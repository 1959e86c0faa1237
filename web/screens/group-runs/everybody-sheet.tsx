// Actions for everybody: pause, resume, stop, late runners, sound, and the state of the phone. Stop must be held, and
// first shows who still runs.
import { useSignal } from '@preact/signals'
import type { GroupRunController } from '../../group-run/controller.ts'
import { canFullScreen, isFullScreen, turnFullScreen } from '../../group-run/full-screen.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import type { Tile } from '../../group-run/tile.ts'
import { t } from '../../messages/translate.ts'
import { HoldButton } from '../../ui/hold-button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { DiskWords } from './disk-words.tsx'
import { StopQuestion } from './stop-question.tsx'

interface Props {
  readonly controller: GroupRunController
  readonly run: GroupRun
  readonly toPeople: () => void
  readonly close: () => void
}

const soundWords = { on: 'live.soundOn', off: 'live.soundOff', blocked: 'live.soundBlocked' } as const

export function EverybodySheet({ controller, run, toPeople, close }: Props) {
  const asking = useSignal(false)
  const idsIn = (phase: Tile['phase']) => run.tiles.value.filter((tile) => tile.phase === phase).map(({ id }) => id)
  const [running, paused] = [idsIn('running'), idsIn('paused')]
  const end = () => run.end()
  return (
    <Sheet title={t('live.everybody')} close={close}>
      {asking.value && (
        <StopQuestion
          question={t('live.endAsk')}
          yes={t('live.endSure')}
          stop={end}
          no={() => (asking.value = false)}
        />
      )}
      <div class="big-actions">
        {running.length > 0 && (
          <button type="button" onClick={() => (run.pause(running), close())}>
            {t('live.pauseAll')}
          </button>
        )}
        {paused.length > 0 && (
          <button type="button" class="main" onClick={() => (run.resume(paused), close())}>
            {t('live.resumeAll')}
          </button>
        )}
        <button type="button" onClick={() => (close(), toPeople())}>
          {t('live.people')}
        </button>
        <button
          type="button"
          class={controller.sound.value === 'blocked' ? 'main' : undefined}
          aria-pressed={controller.sound.value === 'on'}
          onClick={() => controller.phone.pressSound()}
        >
          {t(soundWords[controller.sound.value])}
        </button>
        {canFullScreen && (
          <button type="button" aria-pressed={isFullScreen.value} onClick={() => turnFullScreen(!isFullScreen.value)}>
            {t('live.fullScreen')}
          </button>
        )}
      </div>
      <section class="the-end">
        <StillOut tiles={run.tiles.value} />
        <HoldButton held={end} ask={() => (asking.value = true)}>
          {t('live.end')}
        </HoldButton>
      </section>
      <DiskWords controller={controller} />
      <p class="quiet">{t('live.stopWords')}</p>
      <p class="quiet">{t('app.standing')}</p>
    </Sheet>
  )
}

/** Who has not been stopped yet, and who of them gives no heart rate: by name, before the run ends for everybody. */
function StillOut({ tiles }: { tiles: readonly Tile[] }) {
  const out = tiles.filter(({ phase }) => phase === 'running' || phase === 'paused')
  const silent = out.filter(({ phase, heartRateBpm, isOld }) => phase === 'running' && (heartRateBpm === null || isOld))
  const names = (some: readonly Tile[]) => some.map(({ alias }) => alias).join(', ')
  if (out.length === 0) return null
  return (
    <p>
      {t('live.stillOut', { names: names(out) })}
      {silent.length > 0 && <strong class="silent"> {t('live.noBeat', { names: names(silent) })}</strong>}
    </p>
  )
}
