// What the last weeks show, as points to look at together. Not there is good news, and is said.
import type { Patterns } from '../../api/api.ts'
import { t } from '../../messages/translate.ts'

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
              {t(`flag.${flag.kind}`, numbersOf(flag.evidence))} <span class="quiet">{t(`level.${flag.level}`)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The numbers of a flag's evidence for its sentence: minutes whole, ratios to a tenth. */
function numbersOf(evidence: Readonly<Record<string, unknown>>): Record<string, number> {
  const numbers = Object.entries(evidence).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  return Object.fromEntries(
    numbers.map(([name, value]) => [name, name.endsWith('Min') ? Math.round(value) : Math.round(value * 10) / 10]),
  )
}
