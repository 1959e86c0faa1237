// Runs that ended a short while ago, also those that were put away before anybody started: the way back to them.
import type { Desk } from '../../group-run/controller.ts'
import { formatMoment, t } from '../../messages/translate.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'

export function RecentRuns({ desk }: { desk: Desk }) {
  const [loaded] = useLoaded('recent runs', () => desk.listRecent())
  if (loaded.state !== 'there' || loaded.value.length === 0) return null
  return (
    <section class="card">
      <h2>{t('ended.recent')}</h2>
      <ul class="list">
        {loaded.value.map((run) => (
          <li key={run.id} class="pick">
            <ActButton work={() => desk.lookAt(run)}>{t('ended.backTo', { name: run.name })}</ActButton>{' '}
            <span class="quiet">{t('ended.recentAt', { time: formatMoment(run.endedAtMs ?? run.madeAtMs) })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
