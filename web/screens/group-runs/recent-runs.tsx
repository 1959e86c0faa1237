// Runs that ended a short while ago, also those that were left before anybody started, with the way back to them.
import type { GroupRunController } from '../../group-run/controller.ts'
import { formatMoment, t } from '../../messages/translate.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'

export function RecentRuns({ controller }: { controller: GroupRunController }) {
  const [loaded] = useLoaded('recent runs', () => controller.listRecent())
  if (loaded.state !== 'there' || loaded.value.length === 0) return null
  return (
    <section class="card">
      <h2>{t('ended.recent')}</h2>
      <ul class="list">
        {loaded.value.map((run) => (
          <li key={run.id} class="pick">
            <ActButton work={() => controller.lookAt(run)}>{t('ended.backTo', { name: run.name })}</ActButton>{' '}
            <span class="quiet">{t('ended.recentAt', { time: formatMoment(run.endedAtMs ?? run.madeAtMs) })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
