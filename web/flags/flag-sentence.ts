// A flag as a sentence with the numbers that its rule used, whether of one run or of weeks.
import { runFlagKinds } from '../../src/domain/flag.ts'
import type { Run } from '../api/api.ts'
import type { InboxFlag } from '../api/review.ts'
import { formatTenths, type MessageKey, type t as translate, wholePercent } from '../messages/translate.ts'
import { flagWords } from './flag-words.ts'
import { patternWords } from './pattern-words.ts'

/** Of a run, of weeks, or one that was raised. */
export type SaidFlag = Pick<InboxFlag, 'kind' | 'evidence'> & {
  readonly level: Run['flags'][number]['level']
  readonly ruleVersion: string
}

export function flagSentence(flag: Pick<SaidFlag, 'kind' | 'evidence'>, t: typeof translate): string {
  const kind = runFlagKinds.find((one) => one === flag.kind)
  if (kind !== undefined) return flagWords({ ...flag, kind }, t)
  return patternWords(flag, t)
}

/** Which of the evidence is a number that a person reads, and how it is written. */
export function evidenceNumbers(
  evidence: Readonly<Record<string, unknown>>,
  t: typeof translate,
  isKey: (key: string) => key is MessageKey,
): { readonly name: MessageKey; readonly value: string }[] {
  return Object.entries(evidence).flatMap(([name, value]) => {
    const key = `flags.number.${name}`
    if (!isKey(key)) return []
    const numbers = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'number')
    return numbers.length === 0
      ? []
      : [{ name: key, value: numbers.map((number) => inUnit(name, number, t)).join(' – ') }]
  })
}

function inUnit(name: string, value: number, t: typeof translate): string {
  if (name.endsWith('Share')) return t('run.percent', { percent: wholePercent(value) })
  if (name === 'slopePerRun') return t('run.percent', { percent: Math.round(value * 100) })
  if (name.endsWith('Min') && name !== 'slopeBpmPerMin') return t('run.minutes', { minutes: Math.round(value) })
  if (name.endsWith('Bpm')) return t('zone.bpm', { bpm: Math.round(value) })
  if (name.endsWith('H')) return t('flags.hours', { hours: formatTenths(value) })
  if (name.endsWith('S'))
    return value >= 60
      ? t('run.minutes', { minutes: Math.floor(value / 60) })
      : t('run.seconds', { seconds: Math.round(value) })
  return formatTenths(value)
}
