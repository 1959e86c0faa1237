// Shown while somebody else's run is recorded on this phone. People who may record see that it is there and how to get
// to it. Other people see nothing. Both see that an alarm sounds, without a name or a number.
import type { GroupRun } from '../group-run/group-run.ts'
import { soundingTile, type TileState } from '../group-run/tile.ts'
import { t } from '../messages/translate.ts'
import { here } from '../session/here.ts'
import { goTo, route } from '../ui/router.tsx'

export function OthersBar({ run }: { run: GroupRun }) {
  // People who may record read the details on the run's own screen.
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
      <p class={alarm.isLoud ? 'banner loud' : 'banner'} role="alert">
        {t(alarm.isLoud ? 'others.forTherapist' : 'others.noSignalHere')}
      </p>
    )
  const go = () => {
    close?.()
    goTo('/group-run')
  }
  return (
    <button
      type="button"
      class={`to-run ${alarm === null ? '' : `state-${alarm.state}`}`}
      data-press="run"
      onClick={go}
    >
      <span class="what" role={alarm === null ? undefined : 'alert'}>
        {alarm?.words ?? othersName(run)}
      </span>
      <span class="where">{t('others.look')}</span>
    </button>
  )
}

interface OthersAlarm {
  readonly words: string
  /** Of the runner it is about: looks as on the live screen. */
  readonly state: TileState
  /** Somebody goes too hard; where it is only that nothing is measured, it can wait for the therapist. */
  readonly isLoud: boolean
}

/** The alarm that sounds, without the runner's name; null if none does. */
export function othersAlarm(run: GroupRun): OthersAlarm | null {
  const { sound, state } = soundingTile(run.tiles.value) ?? { sound: null, state: null }
  if (sound === null || sound === 'info' || state === null) return null
  const isSilent = state === 'no_signal' || state === 'no_signal_over'
  const words = t(sound === 'high' ? 'others.hard' : isSilent ? 'others.noSignal' : 'others.over')
  return { words, state, isLoud: !isSilent }
}

/** The holder of the run. */
export function othersName(run: GroupRun): string {
  const name = run.run.value.holder?.name ?? null
  return name === null ? t('others.ofColleague') : t('others.of', { name })
}
