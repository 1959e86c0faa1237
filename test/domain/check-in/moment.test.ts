import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canReportOf, selfReportMoment } from '../../../src/domain/check-in/moment.ts'

const NOW = Date.parse('2026-11-04T20:00+01:00')
const DAY_MS = 86_400_000

describe('the moment that a check-in after a run is of', () => {
  it('is the end of the run, however much later it is told', () => {
    const run = { startedAtMs: NOW - 9 * DAY_MS, elapsedS: 1800.5 }
    expect(selfReportMoment(run, NOW)).toBe(run.startedAtMs + 1_800_500)
    expect(selfReportMoment(run, NOW + DAY_MS)).toBe(selfReportMoment(run, NOW))
  })

  it('is now where the clock of a watch runs ahead, and is not there over sixty days later', () => {
    expect(selfReportMoment({ startedAtMs: NOW + 60_000, elapsedS: 1800 }, NOW)).toBe(NOW)
    expect(selfReportMoment({ startedAtMs: NOW - 61 * DAY_MS, elapsedS: 1800 }, NOW)).toBeNull()
  })

  it('is always one that the server takes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -90, max: 3 }),
        fc.double({ min: 0, max: 90_000, noNaN: true }),
        (days, elapsedS) => {
          const atMs = selfReportMoment({ startedAtMs: NOW + days * DAY_MS, elapsedS }, NOW)
          expect(atMs === null || (Number.isInteger(atMs) && canReportOf(atMs, NOW))).toBe(true)
        },
      ),
    )
  })
})
