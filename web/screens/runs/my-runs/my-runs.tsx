// A client's own runs, each with its sentence of section L.
import { useState } from 'preact/hooks'
import { listRuns, type RunPage, type RunSummary } from '../../../api/api.ts'
import { t } from '../../../messages/translate.ts'
import { Link } from '../../../ui/router.tsx'
import { runMoment } from '../../../ui/run-moment.ts'
import { verdictWords } from '../run/verdict-words.ts'

/** What is below is for today too. */
const AT_FIRST = 5

export function MyRuns({ clientId, page }: { clientId: string; page: RunPage }) {
  const [shown, setShown] = useState(page)
  const [isShort, setShort] = useState(page.items.length > AT_FIRST)
  const showMore = async () => {
    if (isShort) return setShort(false)
    const next = await listRuns(clientId, shown.nextCursor)
    setShown({ items: [...shown.items, ...next.items], nextCursor: next.nextCursor })
  }
  if (shown.items.length === 0) return <p class="card">{t('myRuns.noRuns')}</p>
  return (
    <>
      <ul class="list">
        {shown.items.slice(0, isShort ? AT_FIRST : undefined).map((run) => (
          <li key={run.id}>
            <Link to={`/runs/${run.id}`} class="card row">
              <strong>{runMoment(run)}</strong>
              <span>{sentenceOf(run)}</span>
              {run.nearDuplicateOf !== null && <span class="mark">{t('runs.near')}</span>}
            </Link>
          </li>
        ))}
      </ul>
      {(isShort || shown.nextCursor !== null) && (
        <button type="button" onClick={() => void showMore()}>
          {t('app.more')}
        </button>
      )}
    </>
  )
}

/** The first one alone: the rest is on the run's own page. */
function sentenceOf(run: RunSummary): string {
  const { verdict, movingS, goodS, calmS, coverage } = run
  const zoneTime = { movingS, goodS, calmS, coverage }
  const [first] = verdictWords({ ...run, assessment: { verdict, zoneTime, flags: [] } })
  return first === undefined ? '' : t(first.key, first.values)
}
