// The waiting flags, those that need contact today first. A row is a link: arrow keys move along the rows, Enter opens
// one.
import { useState } from 'preact/hooks'
import { listFlags, type FlagFilter, type FlagPage, type InboxFlag } from '../../api/review.ts'
import { t } from '../../messages/translate.ts'
import { Link } from '../../ui/router.tsx'
import { useMinute } from '../../ui/use-minute.ts'
import { daysSince } from './days-since.ts'
import { aboutDay } from '../../flags/flag-moment.ts'
import { flagSentence } from '../../flags/flag-sentence.ts'

export function FlagList({
  page,
  filter,
  current,
  isFiltered,
}: {
  page: FlagPage
  filter: FlagFilter
  /** The one that is open. */
  current: string | null
  isFiltered: boolean
}) {
  const [more, setMore] = useState<{
    readonly of: FlagPage
    readonly items: readonly InboxFlag[]
    cursor: string | null
  }>({ of: page, items: [], cursor: page.nextCursor })
  const later = more.of === page ? more : { of: page, items: [], cursor: page.nextCursor }
  const showMore = async () => {
    const next = await listFlags(filter, later.cursor)
    setMore({ of: page, items: [...later.items, ...next.items], cursor: next.nextCursor })
  }
  if (page.items.length === 0) return <p class="card">{t(isFiltered ? 'flags.noneFiltered' : 'flags.none')}</p>
  return (
    <>
      <ul class="list">
        {[...page.items, ...later.items].map((flag) => (
          <li key={flag.id}>
            <Row flag={flag} isCurrent={flag.id === current} />
          </li>
        ))}
      </ul>
      {later.cursor !== null && (
        <button type="button" onClick={() => void showMore()}>
          {t('app.more')}
        </button>
      )}
    </>
  )
}

function Row({ flag, isCurrent }: { flag: InboxFlag; isCurrent: boolean }) {
  const days = daysSince(flag.raisedAtMs, useMinute())
  const isUnseen = flag.openedAtMs === null
  return (
    <Link to={`/review/${flag.id}`} class={`card flag-row at-${flag.level}`} current={isCurrent}>
      <span class="flag-head">
        <LevelMark level={flag.level} />
        <strong>{flag.firstName}</strong>
        <span class="quiet">{aboutDay(flag)}</span>
      </span>
      <span>{flagSentence(flag, t)}</span>
      <span class="quiet">
        {t(`flags.state.${flag.state}`)}
        {flag.assignedToName !== null && `, ${t('flags.for', { name: flag.assignedToName })}`}
        {`, ${t('flags.waits', { days })}`}
        {isUnseen && `, ${t('flags.unopened')}`}
        {flag.seenAgain > 0 && `, ${t('flags.seenAgain', { count: flag.seenAgain })}`}
      </span>
    </Link>
  )
}

const shapes = { attention: '▲', look: '◆', today: '⬤' } as const

/** A level as word and shape; colour only supports it. */
export const LevelMark = ({ level }: { level: InboxFlag['level'] }) => (
  <span class="mark">
    <span aria-hidden="true">{shapes[level]}</span> {t(`level.${level}`)}
  </span>
)
