// The live screen: one big tile for each runner, the most urgent first, and above them the runner who must be told now.
// Everything shows this moment. With up to twelve runners nothing scrolls on a phone. Back asks, and ends nothing.
import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import { isFullScreen } from '../../frame/full-screen-places.ts'
import type { GroupRunController } from '../../group-run/controller.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { mostUrgent } from '../../group-run/most-urgent.ts'
import { t } from '../../messages/translate.ts'
import { stopBack } from '../../ui/back.ts'
import { Banners } from './banners.tsx'
import { EverybodySheet } from './everybody-sheet.tsx'
import { LeaveSheet } from './leave-sheet.tsx'
import { LiveTile } from './live-tile.tsx'
import { NoSound } from './no-sound.tsx'
import { PauseLine } from './pause-line.tsx'
import { PlanClock } from './plan-clock.tsx'
import { RunnerSheet } from './runner-sheet.tsx'
import { UndoLines } from './undo-lines.tsx'
import { UrgentBar } from './urgent-bar.tsx'

/** Which sheet is open: one of the run's, or a runner's. */
type Opened = 'everybody' | 'leave' | { readonly runnerId: string } | null

export function LiveScreen({
  controller,
  run,
  toPeople,
}: {
  controller: GroupRunController
  run: GroupRun
  toPeople: () => void
}) {
  const open = useSignal<Opened>(null)
  const close = () => (open.value = null)
  const tiles = run.tiles.value
  useLayoutEffect(() => {
    isFullScreen.value = true
    const stopped = stopBack(() => (open.value = 'leave'))
    return () => {
      isFullScreen.value = false
      stopped()
    }
  }, [])
  const runnerId = typeof open.value === 'object' ? open.value?.runnerId : undefined
  const opened = tiles.find(({ id }) => id === runnerId)
  return (
    <div class="live">
      <div class="live-head">
        <h1 class="for-reader">{t('live.title', { name: run.run.value.name })}</h1>
        <div class="live-clock">
          <PlanClock run={run} />
          {run.run.value.practice && <span class="practice">{t('group.practiceShort')}</span>}
        </div>
        <UrgentBar controller={controller} run={run} tile={mostUrgent(tiles)} />
        <button type="button" class="everybody" onClick={() => (open.value = 'everybody')}>
          {t('live.everybody')}
        </button>
      </div>
      <div class="notices">
        <NoSound controller={controller} />
        <PauseLine run={run} />
        <UndoLines run={run} />
        <Banners controller={controller} run={run} />
      </div>
      <ul class={`tiles of-${Math.min(tiles.length, 12)}`} aria-label={t('live.runners')}>
        {tiles.map((tile) => (
          <LiveTile
            key={tile.id}
            controller={controller}
            run={run}
            tile={tile}
            open={() => (open.value = { runnerId: tile.id })}
          />
        ))}
      </ul>
      {open.value === 'everybody' && (
        <EverybodySheet controller={controller} run={run} toPeople={toPeople} close={close} />
      )}
      {open.value === 'leave' && <LeaveSheet close={close} />}
      {opened !== undefined && <RunnerSheet controller={controller} run={run} tile={opened} close={close} />}
    </div>
  )
}
