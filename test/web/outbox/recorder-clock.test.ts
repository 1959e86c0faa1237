import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ASLEEP_MS, FROZEN_MS, openRecorderClock, readClock, startClock } from '../../../web/outbox/recorder-clock.ts'

const START_MS = Date.UTC(2026, 10, 24, 9)
const at = (wallMs: number, steadyMs: number) => ({ wallMs: START_MS + wallMs, steadyMs })

describe('the recorder’s clock', () => {
  it('follows the steady clock, in whole milliseconds, whatever somebody sets the other to', () => {
    const clock = startClock(at(0, 100.4), null)
    expect(readClock(clock, at(1000, 1100.9))).toEqual({ atMs: START_MS + 1000, missedSinceMs: null })
    expect(readClock(clock, at(-3_600_000, 2100.4))).toEqual({ atMs: START_MS + 2000, missedSinceMs: null })
  })

  it('does not begin before the last entry on disk', () => {
    const clock = startClock(at(0, 0), START_MS + 60_000)
    expect(readClock(clock, at(1000, 1000)).atMs).toBe(START_MS + 61_000)
  })

  it('leaps after the wall clock where the phone slept, and says since when something may be missing', () => {
    const clock = startClock(at(0, 0), null)
    readClock(clock, at(1000, 1000))
    expect(readClock(clock, at(ASLEEP_MS + 2000, 2000))).toEqual({ atMs: START_MS + 2000, missedSinceMs: null })
    expect(readClock(clock, at(60_000, 3000))).toEqual({
      atMs: START_MS + 60_000,
      missedSinceMs: START_MS + 2000,
    })
    expect(readClock(clock, at(61_000, 4000))).toEqual({ atMs: START_MS + 61_000, missedSinceMs: null })
  })

  it('says so too where the page was frozen while the steady clock went on', () => {
    const clock = startClock(at(0, 0), null)
    readClock(clock, at(1000, 1000))
    const later = 1001 + FROZEN_MS
    expect(readClock(clock, at(later, later))).toEqual({ atMs: START_MS + later, missedSinceMs: START_MS + 1000 })
  })

  it('never goes back, whatever both clocks do', () => {
    const reading = fc.record({
      wallMs: fc.integer({ min: -1e9, max: 1e9 }),
      stepMs: fc.double({ min: 0, max: 1e5, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(reading), fc.option(fc.integer({ min: -1e9, max: 1e9 })), (readings, notBefore) => {
        const clock = startClock(at(0, 0), notBefore === null ? null : START_MS + notBefore)
        let steadyMs = 0
        let beforeMs = clock.lastMs
        for (const { wallMs, stepMs } of readings) {
          const { atMs, missedSinceMs } = readClock(clock, at(wallMs, (steadyMs += stepMs)))
          expect(Number.isSafeInteger(atMs)).toBe(true)
          expect(atMs).toBeGreaterThanOrEqual(beforeMs)
          if (missedSinceMs !== null) expect(missedSinceMs).toBe(beforeMs)
          beforeMs = atMs
        }
      }),
    )
  })

  it('gives a runner a later time each time, and others are not pushed on by it', () => {
    const lasts: Record<string, number> = {}
    const clock = openRecorderClock(
      (id) => lasts[id] ?? null,
      ['noor', 'mo'],
      () => undefined,
    )
    const given = Array.from({ length: 1000 }, () => (lasts['noor'] = clock.stamp('noor')))
    expect(given.every((ms, i) => i === 0 || ms > (given[i - 1] ?? 0))).toBe(true)
    expect(Math.abs(clock.stamp('mo') - Date.now())).toBeLessThan(500)
    clock.close()
  })
})
