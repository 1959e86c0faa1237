// A flag of one run as a sentence with the numbers that its rule used. Values that were not measured are left out.
import { numberIn, type Evidence } from '../../src/domain/evidence.ts'
import { restPercent, wholeMinutes } from '../../src/domain/shown-numbers.ts'
import type { Run } from '../api/api.ts'
import type { t as translate } from '../messages/translate.ts'

type Flag = Pick<Run['flags'][number], 'kind'> & { readonly evidence: Evidence }
type RunNumber = Parameters<typeof numberIn>[1]

export function flagWords({ kind, evidence }: Flag, t: typeof translate): string {
  const known = (name: RunNumber) => numberIn(evidence, name)
  const number = (name: RunNumber) => known(name) ?? 0
  switch (kind) {
    case 'F1.above':
      return t('flag.F1.above', { percent: restPercent(number('aboveShare')) })
    case 'F2.peak': {
      const [peak, hard] = [Math.round(number('peakBpm')), number('hardBpm')]
      return t('flag.F2.peak', { peak, hard, seconds: known('heldS') ?? 10 })
    }
    case 'F3.decoupling':
      return t('flag.F3.decoupling', { percent: Math.round(number('percent')) })
    case 'F4.recovery':
      return t('flag.F4.recovery', { falls: recoveryFalls(known('d60Bpm'), known('d120Bpm'), t) })
    case 'F5.longer': {
      const planned = Math.round(number('plannedMin') * 10) / 10
      return t('flag.F5.longer', { moving: wholeMinutes(number('movingMin') * 60), planned })
    }
    case 'F6.rising':
      return t('flag.F6.rising', { slope: Math.round(number('slopeBpmPerMin') * 10) / 10 })
    case 'F7.no_breaks':
      return t('flag.F7.no_breaks', { found: number('found'), planned: number('planned') })
    case 'F8.start': {
      const usual = known('usualBpm')
      const now = Math.round(number('nowBpm'))
      return t('flag.F8.start', { now, usual: usual === null ? 'none' : String(Math.round(usual)) })
    }
    case 'F9.hard':
      return t('flag.F9.hard', { times: number('times') })
    case 'F9.not_easing':
      return t(evidence.isGuided === false ? 'flag.F9.not_easing.alone' : 'flag.F9.not_easing', {
        times: number('times'),
      })
    case 'F10.possible_misreading':
      return t(evidence.isConfirmed === true ? 'flag.F10.confirmed' : 'flag.F10.possible_misreading')
  }
}

/** The fall after one minute, after two, or both: as far as they were measured. */
function recoveryFalls(d60: number | null, d120: number | null, t: typeof translate): string {
  const falls = [
    ...(d60 === null ? [] : [t('flags.fall', { bpm: Math.round(d60), minutes: 1 })]),
    ...(d120 === null ? [] : [t('flags.fall', { bpm: Math.round(d120), minutes: 2 })]),
  ]
  const [first = '', second] = falls
  return second === undefined ? first : t('flags.listAnd', { before: first, last: second })
}
