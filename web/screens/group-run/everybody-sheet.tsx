// What concerns everybody: pause, resume, stop, who comes later, sound, and how the phone itself is.
import { useSignal } from '@preact/signals'
import type { Desk } from '../../group-run/desk.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { t } from '../../messages/translate.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { DiskWords } from './disk-words.tsx'

interface Props {
  readonly desk: Desk
  readonly run: GroupRun
  readonly toPeople: () => void
  readonly close: () => void
}

export function EverybodySheet({ desk, run, toPeople, close }: Props) {
  const ending = useSignal(false)
  const idsIn = (phase: string) => run.tiles.value.filter((tile) => tile.phase === phase).map(({ id }) => id)
  const [running, paused] = [idsIn('running'), idsIn('paused')]
  return (
    <Sheet title={t('live.everybody')} close={close}>
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
          aria-pressed={desk.soundOn.value}
          onClick={() => {
            desk.sounder.unlock()
            desk.soundOn.value = !desk.soundOn.value
          }}
        >
          {t(desk.soundOn.value ? 'live.soundOn' : 'live.soundOff')}
        </button>
        {ending.value ? (
          <button type="button" class="main" onClick={() => run.end()}>
            {t('live.endSure')}
          </button>
        ) : (
          <button type="button" onClick={() => (ending.value = true)}>
            {t('live.end')}
          </button>
        )}
      </div>
      <DiskWords desk={desk} />
      <p class="quiet">{t('live.stopWords')}</p>
      <p class="quiet">{t('app.standing')}</p>
    </Sheet>
  )
}
