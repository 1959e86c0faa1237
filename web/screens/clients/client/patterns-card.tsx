// Patterns of the last weeks, as points to look at together, with the state of their flags. If there are none, it says
// so, because that is good news.
import type { Patterns } from '../../../api/api.ts'
import type { RaisedFlag } from '../../../api/review.ts'
import { FlagLines } from '../../../flags/flag-lines.tsx'
import { listedOfWeeks } from '../../../flags/listed.ts'
import { t } from '../../../messages/translate.ts'

export function PatternsCard({ patterns, raised }: { patterns: Patterns; raised: readonly RaisedFlag[] }) {
  return (
    <section class="card">
      <h2>{t('patterns.title')}</h2>
      {patterns.flags.length === 0 ? (
        <p>{t('patterns.none')}</p>
      ) : (
        <FlagLines flags={patterns.flags} listed={(flag) => listedOfWeeks(flag, raised, patterns.asOfMs)} />
      )}
    </section>
  )
}
