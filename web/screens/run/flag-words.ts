// A flag as a sentence with the numbers that the rule used.
import type { Run } from '../../api/api.ts'
import type { t as translate } from '../../messages/translate.ts'

type Flag = Run['flags'][number]

/** A flag that this page does not know is shown by its rule id, never left out. */
export function flagWords({ kind, evidence }: Flag, t: typeof translate): string {
  const number = (name: string) => (typeof evidence[name] === 'number' ? evidence[name] : 0)
  switch (kind) {
    case 'F1.above':
      return t('flag.F1.above', { percent: Math.floor(number('aboveShare') * 100) })
    case 'F2.peak':
      return t('flag.F2.peak', { peak: Math.round(number('peakBpm')), hard: number('hardBpm') })
    case 'F5.longer':
      return t('flag.F5.longer', { moving: Math.round(number('movingMin')), planned: number('plannedMin') })
    default:
      return kind
  }
}
