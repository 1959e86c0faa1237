// While a group run is recorded, every screen and every sheet shows it: the most urgent runner by name and state,
// missing sound, and one tap back to the run. A screen reader hears every cue on every screen.
import type { GroupRunController } from '../group-run/controller.ts'
import type { GroupRun } from '../group-run/group-run.ts'
import { mostUrgent } from '../group-run/most-urgent.ts'
import { thisController, useController } from '../group-run/use-controller.ts'
import { t } from '../messages/translate.ts'
import { Announcer } from '../screens/group-runs/announcer.tsx'
import { NoSound } from '../screens/group-runs/no-sound.tsx'
import { StateWords } from '../screens/group-runs/state-words.tsx'
import { goTo, route } from '../ui/router.tsx'
import { isFullScreen } from './full-screen-places.ts'
import { OthersBar, OthersLine } from './others-line.tsx'
import './run-bar.css'

/** Shown once there is a run to tell of (group-run/run-here.ts). */
export function RunBar() {
  useController()
  const going = goingRun()
  const others = thisController.value?.others.value ?? null
  if (others !== null) return <OthersBar run={others} />
  if (going === null) return null
  const { controller, run } = going
  return (
    <>
      <Announcer run={run} />
      {!isFullScreen.value && (
        <div class="run-bar" data-hands>
          <NoSound controller={controller} />
          <ToRun run={run} go={() => toRun(controller)} />
        </div>
      )}
    </>
  )
}

/** The head of a sheet: all that is behind it is out of reach.
 *  @param about whom the sheet itself is about */
export function RunInSheet({ close, about }: { close: () => void; about: string | null }) {
  const going = goingRun()
  const others = thisController.value?.others.value ?? null
  if (others !== null) return <OthersLine run={others} close={close} />
  if (going === null) return null
  const { controller, run } = going
  const urgent = mostUrgent(run.tiles.value)
  const go = () => {
    close()
    toRun(controller)
  }
  return (
    <>
      <Announcer run={run} />
      <NoSound controller={controller} />
      {urgent !== null && urgent.id !== about && <ToRun run={run} go={go} />}
    </>
  )
}

function goingRun(): { readonly controller: GroupRunController; readonly run: GroupRun } | null {
  const controller = thisController.value
  const run = controller?.shown.value ?? null
  return controller === null || run === null || !controller.isGoing.value ? null : { controller, run }
}

function toRun(controller: GroupRunController): void {
  controller.atPeople.value = false
  if (route.value.screen !== 'group-run') goTo('/group-run')
}

function ToRun({ run, go }: { run: GroupRun; go: () => void }) {
  const urgent = mostUrgent(run.tiles.value)
  return (
    <button
      type="button"
      class={`to-run ${urgent === null ? '' : `state-${urgent.state}`}`}
      data-press={`run ${urgent?.id ?? ''}`}
      onClick={go}
    >
      {urgent === null ? (
        <span class="what">{t('live.inProgress', { name: run.run.value.name })}</span>
      ) : (
        <span class="what">
          <strong>{urgent.alias}</strong> <StateWords tile={urgent} />
        </span>
      )}
      <span class="where">{t('live.toRun')}</span>
    </button>
  )
}
