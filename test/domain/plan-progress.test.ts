import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeHistory } from '../../fixtures/scenarios/history-scenario.ts'
import { usualOf } from '../../src/domain/check-in/usual.ts'
import { countWalks } from '../../src/domain/plan.ts'
import { computePlanProgress } from '../../src/domain/plan-progress.ts'

const of = (runs: readonly { readonly at: string; readonly min: number }[]) =>
  makeHistory({ name: '', why: '', asOf: '', runs, flags: [] })
/** Wednesday evening. */
const NOW = Date.parse('2026-11-04T20:00+01:00')
const since = (at: string, weekdays: readonly number[] = [2, 4, 6], runMin = 30) => ({
  validFromMs: Date.parse(at),
  weekdays,
  runMin,
})

describe('progress along a plan', () => {
  it('is not there before the first agreement, nor in its weeks', () => {
    const history = of([{ at: '2026-10-20T10:00+02:00', min: 30 }])
    expect(computePlanProgress(history, [], NOW)).toBeNull()
    expect(computePlanProgress(history, [since('2026-12-01T10:00+01:00')], NOW)).toBeNull()
    const weeks = computePlanProgress(history, [since('2026-10-27T10:00+01:00')], NOW)
    expect(weeks?.map(({ agreed }) => agreed?.min ?? null)).toEqual([null, null, null, null, null, null, 90, 90])
    expect(weeks?.map(({ runs }) => runs)).toEqual([0, 0, 0, 0, 0, 1, 0, 0])
  })

  it('counts runs on agreed days by what was agreed when they began, over the end of summer time too', () => {
    const history = of([
      { at: '2026-10-24T10:00+02:00', min: 30 },
      { at: '2026-10-25T10:00+01:00', min: 30 },
      { at: '2026-11-02T10:00+01:00', min: 30 },
      { at: '2026-11-03T10:00+01:00', min: 30 },
    ])
    const plans = [since('2026-09-01T10:00+02:00'), since('2026-11-03T08:00+01:00', [1, 2], 40)]
    const weeks = computePlanProgress(history, plans, NOW)
    expect(weeks?.slice(5).map(({ runs, runsOnAgreedDays }) => [runs, runsOnAgreedDays])).toEqual([
      [2, 1],
      [0, 0],
      // Monday was agreed on Tuesday only.
      [2, 1],
    ])
    expect(weeks?.at(-1)?.agreed).toEqual({ runs: 2, min: 80 })
  })

  it('takes the first of two agreements of one moment, which is the one that was made last', () => {
    const plans = [since('2026-10-01T10:00+02:00', [1], 40), since('2026-10-01T10:00+02:00')]
    expect(computePlanProgress(of([]), plans, NOW)?.at(-1)?.agreed).toEqual({ runs: 1, min: 40 })
  })

  it('adds up to what was run, whatever was agreed', () => {
    const runs = fc.array(
      fc.record({ hoursAgo: fc.integer({ min: 1, max: 1200 }), min: fc.integer({ min: 10, max: 90 }) }),
    )
    fc.assert(
      fc.property(runs, (drawn) => {
        const history = of(
          drawn.map(({ hoursAgo, min }) => ({ at: new Date(NOW - hoursAgo * 3_600_000).toISOString(), min })),
        )
        const weeks = computePlanProgress(history, [since('2026-01-01T10:00+01:00')], NOW) ?? []
        const minutes = weeks.reduce((sum, { min }) => sum + min, 0)
        expect(minutes).toBeCloseTo(
          drawn.reduce((sum, { min }) => sum + min, 0),
          6,
        )
        for (const { runs: count, runsOnAgreedDays } of weeks) expect(runsOnAgreedDays).toBeLessThanOrEqual(count)
      }),
      { numRuns: 50 },
    )
  })

  it('holds as many walks as fit whole in the agreed minutes', () => {
    expect(countWalks({ runS: 120, walkS: 60 }, 30)).toBe(10)
    expect(countWalks({ runS: 240, walkS: 60 }, 9)).toBe(1)
    expect(countWalks({ runS: 600, walkS: 60 }, 10)).toBe(0)
  })
})

describe('what is usual', () => {
  it('is the median of the first fourteen that were told, and unknown before', () => {
    const told = [...Array.from({ length: 13 }, () => 6), null, 7]
    expect(usualOf(told.slice(0, 14))).toBeNull()
    expect(usualOf(told)).toBe(6)
    expect(usualOf([...told, ...Array.from({ length: 40 }, () => 10)])).toBe(6)
  })
})
