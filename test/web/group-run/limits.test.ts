import { describe, expect, it } from 'vitest'
import type { Roster } from '../../../src/live/protocol.ts'
import {
  guidesOtherwise,
  isLooser,
  isOldLimit,
  limitsIn,
  toGuided,
  type Limits,
} from '../../../web/group-run/limits.ts'

const zone = (ceilingBpm: number, hardBpm: number | null = 162, id = 'v1') => ({
  id,
  source: 'manual' as const,
  ceilingBpm,
  floorBpm: null,
  hardBpm,
})
const limits = (change: Partial<Limits> = {}): Limits => ({
  watchLevel: 'standard',
  zone: zone(138),
  limitsAsOfMs: 1000,
  parameters: { overHoldS: 30, hardHoldS: 10 },
  ...change,
})

describe('by what a runner is guided', () => {
  it('is other where limit, watch level or a parameter is, and not because it was asked for again', () => {
    expect(guidesOtherwise(limits(), limits({ limitsAsOfMs: 9, parameters: { hardHoldS: 10, overHoldS: 30 } }))).toBe(
      false,
    )
    for (const change of [
      { zone: zone(105) },
      { zone: zone(138, null) },
      { zone: zone(138, 162, 'v2') },
      { zone: null },
      { watchLevel: 'extra' as const },
      { parameters: {} },
    ])
      expect(guidesOtherwise(limits(), limits(change))).toBe(true)
  })

  it('is looser with a higher limit, none, or less watching: one tap must not take it over', () => {
    expect(isLooser(limits({ zone: zone(105) }), limits())).toBe(false)
    expect(isLooser(limits({ watchLevel: 'extra' }), limits())).toBe(false)
    for (const change of [{ zone: zone(139) }, { zone: null }, { zone: zone(105, 170) }])
      expect(isLooser(limits(change), limits())).toBe(true)
    expect(isLooser(limits(), limits({ watchLevel: 'extra' }))).toBe(true)
    expect(isLooser(limits(), limits({ zone: null }))).toBe(false)
  })

  it('is old after a day, and never for a guest', () => {
    expect([isOldLimit(0, 86_400_000), isOldLimit(0, 86_400_001), isOldLimit(null, 1e15)]).toEqual([false, true, false])
  })

  it('comes from the roster with the time at which that was fetched, and is written down with the rules of this page', () => {
    const client = { id: 'noor', firstName: 'Noor', watchLevel: 'extra' as const, zoneNeedsReview: false }
    const roster: Roster = {
      groupId: 'g',
      name: 'Dinsdag',
      fetchedAtMs: 5000,
      ruleVersion: '0',
      parameters: { overHoldS: 20 },
      clients: [{ ...client, zone: { ...zone(120), validFromMs: 1 } }],
    }
    const found = limitsIn(roster, 'noor')
    expect(found).toMatchObject({ watchLevel: 'extra', limitsAsOfMs: 5000, parameters: { overHoldS: 20 } })
    expect(found && toGuided(found)).toEqual({
      kind: 'guided',
      zoneVersionId: 'v1',
      watchLevel: 'extra',
      parameters: { overHoldS: 20 },
      ruleVersion: expect.stringMatching(/^\d+$/),
      limitsAsOfMs: 5000,
      ceilingBpm: 120,
      hardBpm: 162,
    })
    expect([limitsIn(roster, 'other'), limitsIn(roster, null)]).toEqual([null, null])
  })
})
