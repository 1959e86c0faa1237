import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../src/domain/assess.ts'
import { resolveZone, watchLevels, type ZoneFacts } from '../../src/domain/zone/resolve-zone.ts'
import { toRecording } from '../../src/formats/phone-recording/to-recording.ts'
import { madeStream } from '../support/stream.ts'

const maybe = (min: number, max: number) => fc.option(fc.integer({ min, max }), { nil: null })
const facts: fc.Arbitrary<ZoneFacts> = fc.record({
  ageYears: maybe(14, 95),
  restBpm: maybe(25, 125),
  measuredMaxBpm: maybe(85, 225),
  measuredMaxOnCurrentMedication: fc.boolean(),
  manualCeilingBpm: maybe(60, 210),
  manualFloorBpm: maybe(-20, 200),
  manualHardBpm: maybe(60, 260),
  talkCeilingBpm: maybe(80, 190),
  talkAgeDays: maybe(0, 200),
  watchLevel: fc.constantFrom(...watchLevels),
  ownCalibration: fc.boolean(),
  ageFormulaConfirmed: fc.boolean(),
  overrideAgeEstimate: fc.boolean(),
})

describe('a limit that a person stated by hand', () => {
  it('is in the zone or among the problems, whatever else is known', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const resolved = resolveZone(known)
        if (!resolved.ok) {
          expect(resolved.problems.length).toBeGreaterThan(0)
          return
        }
        const { ceilingBpm, floorBpm, hardBpm } = resolved.zone
        if (known.manualCeilingBpm !== null) expect(ceilingBpm).toBe(known.manualCeilingBpm)
        if (known.manualFloorBpm !== null) expect(floorBpm).toBe(known.manualFloorBpm)
        if (known.manualHardBpm !== null) expect(hardBpm).toBe(known.manualHardBpm)
      }),
      { numRuns: 2000 },
    )
  })

  it('works by itself: without a ceiling HARD, F2 and F9 are told and the verdict says that no limit is known', () => {
    const resolved = resolveZone({ manualHardBpm: 142 })
    const recording = toRecording(madeStream(900, () => 150))
    if (!resolved.ok || recording === null) throw new Error('refused')
    const { verdict, cues, flags } = assess(recording, resolved.zone)
    expect(verdict).toBe('cannot_tell:no_zone')
    expect(cues.map(([, kind]) => kind)).toEqual(['HARD'])
    expect(flags.map(({ kind }) => kind)).toContain('F9.hard')
  })
})

describe('where something raises the heart rate (rule A9)', () => {
  const facts = { ageYears: 40, restBpm: 80, rateRaising: true }
  const sourceOf = (more: Partial<ZoneFacts>) => {
    const resolved = resolveZone({ ...facts, ...more })
    return resolved.ok ? resolved.zone.source : resolved.problems
  }

  it('counts a resting rate only if it is fresh and was measured as things are now', () => {
    expect(sourceOf({ restAgeDays: 30, restOnCurrentMedication: true })).toBe('hrr_age')
    expect(sourceOf({ restAgeDays: 31, restOnCurrentMedication: true })).toBe('pctmax_age')
    expect(sourceOf({ restAgeDays: 3 })).toBe('pctmax_age')
    expect(sourceOf({ restOnCurrentMedication: true })).toBe('pctmax_age')
    expect(sourceOf({ restAgeDays: -40, restOnCurrentMedication: true })).toBe('pctmax_age')
    expect(sourceOf({ rateRaising: false })).toBe('hrr_age')
  })
})
