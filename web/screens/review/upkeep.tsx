// Data to correct (rule G17): what the rules need to know about a client and do not. A quiet section under the list;
// these are no flags and are not counted.
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
        {items.map((item) => (
          <li key={item.clientId}>
            <Link to={`/clients/${item.clientId}`}>{item.firstName}</Link>: <Lacks {...item} />
          </li>
        ))}
      </ul>
    </details>
  )
}

/** What is to be answered stands on a run of its own. */
function Lacks({ kinds, twiceRunIds = [] }: Upkeep['items'][number]) {
  const [twiceRunId] = twiceRunIds
  const words = kinds.filter((kind) => kind !== 'twice').map((kind) => t(`upkeep.${kind}`))
  return (
    <>
      {words.join('; ')}
      {twiceRunId !== undefined && (
        <>
          {words.length > 0 && '; '}
          <Link to={`/runs/${twiceRunId}`}>{t('upkeep.twice', { count: twiceRunIds.length })}</Link>
        </>
      )}
    </>
  )
}
