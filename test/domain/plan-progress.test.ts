import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeHistory } from '../../fixtures/scenarios/history-scenario.ts'
import { lastTwoOf, usualOf } from '../../src/domain/check-in/usual.ts'
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
    // Nobody runs twice at once: what lies over each other counts once.
    const runs = fc.uniqueArray(
      fc.record({ hoursAgo: fc.integer({ min: 1, max: 1200 }), min: fc.integer({ min: 10, max: 60 }) }),
      { selector: ({ hoursAgo }) => hoursAgo },
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
  const told = (values: readonly (number | null)[], firstDay: number) =>
    values.map((value, i) => ({ day: firstDay + i, value }))

  it('is the median of at least seven answers of the last nine weeks, the last one left out', () => {
    const six = told([6, 6, 6, 6, 6, 6, null, 8], 30)
    expect(usualOf(six.slice(0, 7), 45)).toBeNull()
    expect(usualOf(six, 45)).toBe(6)
    expect(usualOf(six, 44)).toBeNull()
    expect(usualOf([...six, ...told([10, 10, 10, 10, 10, 10, 10, 10], 38)], 45)).toBe(6)
    expect(usualOf(six, 94)).toBeNull()
  })

  it('follows who changed for good: the first answers are not usual for ever', () => {
    const changed = [
      ...told(
        Array.from({ length: 20 }, () => 4),
        0,
      ),
      ...told(
        Array.from({ length: 63 }, () => 8),
        20,
      ),
    ]
    expect(usualOf(changed, 90)).toBe(8)
  })
})

describe('the last two that were told', () => {
  it('are the last of two days within five, the newest a day old at most', () => {
    const of = (...days: readonly (readonly [number, number | null])[]) =>
      lastTwoOf(
        days.map(([day, value]) => ({ day, value })),
        100,
      )
    expect(of([95, 4], [100, 5])).toEqual([4, 5])
    expect(of([94, 4], [100, 5])).toBeNull()
    expect(of([97, 4], [99, 5])).toEqual([4, 5])
    expect(of([97, 4], [98, 5])).toBeNull()
    expect(of([99, 4], [100, 5], [100, 6], [100, null])).toEqual([4, 6])
    expect(of([100, 4])).toBeNull()
  })
})
