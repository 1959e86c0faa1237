// Warnings from reading a run's file, in words: for the client quietly below the sentence, for staff as a card.
import { wholeMinutes } from '../../../../src/domain/shown-numbers.ts'
import type { Run } from '../../../api/api.ts'
import { t, tCode, type MessageKey } from '../../../messages/translate.ts'
import { forClient } from './shown-warnings.ts'

const valuesOf = ({ strayPoints, elapsedS }: Run) => ({ count: strayPoints, minutes: wholeMinutes(elapsedS) })

/** To the client: what it is, and whom to tell. */
export function ClientWarnings({ run }: { run: Run }) {
  const keys = forClient(run)
  if (keys.length === 0) return null
  return <p class="quiet">{[...keys.map((key) => t(key, valuesOf(run))), t('warned.tell')].join(' ')}</p>
}

/** To staff. */
export function WarningsCard({ run, title, codes }: { run: Run; title: MessageKey; codes: readonly string[] }) {
  if (codes.length === 0) return null
  return (
    <section class="card">
      <h2>{t(title)}</h2>
      <WarningList run={run} codes={codes} />
    </section>
  )
}

/** Without the card around it. */
export const WarningList = ({ run, codes }: { run: Run; codes: readonly string[] }) => (
  <ul>
    {codes.map((code) => (
      <li key={code}>{tCode('warning', code, code, valuesOf(run))}</li>
    ))}
  </ul>
)
