// A group run on this phone, step by step: choose, people, live, ended. The run itself decides the step, so a reload
// returns to the same place.
import { useLayoutEffect } from 'preact/hooks'
import { useController } from '../../group-run/use-controller.ts'
import type { GroupRunController } from '../../group-run/controller.ts'
import { t } from '../../messages/translate.ts'
import { WaitingRecordings } from '../../sending/waiting-recordings.tsx'
import { stopBack } from '../../ui/back.ts'
import { Banners } from './banners.tsx'
import { ChooseGroup } from './choose-group.tsx'
import { EndedStep } from './ended-step.tsx'
import { LiveScreen } from './live-screen.tsx'
import type { OutboxProblem } from '../../outbox/outbox.ts'
import { OthersRun } from './others-run.tsx'
import { PeopleStep } from './people-step.tsx'
import { RecentRuns } from './recent-runs.tsx'
import { UndoLines } from './undo-lines.tsx'
import './group-run.css'
import './banners.css'
import './live.css'
import './states.css'
import './tiles.css'
import './large-letters.css'

export function GroupRunScreen() {
  const opened = useController()
  return (
    <div data-hands>
      {opened.state === 'there' ? <Step controller={opened.controller} /> : <Opening problem={opened.problem} />}
    </div>
  )
}

function Opening({ problem }: { problem: OutboxProblem | null }) {
  return (
    <>
      <h1>{t('group.title')}</h1>
      {problem === null ? (
        <p>{t('app.loading')}</p>
      ) : (
        <p class="card attention" role="alert">
          {t(`disk.problem.${problem}`)}
        </p>
      )}
    </>
  )
}

function Step({ controller }: { controller: GroupRunController }) {
  const run = controller.shown.value
  const others = controller.others.value
  if (others !== null) return <OthersRun controller={controller} run={others} />
  if (run === null)
    return (
      <>
        <Banners controller={controller} />
        <WaitingRecordings />
        <RecentRuns controller={controller} />
        <ChooseGroup controller={controller} />
      </>
    )
  if (run.run.value.endedAtMs !== null) return <EndedStep controller={controller} run={run} />
  const started = run.participants.value.some(({ live }) => live.runner.startedAtMs !== null)
  if (started && !controller.atPeople.value)
    return <LiveScreen controller={controller} run={run} toPeople={() => (controller.atPeople.value = true)} />
  return (
    <>
      <UndoLines run={run} />
      <Banners controller={controller} run={run} />
      <PeopleStep
        controller={controller}
        run={run}
        started={started}
        toLive={() => (controller.atPeople.value = false)}
      />
      {started && <BackTo step={() => (controller.atPeople.value = false)} />}
    </>
  )
}

/** Back leads to the run that goes on. */
function BackTo({ step }: { step: () => void }) {
  useLayoutEffect(() => stopBack(step), [])
  return null
}
