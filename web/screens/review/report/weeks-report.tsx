// Eight weeks of a client on one printed page: small charts, all their numbers, the agreed plan, the findings of the
// rules.
import { findClient, findPatterns } from '../../../api/api.ts'
import type { Me } from '../../../api/people.ts'
import { listPlans } from '../../../api/self-report.ts'
import { EightWeeks } from '../../../charts/weeks/eight-weeks.tsx'
import { WeekTable } from '../../../charts/weeks/week-table.tsx'
import { FlagLines } from '../../../flags/flag-lines.tsx'
import { t } from '../../../messages/translate.ts'
import { useLoaded } from '../../../ui/use-loaded.ts'
import { Waiting } from '../../../ui/waiting.tsx'
import { planSentence, progressSentence } from '../../clients/client/plan/plan-words.ts'
import { ReportFrame } from './report-frame.tsx'
import { truncateList } from './truncate-list.ts'

const MOST_FLAGS = 8

export function WeeksReport({ clientId, me }: { clientId: string; me: Me }) {
  const [loaded, again] = useLoaded(`report ${clientId}`, async () => {
    const [client, patterns, plans] = await Promise.all([
      findClient(clientId),
      findPatterns(clientId),
      listPlans(clientId),
    ])
    return { client, patterns, plans }
  })
  if (loaded.state !== 'there') return <Waiting loaded={loaded} again={again} />
  const { client, patterns, plans } = loaded.value
  const [plan] = plans.items
  const { shown, more } = truncateList(patterns.flags, MOST_FLAGS)
  return (
    <ReportFrame title={t('report.weeks')} firstName={client.firstName} me={me} back={`/clients/${clientId}`}>
      <h2>{t('plan.title')}</h2>
      <p>
        {plan === undefined ? t('plan.none') : planSentence(plan)}{' '}
        {plans.progress !== null && progressSentence(plans.progress)}
      </p>
      <h2>{t('weeks.title')}</h2>
      <EightWeeks data={patterns} withTable={false} />
      <WeekTable data={patterns} />
      <h2>{t('run.flags')}</h2>
      {patterns.flags.length === 0 && <p>{t('patterns.none')}</p>}
      <FlagLines flags={shown} withVersion />
      {more > 0 && <p>{t('report.more', { count: more })}</p>}
    </ReportFrame>
  )
}
