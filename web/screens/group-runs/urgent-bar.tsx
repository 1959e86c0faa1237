// The runner who must be told now, with the two buttons for hands in gloves. Its place stays free when there is no such
// runner, so that no tile moves. Its buttons are for the runner that they name and nobody else.
import type { GroupRunController } from '../../group-run/controller.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { isUrgent } from '../../group-run/most-urgent.ts'
import type { Tile } from '../../group-run/tile.ts'
import { t } from '../../messages/translate.ts'

export function UrgentBar({
  controller,
  run,
  tile,
}: {
  controller: GroupRunController
  run: GroupRun
  tile: Tile | null
}) {
  return (
    <div class="urgent-place">
      {tile === null ? <Idle controller={controller} run={run} /> : <Bar key={tile.id} run={run} tile={tile} />}
    </div>
  )
}

function Idle({ controller, run }: { controller: GroupRunController; run: GroupRun }) {
  const count = (phase: Tile['phase']) => run.tiles.value.filter((tile) => tile.phase === phase).length
  return (
    <p class="urgent-idle">
      {t('live.idle', { running: count('running'), paused: count('paused') })}
      {controller.sound.value === 'off' && <span class="mark">{t('live.soundOffShort')}</span>}
    </p>
  )
}

function Bar({ run, tile }: { run: GroupRun; tile: Tile }) {
  const { id, alias, state } = tile
  const isTold = tile.toldAtS !== null
  return (
    <div class={`urgent state-${state}`} data-press={`urgent ${id}`}>
      <p>
        <strong>{alias}</strong> <span>{t(`tile.do.${state}`)}</span>
      </p>
      <div class="actions">
        {isUrgent(state) && (
          <button type="button" aria-pressed={isTold} onClick={() => run.handle(id, 'told')}>
            {isTold && <span aria-hidden="true">✓</span>} {t('live.told')} <span class="whom">{alias}</span>
          </button>
        )}
        {tile.mutedLeftS === null && tile.sound !== null && (
          <button type="button" onClick={() => run.handle(id, 'acknowledge')}>
            {t('live.mute')} <span class="whom">{alias}</span>
          </button>
        )}
      </div>
    </div>
  )
}
