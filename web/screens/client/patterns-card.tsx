// What the last weeks show, as points to look at together. Not there is good news, and is said.
import type { Patterns } from '../../api/api.ts'
import { FlagLines } from '../../flags/flag-lines.tsx'
import { t } from '../../messages/translate.ts'

export function PatternsCard({ patterns }: { patterns: Patterns }) {
  return (
    <section class="card">
      <h2>{t('patterns.title')}</h2>
      {patterns.flags.length === 0 ? <p>{t('patterns.none')}</p> : <FlagLines flags={patterns.flags} />}
    </section>
  )
}
