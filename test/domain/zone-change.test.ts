import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noZone, type CalmZone } from '../../src/domain/calm-zone.ts'
import { findToConfirm } from '../../src/domain/zone/zone-change.ts'
import { changeInputs, noInputs, readInputs, type ZoneInputs } from '../../src/domain/zone/zone-inputs.ts'

const zone = (ceilingBpm: number | null, hardBpm: number | null, source: CalmZone['source'] = 'manual'): CalmZone =>
  ceilingBpm === null || source === 'none' ? { ...noZone, hardBpm } : { source, ceilingBpm, floorBpm: null, hardBpm }
const nothing = { restBpm: null, maxBpm: null }

describe('what must be confirmed before a limit is saved (rules B11, B12)', () => {
  it('is each limit that rises, with its old and new number', () => {
    expect(findToConfirm(zone(130, 148), zone(132, 163), nothing)).toEqual([
      { code: 'CEILING_RISES', fromBpm: 130, toBpm: 132 },
      { code: 'HARD_RISES', fromBpm: 148, toBpm: 163 },
    ])
  })
  it('is a limit that goes', () => {
    expect(findToConfirm(zone(130, 148), noZone, nothing)).toEqual([
      { code: 'CEILING_RISES', fromBpm: 130, toBpm: null },
      { code: 'HARD_RISES', fromBpm: 148, toBpm: null },
    ])
  })
  it('is nothing for a lower, the same or the first limit', () => {
    for (const before of [null, noZone, zone(140, 160), zone(130, 148)])
      expect(findToConfirm(before, zone(130, 148), nothing)).toEqual([])
  })
  it('is a resting rate over 100, and a ceiling by the reserve above 80 % of the maximum', () => {
    expect(findToConfirm(null, zone(151, 170, 'hrr_measured'), { restBpm: 110, maxBpm: 180 })).toEqual([
      { code: 'REST_HIGH', bpm: 110 },
      { code: 'CEILING_HIGH_OF_MAX', bpm: 151 },
    ])
    expect(findToConfirm(null, zone(144, 162, 'hrr_measured'), { restBpm: 100, maxBpm: 180 })).toEqual([])
    // What a person or a talk test says is held against 90 % elsewhere (rule B8).
    expect(findToConfirm(null, zone(151, 170, 'manual'), { restBpm: 60, maxBpm: 180 })).toEqual([])
  })
})

const bpm = fc.option(fc.integer({ min: 30, max: 220 }))
const inputs: fc.Arbitrary<ZoneInputs> = fc.record({
  manualCeilingBpm: bpm,
  manualFloorBpm: bpm,
  manualHardBpm: bpm,
  restBpm: bpm,
  restMeasuredAtMs: fc.option(fc.integer({ min: 1, max: 2e12 })),
  restOnCurrentMedication: fc.boolean(),
  measuredMaxBpm: bpm,
  measuredMaxOnCurrentMedication: fc.boolean(),
  talkCeilingBpm: bpm,
  talkTestedAtMs: fc.option(fc.integer({ min: 1, max: 2e12 })),
  ownCalibration: fc.boolean(),
  ageFormulaConfirmed: fc.boolean(),
  rateRaising: fc.boolean(),
  overrideAgeEstimate: fc.boolean(),
})
/** A talk test without a ceiling keeps no date. */
const whole = (one: ZoneInputs): ZoneInputs => (one.talkCeilingBpm === null ? { ...one, talkTestedAtMs: null } : one)

/** They go with the fact that they are of. */
const ownedByAnother: ReadonlySet<keyof ZoneInputs> = new Set([
  'talkTestedAtMs',
  'restMeasuredAtMs',
  'restOnCurrentMedication',
])

describe('changing the facts of a limit (rule B12)', () => {
  it('keeps what is not mentioned', () => {
    fc.assert(
      fc.property(
        inputs,
        fc.subarray(Object.keys(noInputs) as (keyof ZoneInputs)[]),
        inputs,
        (before, named, other) => {
          const changes = Object.fromEntries(named.map((name) => [name, other[name]]))
          const after = changeInputs(whole(before), changes)
          for (const name of Object.keys(noInputs) as (keyof ZoneInputs)[])
            if (!ownedByAnother.has(name))
              expect(after[name]).toBe(named.includes(name) ? other[name] : whole(before)[name])
        },
      ),
    )
  })
  it('takes the date of a talk test away with its ceiling', () => {
    const before = { ...noInputs, talkCeilingBpm: 130, talkTestedAtMs: 1_700_000_000_000 }
    expect(changeInputs(before, { talkCeilingBpm: null })).toEqual(noInputs)
  })
  it('does not take the date of one resting rate for another', () => {
    const before = { ...noInputs, restBpm: 60, restMeasuredAtMs: 1_700_000_000_000, restOnCurrentMedication: true }
    expect(changeInputs(before, { restBpm: 72 })).toEqual({ ...noInputs, restBpm: 72 })
    expect(changeInputs(before, { restBpm: 60, rateRaising: true })).toEqual({ ...before, rateRaising: true })
  })
  it('reads back what was stored, and nothing from what has another type', () => {
    fc.assert(
      fc.property(inputs, (one) => {
        expect(readInputs(JSON.parse(JSON.stringify(one)))).toEqual(one)
      }),
    )
    expect(readInputs(JSON.parse('{"restBpm":"60","ownCalibration":"yes","other":1}'))).toEqual(noInputs)
  })
})
