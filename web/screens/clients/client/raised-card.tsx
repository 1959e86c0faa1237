// Flags of one runner: the waiting ones with their state, and behind them the closed ones.
import { isClosed } from '../../../../src/domain/review/flag-state.ts'
import type { RaisedFlag } from '../../../api/review.ts'
import { flagMoment } from '../../../flags/flag-moment.ts'
import { flagSentence } from '../../../flags/flag-sentence.ts'
import { t } from '../../../messages/translate.ts'
import { Link } from '../../../ui/router.tsx'

export function RaisedCard({ raised }: { raised: readonly RaisedFlag[] }) {
  const waiting = raised.filter(({ state }) => !isClosed(state))
  const closed = raised.filter(({ state }) => isClosed(state))
  return (
    <section class="card">
      <h2>{t('flags.title')}</h2>
      {waiting.length === 0 ? <p>{t('flags.noneWaiting')}</p> : <RaisedLines flags={waiting} />}
      {closed.length > 0 && (
        <details>
          <summary>{t('flags.closedCount', { count: closed.length })}</summary>
          <RaisedLines flags={closed} />
        </details>
      )}
    </section>
  )
}

const RaisedLines = ({ flags }: { flags: readonly RaisedFlag[] }) => (
  <ul>
    {flags.map((flag) => (
      <li key={flag.id}>
        <Link to={`/review/${flag.id}`}>{flagSentence(flag, t)}</Link>{' '}
        <span class="quiet">
          {flagMoment(flag)}, {t(`level.${flag.level}`)}, {t(`flags.state.${flag.state}`)}
          {flag.assignedToName !== null && `, ${t('flags.for', { name: flag.assignedToName })}`}
        </span>
      </li>
    ))}
  </ul>
)
