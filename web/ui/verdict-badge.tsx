// A verdict as word and shape. Colour only supports it, and no verdict is red.
import { t } from '../messages/translate.ts'
import type { Run } from '../api/api.ts'

const shapes = { calm: '●', mostly_calm: '◐', too_hard: '▲' } as const

export function VerdictBadge({ verdict }: { verdict: Run['verdict'] }) {
  const known = verdict in shapes
  return (
    <span class={`badge ${known ? verdict : 'unknown'}`}>
      <span aria-hidden="true">
        {verdict === 'calm' || verdict === 'mostly_calm' || verdict === 'too_hard' ? shapes[verdict] : '?'}
      </span>{' '}
      {t(`verdict.${verdict}`)}
    </span>
  )
}
