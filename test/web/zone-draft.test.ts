import { describe, expect, it } from 'vitest'
import { zoneDefaults } from '../../src/domain/parameters/zone.ts'
import { noInputs } from '../../src/domain/zone/zone-inputs.ts'
import {
  changesOf,
  previewChange,
  removedBy,
  type TypedZone,
} from '../../web/screens/clients/client/zone/zone-draft.ts'

const DAY_MS = 86_400_000
const NOW_MS = Date.UTC(2026, 10, 28)
const inForce = { ...noInputs, talkCeilingBpm: 130, talkTestedAtMs: NOW_MS - 10 * DAY_MS, manualHardBpm: 148 }
const before = { source: 'talktest', ceilingBpm: 130, floorBpm: null, hardBpm: 148, inputs: inForce } as const
const typed: TypedZone = {
  bpm: { manual: null, hard: 148, talk: 130, rest: null, max: null },
  talkTestedAtMs: inForce.talkTestedAtMs,
  medicine: null,
  ownCalibration: null,
  overrideAgeEstimate: false,
}
const client = { ageYears: 40, watchLevel: 'standard' } as const

describe('the form of a calm limit', () => {
  it('changes nothing where nothing was typed', () => {
    expect(changesOf(inForce, typed)).toEqual({})
  })
  it('changes only what was typed: a resting rate leaves talk test and hard limit as they are', () => {
    const changes = changesOf(inForce, { ...typed, bpm: { ...typed.bpm, rest: 60 } })
    expect(changes).toEqual({ restBpm: 60 })
    const { zone, toConfirm } = previewChange(before, changes, client, zoneDefaults, NOW_MS)
    expect(zone).toMatchObject({ source: 'talktest', ceilingBpm: 130, hardBpm: 148 })
    expect(toConfirm).toEqual([])
  })
  it('says what an emptied field takes away, and what rises by it', () => {
    const changes = changesOf(inForce, { ...typed, bpm: { ...typed.bpm, hard: null } })
    expect(removedBy(inForce, changes)).toEqual(['hard'])
    expect(previewChange(before, changes, client, zoneDefaults, NOW_MS).toConfirm).toEqual([
      { code: 'HARD_RISES', fromBpm: 148, toBpm: 162 },
    ])
  })
  it('says that a resting rate does not count where something raises it and it is old (rule A9)', () => {
    const medicine = { rateRaising: true, restMeasuredAtMs: NOW_MS - 40 * DAY_MS, restOnCurrentMedication: true }
    const bpm = { ...typed.bpm, talk: null, hard: null, rest: 80 }
    const changes = changesOf(noInputs, { ...typed, bpm, talkTestedAtMs: null, medicine })
    expect(changes).toEqual({ restBpm: 80, ...medicine })
    const preview = previewChange(null, changes, client, zoneDefaults, NOW_MS)
    expect([preview.zone?.source, preview.restIsLeftOut]).toEqual(['pctmax_age', true])
    const fresh = { ...changes, restMeasuredAtMs: NOW_MS - DAY_MS }
    expect(previewChange(null, fresh, client, zoneDefaults, NOW_MS).restIsLeftOut).toBe(false)
  })
  it('says why a set of numbers cannot be', () => {
    const { zone, problems } = previewChange(before, { restBpm: 20 }, client, zoneDefaults, NOW_MS)
    expect([zone, problems]).toEqual([null, ['REST_RANGE']])
  })
})
