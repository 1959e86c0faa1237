// What the last weeks show, as points to look at together. Not there is good news, and is said.
import type { Patterns } from '../../api/api.ts'
import { t } from '../../messages/translate.ts'
import { patternNumbers } from './pattern-numbers.ts'

export function PatternsCard({ patterns }: { patterns: Patterns }) {
  return (
    <section class="card">
      <h2>{t('patterns.title')}</h2>
      {patterns.flags.length === 0 ? (
        <p>{t('patterns.none')}</p>
      ) : (
        <ul>
          {patterns.flags.map((flag) => (
            <li key={flag.kind}>
              {t(`flag.${flag.kind}`, patternNumbers(flag.evidence))}{' '}
              <span class="quiet">{t(`level.${flag.level}`)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
