// Shows paused runners on the live screen, with the way back, and more prominently after a while. A paused runner gets
// only HARD alarms, and only a person ends a pause, so the pause must stay visible.
import { clock } from '../../charts/chart-data.ts'
import type { GroupRun } from '../../group-run/group-run.ts'
import { t } from '../../messages/translate.ts'

/** Longer than people stretch or wait at a road (product choice). */
const LONG_S = 300

export function PauseLine({ run }: { run: GroupRun }) {
  const paused = run.tiles.value.filter(({ phase }) => phase === 'paused')
  if (paused.length === 0) return null
  const ids = paused.map(({ id }) => id)
  const names = paused.map(({ alias }) => alias).join(', ')
  const forS = Math.max(...paused.map(({ pausedForS }) => pausedForS ?? 0))
  return (
    <div class={`banner ${forS >= LONG_S ? 'loud' : ''}`} data-press={`pause ${ids.join(' ')}`}>
      <span>
        {t('live.pausedFor', { names, time: clock(forS) })}
        {forS >= LONG_S && (
          <span class="for-reader" role="alert">
            {t('live.pauseLong')}
          </span>
        )}
      </span>
      <button type="button" onClick={() => run.resume(ids)}>
        {t('live.resume')}
        <span class="for-reader"> {names}</span>
      </button>
    </div>
  )
}
