// The supervisor's page: the list of waiting flags and, beside it, the open one. It is made for the keyboard. A phone
// shows one of the two. Letter keys work only while the focus is in here and not in a field.
import { useEffect, useRef, useState } from 'preact/hooks'
import { listGroups } from '../../api/people.ts'
import { listFlags, listRuleCounts, listUpkeep, type FlagFilter, type FlagPage } from '../../api/review.ts'
import { t } from '../../messages/translate.ts'
import { flagNews, useFlagNews } from '../../session/flag-news.ts'
import { goTo } from '../../ui/router.tsx'
import { useLoaded } from '../../ui/use-loaded.ts'
import { Waiting } from '../../ui/waiting.tsx'
import { Filters, noFilter } from './filters.tsx'
import { FlagList } from './flag-list.tsx'
import { FlagPanel } from './flag-panel.tsx'
import { neighbourOf } from './neighbour.ts'
import { RuleCounts } from './rule-counts.tsx'
import { ToPutRight } from './upkeep.tsx'
import './review.css'

const NEWS_MS = 5000

/** @param flagId the one that is open */
export function ReviewScreen({ flagId }: { flagId: string | null }) {
  const [filter, setFilter] = useState<FlagFilter>(noFilter)
  const [loaded, again] = useLoaded(JSON.stringify(filter), () => listFlags(filter, null))
  const [groups] = useLoaded('groups', listGroups)
  const [rules] = useLoaded('rules', listRuleCounts)
  const [upkeep] = useLoaded('upkeep', listUpkeep)
  const order = useOrder(loaded.state === 'there' ? loaded.value.items.map(({ id }) => id) : null, flagId)
  useFlagNews(NEWS_MS)
  const seq = flagNews.value?.seq
  useEffect(() => {
    if ((flagNews.value?.changed.length ?? 0) > 0) again()
  }, [seq])
  const open = (id: string | null) => goTo(id === null ? '/review' : `/review/${id}`)
  return (
    <div
      class={flagId === null ? 'review' : 'review has-flag'}
      onKeyDown={(event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
        const row = event.target instanceof HTMLElement ? event.target.closest('.flag-row') : null
        if (step === undefined || row === null) return
        event.preventDefault()
        focusRow(row, step)
      }}
    >
      <section class="review-list" aria-label={t('flags.list')}>
        {flagId === null ? <h1>{t('flags.title')}</h1> : <h2>{t('flags.title')}</h2>}
        {loaded.state === 'there' ? <Counts page={loaded.value} /> : null}
        <Filters filter={filter} change={setFilter} groups={groups.state === 'there' ? groups.value.items : []} />
        {loaded.state === 'there' ? (
          <FlagList
            key={JSON.stringify(filter)}
            page={loaded.value}
            filter={filter}
            current={flagId}
            isFiltered={filter !== noFilter}
          />
        ) : (
          <Waiting loaded={loaded} again={again} />
        )}
        <details>
          <summary>{t('flags.keys')}</summary>
          <p>{t('flags.keysText')}</p>
        </details>
        {upkeep.state === 'there' && <ToPutRight items={upkeep.value.items} />}
        {rules.state === 'there' && <RuleCounts items={rules.value.items} />}
      </section>
      <section class="review-flag" aria-label={t('flags.title')}>
        {flagId === null ? (
          <p class="card">{t('flags.open')}</p>
        ) : (
          <FlagPanel
            key={flagId}
            flagId={flagId}
            row={(loaded.state === 'there' && loaded.value.items.find(({ id }) => id === flagId)) || null}
            next={neighbourOf(order, flagId)}
            stepped={again}
            open={open}
          />
        )}
      </section>
    </div>
  )
}

/** The ids of the list, kept while one that was in it is open and has left it. */
function useOrder(ids: readonly string[] | null, flagId: string | null): readonly string[] {
  const kept = useRef<readonly string[]>([])
  if (ids !== null && (flagId === null || ids.includes(flagId) || !kept.current.includes(flagId))) kept.current = ids
  else if (ids !== null) kept.current = kept.current.filter((id) => id === flagId || ids.includes(id))
  return kept.current
}

function Counts({ page }: { page: FlagPage }) {
  const { byState, assignedToMe } = page.counts
  const busy = byState.acknowledged + byState.in_conversation + byState.escalated
  return (
    <p>
      <strong>{t('flags.waiting', { count: byState.open + busy })}</strong>
      {byState.open + busy > 0 && `: ${t('flags.counts', { open: byState.open, busy, mine: assignedToMe })}`}
    </p>
  )
}

function focusRow(row: Element, step: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.flag-row')]
  rows[rows.indexOf(row as HTMLElement) + step]?.focus()
}
