// How often each rule was right, according to the reviewers.
import type { RuleCount } from '../../api/review.ts'
import { t } from '../../messages/translate.ts'
import { kindName } from './filters.tsx'
import { WideTable } from '../../ui/wide-table.tsx'

export function RuleCounts({ items }: { items: readonly RuleCount[] }) {
  if (items.length === 0) return null
  return (
    <details>
      <summary>{t('flags.rules')}</summary>
      <p>{t('flags.rulesWhy')}</p>
      <WideTable label={t('flags.rules')}>
        <thead>
          <tr>
            <th scope="col">{t('flags.rulesKind')}</th>
            <th scope="col">{t('flags.rulesRaised')}</th>
            <th scope="col">{t('flags.rulesWaiting')}</th>
            <th scope="col">{t('flags.rulesRight')}</th>
            <th scope="col">{t('flags.rulesFalse')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ kind, raised, waiting, right, falseAlarms }) => (
            <tr key={kind}>
              <th scope="row">{kindName(kind)}</th>
              <td>{raised}</td>
              <td>{waiting}</td>
              <td>{right}</td>
              <td>{falseAlarms}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </details>
  )
}
