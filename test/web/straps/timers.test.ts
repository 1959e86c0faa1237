import { describe, expect, it } from 'vitest'
import { steadyClock } from '../../../web/straps/timers.ts'

describe('steadyClock', () => {
  it('goes on evenly whatever the wall clock is set to: no strap has been silent by that', () => {
    let [monotonicMs, wallMs] = [500, 1_800_000_000_000]
    const nowMs = steadyClock(
      () => monotonicMs,
      () => wallMs,
    )
    const at = (monotonic: number, wall: number) => {
      monotonicMs += monotonic
      wallMs += wall
      return nowMs() - 1_800_000_000_000
    }
    expect([at(1000, 1000), at(1000.4, -3_600_000), at(1000, 1000)]).toEqual([1000, 2000, 3000])
    expect(at(10, 3_600_000 + 61_000)).toBe(3010)
  })
})
