// A group run on this phone, step by step: choose, who is here, live, done. Which step it is follows from the run itself,
// so that a reload comes back to where it was.
import { useSignal } from '@preact/signals'
import type { Me } from '../../api/people.ts'
import { useDesk } from '../../group-run/use-desk.ts'
import { t } from '../../messages/translate.ts'
import { WaitingRecordings } from '../../sending/waiting-recordings.tsx'
import { Banners } from './banners.tsx'
import { ChooseGroup } from './choose-group.tsx'
import { EndedStep } from './ended-step.tsx'
import { LiveScreen } from './live-screen.tsx'
import { PeopleStep } from './people-step.tsx'
import './group-run.css'

export function GroupRunScreen({ me }: { me: Me }) {
  const opened = useDesk(me)
  /** Whether people are looked at while the run goes. */
  const atPeople = useSignal(false)
  if (opened.state === 'opening')
    return (
      <>
        <h1>{t('group.title')}</h1>
        {opened.problem === null ? (
          <p>{t('app.loading')}</p>
        ) : (
          <p class="card attention" role="alert">
            {t(`disk.problem.${opened.problem}`)}
          </p>
        )}
      </>
    )
  const { desk } = opened
  const run = desk.current.value
  if (run === null)
    return (
      <>
        <Banners desk={desk} />
        <WaitingRecordings />
        <ChooseGroup desk={desk} />
      </>
    )
  if (run.run.value.endedAtMs !== null) return <EndedStep desk={desk} run={run} />
  const started = run.participants.value.some(({ live }) => live.runner.startedAtMs !== null)
  if (started && !atPeople.value) return <LiveScreen desk={desk} run={run} toPeople={() => (atPeople.value = true)} />
  return (
    <>
      <Banners desk={desk} run={run} />
      <PeopleStep desk={desk} run={run} started={started} toLive={() => (atPeople.value = false)} />
    </>
  )
}
