// The evidence of each kind over weeks as a sentence, read once in both languages: it names only what its rule found.
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { historyScenarios } from '../../fixtures/scenarios/histories.ts'
import { makeHistory } from '../../fixtures/scenarios/history-scenario.ts'
import { patternFlagKinds } from '../../src/domain/finding.ts'
import { findPatternFlags, type PatternFlag } from '../../src/domain/patterns/pattern-flags.ts'
import { ruleSets } from '../../src/domain/rule-sets.ts'
import { flagWords } from '../../web/flags/flag-words.ts'
import { patternWords } from '../../web/flags/pattern-words.ts'
import en from '../../web/messages/en.json' with { type: 'json' }
import nl from '../../web/messages/nl.json' with { type: 'json' }
import type { t as translate } from '../../web/messages/translate.ts'

const inLanguage =
  (locale: 'nl' | 'en'): typeof translate =>
  (key, values) =>
    String(new IntlMessageFormat({ nl, en }[locale][key], locale).format({ ...values }))
const dutch = inLanguage('nl')

const flags = historyScenarios.flatMap((scenario) =>
  findPatternFlags(makeHistory(scenario), Date.parse(scenario.asOf), ruleSets).map((flag) => ({
    flag,
    scenario: scenario.name,
  })),
)
/** As it comes over HTTP. */
const sent = ({ kind, evidence }: PatternFlag): Parameters<typeof patternWords>[0] =>
  JSON.parse(JSON.stringify({ kind, evidence }))
const ofScenario = (name: string, kind: string) => {
  const found = flags.find(({ flag, scenario }) => scenario === name && flag.kind === kind)
  if (found === undefined) throw new Error(`${name} has no ${kind}`)
  return patternWords(sent(found.flag), dutch)
}

describe('what a supervisor reads of weeks', () => {
  it.each(['nl', 'en'] as const)('is a whole sentence of every kind, in %s', (locale) => {
    expect(new Set(flags.map(({ flag }) => flag.kind))).toEqual(new Set(patternFlagKinds))
    for (const { flag } of flags) {
      const sentence = patternWords(sent(flag), inLanguage(locale))
      expect(sentence).not.toMatch(/[{}]|undefined|NaN|null/)
      expect(sentence).toMatch(/[.?]$/)
    }
  })

  it('names only the signs that hold (G13)', () => {
    expect(ofScenario('short nights and energy up', 'G13.early_signs')).toContain('kort slapen en veel activiteit')
    expect(ofScenario('short nights, high mood, much running', 'G13.early_signs')).toContain(
      'kort slapen, een hoge stemming en veel activiteit',
    )
  })

  it('holds a week against what is usual where nothing is agreed (G8)', () => {
    expect(ofScenario('five times 75 minutes without a plan, after quiet weeks', 'G8.week_minutes')).toBe(
      '375 minuten in 7 dagen, gewoonlijk 56 (regel G8). Er is geen afspraak.',
    )
  })

  it('says the hours of the night as the clinic has set them (G9)', () => {
    const evidence = { runs: 2, fromHour: 21, toHour: 6 }
    expect(patternWords({ kind: 'G9.night', evidence }, dutch)).toBe(
      '2 rondes tussen 21 en 6 uur, in 7 dagen (regel G9).',
    )
    expect(patternWords({ kind: 'G9.night', evidence }, inLanguage('en'))).toBe(
      '2 runs between 21:00 and 6:00, in 7 days (rule G9).',
    )
  })

  it('does not say of a file that somebody did not listen (F9)', () => {
    const evidence = { times: 2, isGuided: false }
    expect(flagWords({ kind: 'F9.not_easing', evidence }, dutch)).toContain('Hier zou calmpace 2 keer')
    expect(flagWords({ kind: 'F9.not_easing', evidence: { times: 2, isGuided: true } }, dutch)).toContain(
      'na een seintje',
    )
  })
})
