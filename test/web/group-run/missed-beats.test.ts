import { describe, expect, it } from 'vitest'
import { gapSince, startWatch, toMissed } from '../../../web/group-run/missed-beats.ts'

describe('beats that were missed', () => {
  it('are none where they kept coming', () => {
    const watch = startWatch(1000, new Map([['noor', 900]]))
    for (const atMs of [1900, 2900, 3900]) watch.heard('noor', atMs)
    expect(watch.gapOf('noor', 4500)).toBeNull()
  })

  it('are told from where the longest gap began, in the middle too', () => {
    const watch = startWatch(1000, new Map([['noor', 900]]))
    for (const atMs of [1900, 30_000, 31_000]) watch.heard('noor', atMs)
    expect(watch.gapOf('noor', 31_500)).toBe(1900)
  })

  it('are told of who was not heard at all', () => {
    expect(startWatch(1000, new Map()).gapOf('noor', 9000)).toBe(1000)
    expect(toMissed([], 9000)).toBeNull()
    expect(toMissed([{ id: 'noor', alias: 'Noor', sinceMs: 1000 }], 9000)).toEqual({
      untilMs: 9000,
      runners: [{ id: 'noor', alias: 'Noor', sinceMs: 1000 }],
    })
  })

  it('are after a reload those of each runner’s own gap', () => {
    expect([gapSince(1000, 55_000), gapSince(47_000, 55_000), gapSince(52_500, 55_000)]).toEqual([1000, 47_000, null])
  })
})
