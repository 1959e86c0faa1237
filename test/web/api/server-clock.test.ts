import { beforeEach, describe, expect, it } from 'vitest'
import {
  aheadOf,
  clockOff,
  learnFromPast,
  learnServerClock,
  phoneWasSet,
  serverAheadMs,
} from '../../../web/api/server-clock.ts'

const NOON_MS = Date.UTC(2026, 10, 24, 12)
const at = (wallMs: number, steadyMs = wallMs) => ({ wallMs: NOON_MS + wallMs, steadyMs })

describe('the server’s clock beside this phone’s', () => {
  beforeEach(() => (serverAheadMs.value = null))

  it('is taken from the middle of asking and answering', () => {
    expect(aheadOf(NOON_MS + 90_500, at(0), at(1000))).toBe(90_000)
  })

  it('is not learned from an answer that took too long, nor across a clock that was set', () => {
    expect(aheadOf(NOON_MS, at(0), at(31_000))).toBeNull()
    expect(aheadOf(NOON_MS, at(0, 0), at(61_000, 1000))).toBeNull()
    expect(aheadOf(NOON_MS, at(0, 0), at(-59_000, 1000))).toBeNull()
  })

  it('is not learned from what answers in the server’s place and says no time', async () => {
    const answer: { serverMs: number } = JSON.parse('{}')
    await learnServerClock(Promise.resolve(answer), ({ serverMs }) => serverMs)
    expect(serverAheadMs.value).toBeNull()
    expect(clockOff(serverAheadMs.value)).toBeNull()
  })

  it('is learned from every answer that says it, and moves with a phone that is set', async () => {
    const answer = await learnServerClock(
      Promise.resolve({ serverMs: Date.now() + 600_000 }),
      ({ serverMs }) => serverMs,
    )
    expect(answer.serverMs).toBeGreaterThan(0)
    expect(clockOff(serverAheadMs.value)).toEqual({ way: 'behind', unit: 'minutes', count: 10 })
    phoneWasSet(600_000)
    expect(clockOff(serverAheadMs.value)).toBeNull()
  })

  it('cannot lie before what the server once said: without a network a phone far behind is told all the same', () => {
    learnFromPast(NOON_MS - 86_400_000, NOON_MS)
    expect(serverAheadMs.value).toBeNull()
    learnFromPast(NOON_MS + 40 * 86_400_000, NOON_MS)
    expect(clockOff(serverAheadMs.value)).toEqual({ way: 'behind', unit: 'days', count: 40 })
  })

  it.each([
    [0, null],
    [60_000, null],
    [-60_000, null],
    [61_000, 'behind 1 minutes'],
    [-61_000, 'ahead 1 minutes'],
    [90 * 60_000, 'behind 90 minutes'],
    [-3 * 3_600_000, 'ahead 3 hours'],
    [40 * 86_400_000 + 3_600_000, 'behind 40 days'],
  ])('off by %d ms is told as %s', (aheadMs, told) => {
    const off = clockOff(aheadMs)
    expect(off === null ? null : `${off.way} ${off.count} ${off.unit}`).toBe(told)
  })
})
