// A flag over weeks as a sentence. It names only what its rule found.
import type { InboxFlag } from '../api/review.ts'
import type { MessageKey, t as translate } from '../messages/translate.ts'
import { patternNumbers } from './pattern-numbers.ts'

type Flag = Pick<InboxFlag, 'kind' | 'evidence'>

export function patternWords({ kind, evidence }: Flag, t: typeof translate): string {
  const numbers = patternNumbers(evidence)
  if (kind === 'G8.week_minutes' && typeof evidence['planMin'] !== 'number')
    return t('flag.G8.week_minutes.usual', numbers)
  // Flags from before the hours were kept with them went by the first hours of the rule.
  if (kind === 'G9.night') return t('flag.G9.night', { fromHour: 22, toHour: 5, ...numbers })
  if (kind === 'G13.early_signs') return t('flag.G13.early_signs', { signs: listOf(signsIn(evidence), t) })
  if (kind === 'G16.several_at_once')
    return t('flag.G16.several_at_once', { ...numbers, sides: listOf(sidesIn(evidence), t) })
  return t(`flag.${kind}`, numbers)
}

const signs = ['sleep', 'mood', 'activity'] as const
const sides = ['intensity', 'amount', 'rest', 'night'] as const

/** Flags from before the signs were kept with them name none. */
function signsIn({ signs: found }: Flag['evidence']): MessageKey[] {
  const named = signs.filter((sign) => Array.isArray(found) && found.includes(sign))
  return named.length === 0 ? ['flags.sign.any'] : named.map((sign) => `flags.sign.${sign}` as const)
}

const sidesIn = ({ sides: found }: Flag['evidence']): MessageKey[] =>
  sides.filter((side) => Array.isArray(found) && found.includes(side)).map((side) => `flags.side.${side}` as const)

/** "a, b and c". */
function listOf(keys: readonly MessageKey[], t: typeof translate): string {
  const words = keys.map((key) => t(key))
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : t('flags.listAnd', { before: words.slice(0, -1).join(', '), last })
}
