// The agreed plan of a client in words, the progress of the weeks beside it, earlier agreements, and a button to make a
// new one.
import { listPlans, type Plans } from '../../../../api/self-report.ts'
import { weekName } from '../../../../charts/weeks/week-days.ts'
import { t } from '../../../../messages/translate.ts'
import { WideTable } from '../../../../ui/wide-table.tsx'
import { useLoaded } from '../../../../ui/use-loaded.ts'
import { Waiting } from '../../../../ui/waiting.tsx'
import { PlanForm } from './plan-form.tsx'
import { planSentence, progressSentence, sinceSentence } from './plan-words.ts'

/** @param maySet whether the reader makes agreements */
export function PlanCard({ clientId, maySet }: { clientId: string; maySet: boolean }) {
  const [loaded, again] = useLoaded(`plans ${clientId}`, () => listPlans(clientId))
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { items, progress } = loaded.value
  const [plan, ...earlier] = items
  return (
    <section class="card">
      <h2>{t('plan.title')}</h2>
      {plan === undefined ? (
        <p>{t('plan.none')}</p>
      ) : (
        <>
          <p class="big">{planSentence(plan)}</p>
          <p class="quiet">{sinceSentence(plan)}.</p>
          {plan.reason !== null && <p class="quiet">{t('reason.own', { reason: plan.reason })}</p>}
        </>
      )}
      {progress !== null && <p>{progressSentence(progress)}</p>}
      {progress !== null && <Weeks progress={progress} />}
      {earlier.length > 0 && (
        <details>
          <summary>{t('plan.earlier')}</summary>
          <ul>
            {earlier.map((one) => (
              <li key={one.id}>
                {sinceSentence(one)}. {planSentence(one)}
                {one.reason !== null && <div class="quiet">{t('reason.own', { reason: one.reason })}</div>}
              </li>
            ))}
          </ul>
        </details>
      )}
      {maySet && (
        <details>
          <summary>{t('plan.change')}</summary>
          <PlanForm key={plan?.id} clientId={clientId} plan={plan ?? null} made={again} />
        </details>
      )}
    </section>
  )
}

function Weeks({ progress }: { progress: NonNullable<Plans['progress']> }) {
  return (
    <details>
      <summary>{t('plan.weeks')}</summary>
      <WideTable label={t('plan.weeks')} narrow>
        <thead>
          <tr>
            <th scope="col">{t('weeks.week')}</th>
            <th scope="col">{t('plan.done')}</th>
            <th scope="col">{t('plan.onDays')}</th>
            <th scope="col">{t('plan.agreed')}</th>
          </tr>
        </thead>
        <tbody>
          {progress.map(({ monday, runs, min, runsOnAgreedDays, agreed }) => (
            <tr key={monday}>
              <th scope="row">{weekName(monday)}</th>
              <td>{t('plan.runsMinutes', { runs, minutes: Math.round(min) })}</td>
              <td>{agreed === null ? '–' : runsOnAgreedDays}</td>
              <td>
                {agreed === null ? '–' : t('plan.runsMinutes', { runs: agreed.runs, minutes: Math.round(agreed.min) })}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </details>
  )
}
