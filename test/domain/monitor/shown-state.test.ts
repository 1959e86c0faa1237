import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alarmPhases, type AlarmState } from '../../../src/domain/monitor/alarm.ts'
import { shownState, type ShownInput, type ShownState } from '../../../src/domain/monitor/shown-state.ts'

const beat = { bpm: 120, smoothedBpm: 121, ageS: 1 }
const good = { ageS: 1, contactLost: false, isBelieved: true }
const calm: ShownInput = {
  phase: 'running',
  alarm: { phase: 'calm', lostFrom: 'calm' },
  ceilingBpm: 132,
  isHardInPause: false,
  hasStrap: true,
  good: beat,
  heard: good,
  isTimeUnsure: false,
}
const alarm = (phase: AlarmState['phase'], lostFrom: AlarmState['lostFrom'] = 'calm') => ({ phase, lostFrom })

const table: readonly (readonly [what: string, change: Partial<ShownInput>, state: ShownState])[] = [
  ['a good beat at the ceiling', { good: { ...beat, bpm: 132, smoothedBpm: 132 } }, 'calm'],
  ['a good beat of just under 5 s', { good: { ...beat, ageS: 4.999 }, heard: { ...good, ageS: 4.999 } }, 'calm'],
  ['a beat of 5 s', { good: { ...beat, ageS: 5 }, heard: { ...good, ageS: 5 } }, 'old'],
  ['the number itself above', { good: { ...beat, bpm: 133 } }, 'above'],
  ['the smoothed heart rate above', { good: { ...beat, smoothedBpm: 132.5 } }, 'above'],
  ['no strap', { hasStrap: false }, 'no_strap'],
  ['no beat yet', { good: null, heard: null }, 'waiting_for_strap'],
  ['no skin', { heard: { ...good, contactLost: true, isBelieved: false } }, 'no_contact'],
  ['no skin from the start', { good: null, heard: { ...good, contactLost: true, isBelieved: false } }, 'no_contact'],
  ['a value that is not believed', { heard: { ...good, isBelieved: false } }, 'unsure'],
  [
    'a doubt of long ago',
    { good: { ...beat, ageS: 9 }, heard: { ageS: 8, contactLost: true, isBelieved: false } },
    'old',
  ],
  ['a time that nobody knows', { isTimeUnsure: true }, 'old'],
  ['no limit', { ceilingBpm: null }, 'no_limit'],
  ['no limit and no strap', { ceilingBpm: null, hasStrap: false }, 'no_strap'],
  ['OVER without a strap', { alarm: alarm('over'), hasStrap: false }, 'over'],
  ['NOT_EASING', { alarm: alarm('not_easing') }, 'not_easing'],
  ['HARD, whatever the number', { alarm: alarm('hard') }, 'hard'],
  ['NO_SIGNAL from calm', { alarm: alarm('no_signal') }, 'no_signal'],
  ['NO_SIGNAL from above', { alarm: alarm('no_signal', 'over') }, 'no_signal_over'],
  ['a pause', { phase: 'paused' }, 'paused'],
  ['a pause at HARD', { phase: 'paused', isHardInPause: true }, 'hard'],
  ['a pause, HARD a while ago', { phase: 'paused', isHardInPause: true, good: { ...beat, ageS: 6 } }, 'paused'],
  ['nobody started', { phase: 'waiting' }, 'waiting'],
  ['the end', { phase: 'stopped' }, 'stopped'],
]

describe('shownState (rule E0)', () => {
  it.each(table)('%s', (_what, change, state) => {
    expect(shownState({ ...calm, ...change })).toBe(state)
  })

  it('says calm only of a good beat younger than 5 s at or under the ceiling, whatever else is known', () => {
    const ageS = fc.double({ min: 0, max: 20, noNaN: true })
    const bpm = fc.integer({ min: 90, max: 180 })
    const input: fc.Arbitrary<ShownInput> = fc.record({
      phase: fc.constantFrom('waiting', 'running', 'paused', 'stopped'),
      alarm: fc.record({
        phase: fc.constantFrom(...alarmPhases),
        lostFrom: fc.constantFrom('calm', 'over', 'not_easing', 'hard'),
      }),
      ceilingBpm: fc.option(bpm),
      isHardInPause: fc.boolean(),
      hasStrap: fc.boolean(),
      good: fc.option(fc.record({ bpm, smoothedBpm: bpm, ageS })),
      heard: fc.option(fc.record({ ageS, contactLost: fc.boolean(), isBelieved: fc.boolean() })),
      isTimeUnsure: fc.boolean(),
    })
    let calm = 0
    fc.assert(
      fc.property(input, (given) => {
        if (shownState(given) !== 'calm') return
        calm++
        expect(given).toMatchObject({ phase: 'running', hasStrap: true, isTimeUnsure: false })
        const { ceilingBpm, good: last } = given
        expect(ceilingBpm).not.toBeNull()
        expect(last).not.toBeNull()
        expect(last?.ageS).toBeLessThan(5)
        expect(last?.bpm).toBeLessThanOrEqual(ceilingBpm ?? 0)
        expect(last?.smoothedBpm).toBeLessThanOrEqual(ceilingBpm ?? 0)
      }),
      { numRuns: 30_000 },
    )
    expect(calm).toBeGreaterThan(10)
  })
})
