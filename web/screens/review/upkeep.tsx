// To put right (rule G17): what the rules lack of somebody. A quiet section under the list: no flags, nobody counts them.
import type { Upkeep } from '../../api/review.ts'
import { t } from '../../messages/translate.ts'
import { Link } from '../../ui/router.tsx'

export function ToPutRight({ items }: { items: Upkeep['items'] }) {
  if (items.length === 0) return null
  return (
    <details class="upkeep">
      <summary>{t('upkeep.title', { count: items.length })}</summary>
      <p class="quiet">{t('upkeep.why')}</p>
      <ul>
        {items.map(({ clientId, firstName, kinds }) => (
          <li key={clientId}>
            <Link to={`/clients/${clientId}`}>{firstName}</Link>: {kinds.map((kind) => t(`upkeep.${kind}`)).join('; ')}
          </li>
        ))}
      </ul>
    </details>
  )
}
