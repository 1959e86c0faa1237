// A flag as a sentence with the numbers that its rule used, whether of one run or of weeks.
import { numberIn, unitOfEvidence, type Evidence } from '../../src/domain/evidence.ts'
import { runFlagKinds } from '../../src/domain/finding.ts'
import { restPercent, shownMinutes, shownTime, wholeMinutes, wholePercent } from '../../src/domain/shown-numbers.ts'
import type { Run } from '../api/api.ts'
import type { InboxFlag } from '../api/review.ts'
import { formatTenths, type MessageKey, type t as translate } from '../messages/translate.ts'
import { flagWords } from './flag-words.ts'
import { patternWords } from './pattern-words.ts'

/** Of a run, of weeks, or one that was raised. */
export type SaidFlag = Pick<InboxFlag, 'kind' | 'evidence'> & {
  readonly level: Run['flags'][number]['level']
  readonly ruleVersion: string
}

export function flagSentence(flag: Pick<SaidFlag, 'kind' | 'evidence' | 'level'>, t: typeof translate): string {
  const kind = runFlagKinds.find((one) => one === flag.kind)
  if (kind !== undefined) return flagWords({ ...flag, kind }, t)
  return patternWords(flag, t)
}

/** Which of the evidence is a number that a person reads, and how it is written: as the page of the run writes it. */
export function evidenceNumbers(
  evidence: Evidence,
  t: typeof translate,
  isKey: (key: string) => key is MessageKey,
): { readonly name: MessageKey; readonly value: string }[] {
  return Object.entries(evidence).flatMap(([name, value]) => {
    const key = `flags.number.${name}`
    if (!isKey(key)) return []
    const numbers = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'number')
    const texts = numbers.map((number) => inUnit(name, number, t, partOf(name, evidence)))
    return texts.length === 0 ? [] : [{ name: key, value: texts.join(' – ') }]
  })
}

/** The minutes of a part of the run as the run's own page shows them (rule C7); undefined for what is no such part. Evidence
 *  from before the moved time was kept with it is taken as measured throughout. */
function partOf(name: string, evidence: Evidence): number | undefined {
  const [goodS, aboveS] = [numberIn(evidence, 'goodS'), numberIn(evidence, 'aboveS')]
  if (goodS === null || aboveS === null) return undefined
  const whole = { movingS: numberIn(evidence, 'movingS') ?? goodS, goodS, calmS: goodS - aboveS }
  const { above, measured } = shownMinutes(whole)
  return name === 'aboveS' ? above : name === 'goodS' ? measured : undefined
}

function inUnit(name: string, value: number, t: typeof translate, part?: number): string {
  switch (unitOfEvidence(name)) {
    case 'share':
      return t('run.percent', { percent: name === 'aboveShare' ? restPercent(value) : wholePercent(value) })
    case 'share_per_run':
      return t('flags.points', { points: Math.round(value * 100) })
    case 'min':
      // The agreement is shown as it was agreed.
      return t('run.minutes', {
        minutes: name === 'plannedMin' || name === 'planMin' ? formatTenths(value) : wholeMinutes(value * 60),
      })
    case 'bpm':
      return t('zone.bpm', { bpm: Math.round(value) })
    case 'h':
      return t('flags.hours', { hours: formatTenths(value) })
    case 's': {
      const shown = shownTime(value, part)
      return 'minutes' in shown ? t('run.minutes', shown) : t('run.seconds', shown)
    }
    case 'bpm_per_min':
    case 'm_per_s':
    case 'hour_of_day':
    case 'epoch_ms':
    case 'percent':
    case 'ratio':
    case 'count':
    case 'score':
    case 'load':
    case null:
      return formatTenths(value)
  }
}
