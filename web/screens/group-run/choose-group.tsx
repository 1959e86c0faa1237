// The first step: with which group, and how long. Without a network the groups that this phone knows.
import { useSignal } from '@preact/signals'
import type { Desk } from '../../group-run/desk.ts'
import type { Roster } from '../../../src/live/protocol.ts'
import { loadRosters } from '../../group-run/roster.ts'
import { formatMoment, t } from '../../messages/translate.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { PlanFields, planOf, plainPlan } from './plan-fields.tsx'
import { BluetoothCard } from './bluetooth-card.tsx'

export function ChooseGroup({ desk }: { desk: Desk }) {
  const [loaded, again] = useLoaded('rosters', () => loadRosters(desk.outbox))
  const plan = useSignal(plainPlan)
  const begin = (roster: Roster | null, practice: boolean) =>
    desk.begin({
      groupId: roster?.groupId ?? null,
      name: roster?.name ?? t(practice ? 'group.practice' : 'group.guestsOnly'),
      plan: planOf(plan.value),
      practice,
      settings: { parameters: roster?.parameters ?? {} },
    })
  return (
    <>
      <h1>{t('group.title')}</h1>
      <BluetoothCard desk={desk} />
      <section class="card">
        <h2>{t('group.plan')}</h2>
        <PlanFields fields={plan} />
      </section>
      <section class="card">
        <h2>{t('group.which')}</h2>
        {loaded.state !== 'there' ? (
          <Waiting loaded={loaded} again={again} />
        ) : (
          <ul class="list">
            {loaded.value.map((roster) => (
              <li key={roster.groupId} class="pick">
                <ActButton main work={() => begin(roster, false)}>
                  {roster.name}
                </ActButton>
                <span class="quiet">
                  {t('group.members', { count: roster.clients.length })} ·{' '}
                  {t('group.asOf', { moment: formatMoment(roster.fetchedAtMs) })}
                </span>
              </li>
            ))}
            {loaded.value.length === 0 && <li>{t('group.none')}</li>}
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
