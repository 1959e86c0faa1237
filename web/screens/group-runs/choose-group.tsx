// The first step: which group, and how long. Each group shows the age of its limits, and why they are old if they are.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Roster } from '../../../src/live/protocol.ts'
import type { GroupRunController } from '../../group-run/controller.ts'
import type { KnownRoster } from '../../group-run/roster.ts'
import { formatMoment, t } from '../../messages/translate.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { PlanFields, planOf, plainPlan } from './plan-fields.tsx'
import { BluetoothCard } from './bluetooth-card.tsx'
import { RosterGone, rosterProblem } from './roster-words.tsx'

export function ChooseGroup({ controller }: { controller: GroupRunController }) {
  const plan = useSignal(plainPlan)
  useEffect(() => void controller.rosters.refresh(), [controller])
  const begin = (roster: Roster | null, practice: boolean) =>
    controller.begin({
      groupId: roster?.groupId ?? null,
      name: roster?.name ?? t(practice ? 'group.practice' : 'group.guestsOnly'),
      plan: planOf(plan.value),
      practice,
      settings: { parameters: roster?.parameters ?? {} },
    })
  const known = controller.rosters.known.value
  return (
    <>
      <h1>{t('group.title')}</h1>
      <BluetoothCard controller={controller} />
      <section class="card">
        <h2>{t('group.plan')}</h2>
        <PlanFields fields={plan} />
      </section>
      <section class="card">
        <h2>{t('group.which')}</h2>
        <RosterGone controller={controller} />
        {known === null ? (
          <p role="status">{t('group.asking')}</p>
        ) : (
          <ul class="list">
            {known.map((one) => (
              <GroupChoice
                key={one.groupId}
                known={one}
                hasNamesake={known.some(({ groupId, name }) => groupId !== one.groupId && name === one.name)}
                begin={(roster) => begin(roster, false)}
              />
            ))}
            {known.length === 0 && <li>{t('group.none')}</li>}
          </ul>
        )}
      </section>
      <section class="card">
        <h2>{t('group.other')}</h2>
        <div class="actions">
          <ActButton work={() => begin(null, false)}>{t('group.guestsOnly')}</ActButton>
          <ActButton work={() => begin(null, true)}>{t('group.practice')}</ActButton>
        </div>
        <p class="quiet">{t('group.practiceWhat')}</p>
      </section>
    </>
  )
}

interface ChoiceProps {
  readonly known: KnownRoster
  /** Another group has its name: then its people tell them apart. */
  readonly hasNamesake: boolean
  readonly begin: (roster: Roster) => Promise<void>
}

const SOME = 4

function GroupChoice({ known: { name, roster, problem }, hasNamesake, begin }: ChoiceProps) {
  if (roster === null)
    return (
      <li class="pick">
        <span>{name}</span>
        <span class="mark">{t('group.notKnown', { why: rosterProblem(problem) })}</span>
      </li>
    )
  const some = roster.clients.slice(0, SOME).map(({ firstName }) => firstName)
  return (
    <li class="pick">
      <ActButton main work={() => begin(roster)}>
        {name}
        {hasNamesake && some.length > 0 && ` (${t('group.sameNameOf', { names: some.join(', ') })})`}
      </ActButton>
      <span class="quiet">
        {t('group.members', { count: roster.clients.length })} ·{' '}
        {t('group.asOf', { moment: formatMoment(roster.fetchedAtMs) })}
      </span>
      {problem !== null && <span class="mark">{t('group.copy', { why: rosterProblem(problem) })}</span>}
    </li>
  )
}
