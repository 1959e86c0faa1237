import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../../src/domain/assess.ts'
import { canCountSteps, findCadenceLock, isLockedAtEnd } from '../../../src/domain/quality/cadence-lock.ts'
import { qualityDefaults } from '../../../src/domain/parameters/quality.ts'
import type { SensorKind } from '../../../src/domain/recording.ts'
import { seeded } from '../../../fixtures/fit/made-runs.ts'
import { makeRecording, usualZone, type RunScenario } from '../../../fixtures/scenarios/run-scenario.ts'

const STEPS = 166
/** Steps that differ a little from second to second, and a calm heart that wanders by itself. */
const random = seeded(5)
const steps = Array.from({ length: 900 }, () => STEPS + Math.round(2 * random() - 1))
const calm = Array.from({ length: 900 }, (_, s) => 126 + Math.round(1.5 * Math.sin(s / 23)))
/** Climbs onto the steps within some seconds, stays there, and falls back. */
const onSteps = (bpm: readonly number[], fromS: number, toS: number, climbS = 10): number[] =>
  bpm.map((value, s) => {
    if (s < fromS || s >= toS) return value
    return Math.round(value + Math.min(1, (s - fromS + 1) / climbS) * ((steps[s] ?? 0) - value))
  })

describe('a sensor that counts steps (D6)', () => {
  it('is told at its last second as it is found in the whole', () => {
    const stretch = fc.record({
      seconds: fc.integer({ min: 1, max: 70 }),
      bpm: fc.integer({ min: 120, max: 175 }),
      isOnSteps: fc.boolean(),
      isLost: fc.boolean(),
    })
    let locked = 0
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1, maxLength: 6 }), (stretches) => {
        const bpm = stretches.flatMap(({ seconds, bpm: flat, isOnSteps, isLost }, at) =>
          Array.from({ length: seconds }, (_, s) => (isLost ? NaN : isOnSteps ? (steps[40 * at + s] ?? 0) : flat)),
        )
        const cadence = stretches.flatMap(({ seconds }, at) => steps.slice(40 * at, 40 * at + seconds))
        const atEnd = findCadenceLock(bpm, cadence).some(([, toS]) => toS === bpm.length)
        if (atEnd) locked++
        expect(isLockedAtEnd(bpm, cadence, qualityDefaults)).toBe(atEnd)
      }),
      { numRuns: 500 },
    )
    expect(locked).toBeGreaterThan(20)
  })

  it('is found in less than a minute where it jumped onto them', () => {
    const spans = findCadenceLock(onSteps(calm, 300, 345), steps)
    expect(spans.length).toBe(1)
    expect(spans[0]?.[0]).toBeLessThanOrEqual(312)
    expect(spans[0]?.[1]).toBe(345)
  })

  it('is found again for shorter in the same run, and not for so short alone', () => {
    expect(findCadenceLock(onSteps(calm, 500, 531), steps)).toEqual([])
    const twice = findCadenceLock(onSteps(onSteps(calm, 300, 345), 500, 531), steps)
    expect(twice.length).toBe(2)
    expect(twice[1]?.[1]).toBe(531)
  })

  it('is no heart that rises as hearts do and settles at the steps by chance', () => {
    let heart = 110
    const rising = steps.map((_, s) => Math.round((heart += ((s < 100 ? 110 : STEPS + 1) - heart) / 32)))
    expect(findCadenceLock(rising, steps)).toEqual([])
    let through = 110
    const passing = steps.map((_, s) => Math.round((through += ((s < 100 ? 110 : 182) - through) / 32)))
    expect(findCadenceLock(passing, steps)).toEqual([])
  })

  it('may be any sensor on foot that is not known to be a strap', () => {
    expect(canCountSteps({ sensor: 'wrist', sport: 'running' })).toBe(true)
    expect(canCountSteps({ sensor: 'unknown', sport: 'walking' })).toBe(true)
    expect(canCountSteps({ sensor: 'chest', sport: 'running' })).toBe(false)
    expect(canCountSteps({ sensor: 'unknown', sport: 'cycling' })).toBe(false)
  })
})

describe('a run with such a sensor', () => {
  const pace = (forS: number, targetBpm: number) => ({ forS, targetBpm, speedMPerS: 2.4, stepsPerMin: 168 })
  const scenario = (sensor: SensorKind, targetBpm: number, locked: boolean): RunScenario => ({
    name: 'a run',
    why: '',
    sensor,
    paces: [pace(600, targetBpm), pace(1200, targetBpm)],
    mishaps: locked ? [{ kind: 'counts_steps', spanS: [700, 1000] }] : [],
    verdict: 'calm',
    cues: [],
    flags: [],
  })
  const attention = (of: RunScenario) =>
    assess({ ...makeRecording(of), format: 'tcx' }, usualZone)
      .flags.filter(({ level }) => level !== 'note')
      .map(({ kind }) => kind)

  it('is called hard neither from a wrist nor from a file that names no sensor', () => {
    expect(attention(scenario('wrist', 126, true))).toEqual([])
    expect(attention(scenario('unknown', 126, true))).toEqual([])
    expect(attention(scenario('chest', 126, true))).toContain('F9.hard')
  })

  it('is called hard where the heart itself is, at whatever the steps are', () => {
    for (const targetBpm of [164, 166, 168, 170, 175])
      expect(attention(scenario('unknown', targetBpm, false))).toContain('F9.hard')
  })
})
