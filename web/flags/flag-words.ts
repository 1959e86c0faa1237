// A flag as a sentence with the numbers that the rule used.
import type { Run } from '../api/api.ts'
import type { t as translate } from '../messages/translate.ts'

type Flag = Pick<Run['flags'][number], 'kind' | 'evidence'>

export function flagWords({ kind, evidence }: Flag, t: typeof translate): string {
  const number = (name: string) => (typeof evidence[name] === 'number' ? evidence[name] : 0)
  switch (kind) {
    case 'F1.above':
      return t('flag.F1.above', { percent: Math.floor(number('aboveShare') * 100) })
    case 'F2.peak':
      return t('flag.F2.peak', { peak: Math.round(number('peakBpm')), hard: number('hardBpm') })
    case 'F3.decoupling':
      return t('flag.F3.decoupling', { percent: Math.round(number('percent')) })
    case 'F4.recovery':
      return t('flag.F4.recovery', { d60: Math.round(number('d60Bpm')), d120: Math.round(number('d120Bpm')) })
    case 'F5.longer':
      return t('flag.F5.longer', { moving: Math.round(number('movingMin')), planned: number('plannedMin') })
    case 'F6.rising':
      return t('flag.F6.rising', { slope: Math.round(number('slopeBpmPerMin') * 10) / 10 })
    case 'F7.no_breaks':
      return t('flag.F7.no_breaks', { found: number('found'), planned: number('planned') })
    case 'F8.start': {
      const usual = evidence['usualBpm']
      return t('flag.F8.start', { now: number('nowBpm'), usual: typeof usual === 'number' ? usual : 'none' })
    }
    case 'F9.hard':
      return t(`flag.${kind}`, { times: number('times') })
    case 'F9.not_easing':
      return t(evidence['isGuided'] === false ? `flag.${kind}.alone` : `flag.${kind}`, { times: number('times') })
    case 'F10.possible_misreading':
      return t('flag.F10.possible_misreading')
  }
}
