// A run of somebody else goes on this phone: whoever may record reads that it is there and how to get to it, nobody else reads
// anything, and both read that it sounds, without a name or a number.
import type { GroupRun } from '../group-run/group-run.ts'
import { soundingTile } from '../group-run/tile.ts'
import { t } from '../messages/translate.ts'
import { here } from '../session/here.ts'
import { goTo, route } from '../ui/router.tsx'

export function OthersBar({ run }: { run: GroupRun }) {
  // Whoever may record reads all of it on the run's own screen.
  const isThere = here.value?.mayRecord === true ? route.value.screen !== 'group-run' : othersAlarm(run) !== null
  if (!isThere) return null
  return (
    <div class="run-bar" data-hands>
      <OthersLine run={run} />
    </div>
  )
}

/** @param close what covers the page, where something does */
export function OthersLine({ run, close }: { run: GroupRun; close?: () => void }) {
  const alarm = othersAlarm(run)
  if (here.value?.mayRecord !== true)
    return alarm === null ? null : (
      <p class="banner loud" role="alert">
        {t('others.forTherapist')}
      </p>
    )
  const go = () => {
    close?.()
    goTo('/group-run')
  }
  return (
    <button type="button" class="to-run" data-press="run" onClick={go}>
      <span class="what" role={alarm === null ? undefined : 'alert'}>
        {alarm ?? othersName(run)}
      </span>
      <span class="where">{t('others.look')}</span>
    </button>
  )
}

/** What sounds, without saying who it is about; null where nothing does. */
export function othersAlarm(run: GroupRun): string | null {
  const sound = soundingTile(run.tiles.value)?.sound ?? null
  if (sound === null || sound === 'info') return null
  return t(sound === 'high' ? 'others.hard' : 'others.over')
}

/** Whose run it is. */
export function othersName(run: GroupRun): string {
  const name = run.run.value.holder?.name ?? null
  return name === null ? t('others.ofColleague') : t('others.of', { name })
}
