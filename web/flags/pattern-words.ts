// A flag over weeks as a sentence. It names only the findings of its rule, in the words for its level.
import { earlySigns, numberIn, restHints, sides, type Evidence } from '../../src/domain/evidence.ts'
import { wholePercent } from '../../src/domain/shown-numbers.ts'
import type { InboxFlag } from '../api/review.ts'
import type { MessageKey, t as translate } from '../messages/translate.ts'
import { patternNumbers } from './pattern-numbers.ts'

type Flag = Pick<InboxFlag, 'kind'> & {
  readonly evidence: Evidence
  /** Where it is not known, as if it were the lowest. */
  readonly level?: InboxFlag['level'] | 'note'
}

export function patternWords({ kind, evidence, level }: Flag, t: typeof translate): string {
  const numbers = patternNumbers(evidence)
  if (kind === 'G8.week_minutes' && numberIn(evidence, 'planMin') === null)
    return t('flag.G8.week_minutes.usual', numbers)
  // Flags from before the hours were kept with them went by the first hours of the rule.
  if (kind === 'G9.night') return t('flag.G9.night', { fromHour: 22, toHour: 5, ...numbers })
  if (kind === 'G10.calm_share_falling') return calmShareWords(evidence, t)
  if (kind === 'G13.early_signs') {
    const signs = namesIn('flags.sign', earlySigns, evidence.signs)
    // Flags from before the signs were kept with them name none.
    const named = listOf(signs.length === 0 ? ['flags.sign.any'] : signs, t)
    return t(level === 'today' ? 'flag.G13.early_signs.today' : 'flag.G13.early_signs', { signs: named })
  }
  if (kind === 'G14.rest_days') {
    const hints = restHints.filter((hint) => evidence[hint] === true).map((hint) => `flags.hint.${hint}` as const)
    return t('flag.G14.rest_days', { hints: listOf(hints, t) })
  }
  if (kind === 'G16.several_at_once')
    return t('flag.G16.several_at_once', {
      ...numbers,
      sides: listOf(namesIn('flags.side', sides, evidence.sides), t),
    })
  if (kind === 'G18.very_low')
    return t('flag.G18.very_low', { days: 1, lowestMood: numbers['toldMood'] ?? 0, ...numbers })
  return t(`flag.${kind}`, numbers)
}

/** Those of the names that the evidence lists, as keys of their words. */
const namesIn = <Prefix extends string, Name extends string>(
  prefix: Prefix,
  names: readonly Name[],
  listed: unknown,
): `${Prefix}.${Name}`[] =>
  names.filter((name) => Array.isArray(listed) && listed.includes(name)).map((name) => `${prefix}.${name}` as const)

/** From the first to the last of the runs that were looked at; flags of before did not keep them. */
function calmShareWords({ shares }: Evidence, t: typeof translate): string {
  const known = (Array.isArray(shares) ? shares : []).filter((share) => typeof share === 'number')
  const [from, to] = [known.at(0), known.at(-1)]
  if (from === undefined || to === undefined || to >= from) return t('flag.G10.calm_share_falling')
  return t('flag.G10.calm_share_falling.from', {
    from: wholePercent(from),
    to: wholePercent(to),
    count: known.length,
  })
}

/** "a, b and c". */
function listOf(keys: readonly MessageKey[], t: typeof translate): string {
  const words = keys.map((key) => t(key))
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : t('flags.listAnd', { before: words.slice(0, -1).join(', '), last })
}
