// What the evidence of every kind says, at each level that it has, in both languages, from made facts: written down in
// evidence-aloud.md, so that a person can read all of it aloud. A changed sentence changes that file, and is read again.
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { flagKinds, type FlagKind, type FlagLevel } from '../../src/domain/finding.ts'

interface Said {
  readonly kind: FlagKind
  readonly level: FlagLevel
  /** Which case of it, where it has more than one. */
  readonly of?: string
  readonly evidence: Readonly<Record<string, unknown>>
}
const said = (kind: FlagKind, level: FlagLevel, evidence: Said['evidence'], of?: string): Said =>
  of === undefined ? { kind, level, evidence } : { kind, level, evidence, of }

const above = (aboveShare: number) => ({ aboveS: 1872 * aboveShare, goodS: 1872, movingS: 1872, aboveShare })
const peak = { peakBpm: 171.4, hardBpm: 160, heldS: 10 }
const signs = {
  sleepH: [4, 4.5],
  usualSleepH: 7.5,
  mood: [9, 8],
  usualMood: 6,
  energy: 9,
  usualEnergy: 6,
  mostRunsADay: 2,
  weekMin: 310,
  planMin: 90,
  usualWeekMin: null,
}
const sides = ['intensity', 'amount', 'rest']

const facts: readonly Said[] = [
  said('F9.hard', 'attention', { times: 1, isGuided: true }, 'once'),
  said('F9.hard', 'attention', { times: 3, isGuided: false }, 'in a file'),
  said('F9.not_easing', 'attention', { times: 2, isGuided: true }),
  said('F9.not_easing', 'note', { times: 1, isGuided: false }, 'in a file'),
  said('F10.possible_misreading', 'note', { times: 1, markedShare: 0.345 }),
  said('F10.possible_misreading', 'attention', { times: 1, markedShare: 0.345, isConfirmed: true }, 'confirmed'),
  said('F2.peak', 'note', peak),
  said('F2.peak', 'attention', peak),
  said('F1.above', 'note', above(0.1205)),
  said('F1.above', 'attention', above(0.906)),
  said('F6.rising', 'attention', { slopeBpmPerMin: 1.44, meanLast5Bpm: 151.2, ceilingBpm: 140 }),
  said('F6.rising', 'attention', { slopeBpmPerMin: 1.03, meanLast5Bpm: 148, ceilingBpm: 140 }),
  said('F5.longer', 'note', { movingMin: 40.2, plannedMin: 30, ratio: 1.34 }),
  said('F5.longer', 'attention', { movingMin: 46.6, plannedMin: 22.5, ratio: 2.07 }),
  said('F7.no_breaks', 'note', { planned: 5, plannedWalkS: 60, found: 1, share: 0.2, walkedS: 65 }),
  said('F7.no_breaks', 'attention', { planned: 5, plannedWalkS: 60, found: 0, share: 0, walkedS: 40 }),
  said('F8.start', 'note', { nowBpm: 88.5, usualBpm: 77 }),
  said('F8.start', 'attention', { nowBpm: 104, usualBpm: null }, 'nothing usual is known'),
  said('F3.decoupling', 'note', { percent: 7.4 }),
  said('F4.recovery', 'note', { endBpm: 140, d60Bpm: 10.4, d120Bpm: 20, slow: ['slow60', 'slow120'] }),
  said('F4.recovery', 'note', { endBpm: 140, d60Bpm: 11, d120Bpm: null, slow: ['slow60'] }, 'one was measured'),
  said('G18.very_low', 'attention', { toldMood: 1, lowestMood: 1, days: 1 }, 'once'),
  said('G18.very_low', 'attention', { toldMood: 3, lowestMood: 2, days: 3 }, 'on several days'),
  said('G13.early_signs', 'look', { signs: ['sleep', 'activity'], ...signs }),
  said('G13.early_signs', 'today', { signs: ['sleep', 'mood', 'activity'], ...signs }),
  said('G13.short_sleep_low_energy', 'attention', { sleepH: [4, 4.5], mood: [3, 2], energy: 2 }),
  said('G16.several_at_once', 'look', { sides, sidesCount: 3, kinds: ['F9.hard', 'G6.two_a_day', 'G8.week_minutes'] }),
  said('G11.not_easing', 'note', { runs: 2, ofRuns: 3 }),
  said('G11.not_easing', 'attention', { runs: 2, ofRuns: 3 }),
  said('G15.food', 'attention', { times: 2 }),
  said('G10.calm_share_falling', 'note', { slopePerRun: -0.071, shares: [0.905, 0.88, 0.8, 0.72, 0.619] }),
  said('G10.calm_share_falling', 'attention', { slopePerRun: -0.071, shares: [0.905, 0.88, 0.8, 0.72, 0.619] }),
  said('G6.two_a_day', 'note', { days: 1, mostADay: 2 }),
  said('G6.two_a_day', 'attention', { days: 2, mostADay: 3 }),
  said('G7.no_rest_day', 'note', { days: 4 }),
  said('G7.no_rest_day', 'attention', { days: 12 }),
  said('G8.week_minutes', 'note', { weekMin: 119.6, planMin: 90 }),
  said('G8.week_minutes', 'attention', { weekMin: 310.4, planMin: 90 }),
  said('G8.week_minutes', 'attention', { weekMin: 375, usualWeekMin: 56.2 }, 'without a plan'),
  said('G9.night', 'note', { runs: 1, fromHour: 22, toHour: 5 }),
  said('G9.night', 'attention', { runs: 3, fromHour: 22, toHour: 5 }),
  said('G12.unplanned', 'note', { runs: 3 }),
  said('G4.change', 'note', { acute: 50, chronic: 31, ratio: 1.61, loadOf: 'minutes' }),
  said('G5.monotony', 'note', { monotony: 2.31, strain: 700, runDays: 6, loadOf: 'minutes' }),
  said('G14.rest_days', 'note', { ranDespiteNotToday: true, ranWithPain: true, noRestDay: true, upsetByRest: true }),
]

describe('the evidence of every kind, read aloud', () => {
  let inLanguage: (locale: 'nl' | 'en', one: Said) => string
  beforeAll(async () => {
    vi.stubGlobal('localStorage', { getItem: () => 'nl', setItem: () => undefined })
    const { isKey, loadTexts, locale: shown, t } = await import('../../web/messages/translate.ts')
    const { evidenceNumbers, flagSentence } = await import('../../web/flags/flag-sentence.ts')
    for (const one of ['nl', 'en'] as const) await loadTexts(one)
    inLanguage = (locale, one) => {
      shown.value = locale
      const numbers = evidenceNumbers(one.evidence, t, isKey).map(({ name, value }) => `${t(name)}: ${value}`)
      const sent: Parameters<typeof flagSentence>[0] = JSON.parse(JSON.stringify(one))
      return [flagSentence(sent, t), t(`rule.${one.kind}`), ...(numbers.length === 0 ? [] : [numbers.join('; ')])]
        .map((line) => `- ${locale}: ${line}`)
        .join('\n')
    }
    // Modules are shared with other tests: the language is left as they find it.
    return () => {
      shown.value = 'nl'
      vi.unstubAllGlobals()
    }
  })

  it('tells of every kind and of every level that it can have', () => {
    expect(new Set(facts.map(({ kind }) => kind))).toEqual(new Set(flagKinds))
  })

  it('is what evidence-aloud.md says', async () => {
    const text = facts.map((one) => {
      const heading = `## ${one.kind}, ${one.level}${one.of === undefined ? '' : `: ${one.of}`}`
      return [heading, '', inLanguage('nl', one), inLanguage('en', one)].join('\n')
    })
    const whole = `# The evidence of every kind, read aloud\n\n${text.join('\n\n')}\n`
    expect(whole).not.toMatch(/\{|\}|undefined|NaN|null/)
    await expect(whole).toMatchFileSnapshot('evidence-aloud.md')
  })
})
