import { describe, expect, it } from 'vitest'
import { hearClock, learnClocks, offsetsOf } from '../../src/domain/recorder-clocks.ts'

const DAY_MS = 86_400_000
const NOW_MS = Date.UTC(2026, 10, 28, 9)

describe('how far a recorder’s clock is off', () => {
  it('is the moment of receiving less its own time of sending', () => {
    const sentAtMs = NOW_MS - 40 * DAY_MS
    const heard = hearClock('phone', sentAtMs, NOW_MS, sentAtMs - 1000)
    expect(offsetsOf(learnClocks([], [heard]))).toEqual(new Map([['phone', 40 * DAY_MS]]))
  })
  it('touches nothing where it is a minute at the most: a request may be on its way for long', () => {
    const heard = hearClock('phone', NOW_MS - 60_000, NOW_MS, NOW_MS - 61_000)
    expect(offsetsOf(learnClocks([], [heard]))).toEqual(new Map())
  })
  it('says nothing where entries are later than their sending: another clock sent them', () => {
    expect(hearClock('phone', NOW_MS, NOW_MS, NOW_MS + 365 * DAY_MS)).toBeNull()
  })
  it('takes the least of those sent while it recorded, and one sent days later only where nothing came sooner', () => {
    const late = hearClock('phone', NOW_MS, NOW_MS, NOW_MS - 3 * DAY_MS)
    const slow = hearClock('phone', NOW_MS - 400_000, NOW_MS, NOW_MS - 401_000)
    const quick = hearClock('phone', NOW_MS - 370_000, NOW_MS, NOW_MS - 371_000)
    expect(offsetsOf(learnClocks([], [late]))).toEqual(new Map())
    for (const order of [
      [late, slow, quick],
      [quick, slow, late],
    ])
      expect(offsetsOf(learnClocks([], order))).toEqual(new Map([['phone', 370_000]]))
  })
})
