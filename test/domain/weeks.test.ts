import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeHistory } from '../../fixtures/scenarios/history-scenario.ts'
import type { History } from '../../src/domain/patterns/history.ts'
import { listSessions } from '../../src/domain/patterns/training-sessions.ts'
import { dailyLoads, loadChange } from '../../src/domain/patterns/load.ts'
import { localMoment } from '../../src/domain/patterns/local-day.ts'
import { summariseWeeks } from '../../src/domain/patterns/weeks.ts'

const ZONE = 'Europe/Amsterdam'
const of = (runs: readonly { readonly at: string; readonly min: number; readonly rpe?: number }[]): History =>
  makeHistory({ name: '', why: '', asOf: '', runs, flags: [] })
/** Wednesday evening; its week begins on Monday 2 November. */
const NOW = Date.parse('2026-11-04T20:00+01:00')

describe('eight weeks', () => {
  it('counts each week by the local calendar, over the end of summer time', () => {
    // 25 October 2026 has 25 hours; 23:30 of that Sunday is still its own week.
    const history = of([
      { at: '2026-10-25T23:30+01:00', min: 30 },
      { at: '2026-10-26T00:30+01:00', min: 20 },
      { at: '2026-11-03T10:00+01:00', min: 40 },
      { at: '2026-11-03T18:00+01:00', min: 40 },
    ])
    const { weeks } = summariseWeeks(history, NOW)
    expect(weeks.map(({ minutes }) => minutes)).toEqual([0, 0, 0, 0, 0, 50, 0, 80])
    const split = of([
      { at: '2026-10-25T22:00+01:00', min: 30 },
      { at: '2026-10-26T00:30+01:00', min: 20 },
    ])
    expect(
      summariseWeeks(split, NOW)
        .weeks.slice(5, 7)
        .map(({ minutes }) => minutes),
    ).toEqual([30, 20])
  })

  it('knows rest days only from the first run on, and none that are still to come', () => {
    const history = of([
      { at: '2026-10-29T10:00+01:00', min: 30 },
      { at: '2026-11-03T10:00+01:00', min: 30 },
    ])
    const rest = summariseWeeks(history, NOW).weeks.map(({ restDays }) => restDays)
    // From Thursday to Sunday three without a run; of the running week Monday and Wednesday.
    expect(rest).toEqual([null, null, null, null, null, null, 3, 2])
  })

  it('weighs the calm share by measured time, and leaves out what could not be judged', () => {
    const history = makeHistory({
      name: '',
      why: '',
      asOf: '',
      flags: [],
      runs: [
        { at: '2026-11-02T10:00+01:00', min: 30, calmShare: 1 },
        { at: '2026-11-03T10:00+01:00', min: 10, calmShare: 0.6 },
        { at: '2026-11-04T10:00+01:00', min: 60, verdict: 'cannot_tell:signal' },
      ],
    })
    expect(summariseWeeks(history, NOW).weeks.at(-1)?.calmShare).toBeCloseTo(0.9, 9)
    expect(summariseWeeks(of([]), NOW).weeks.every(({ calmShare, runs }) => calmShare === null && runs === 0)).toBe(
      true,
    )
  })

  it('counts load by session RPE only where every run has one', () => {
    const rated = [
      { at: '2026-11-02T10:00+01:00', min: 30, rpe: 3 },
      { at: '2026-11-03T10:00+01:00', min: 20, rpe: 5 },
    ]
    expect(summariseWeeks(of(rated), NOW)).toMatchObject({ loadOf: 'session_rpe' })
    expect(summariseWeeks(of(rated), NOW).weeks.at(-1)?.load).toBe(190)
    const half = summariseWeeks(of([...rated, { at: '2026-11-04T10:00+01:00', min: 15 }]), NOW)
    expect([half.loadOf, half.weeks.at(-1)?.load]).toEqual(['minutes', 65])
  })

  it('adds up, whatever was run in whatever order, and its change is that of rule G4', () => {
    const runs = fc.array(
      fc.record({ hoursAgo: fc.integer({ min: 1, max: 24 * 55 }), min: fc.integer({ min: 1, max: 120 }) }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(runs, fc.integer(), (drawn, seed) => {
        const history = of(
          drawn.map(({ hoursAgo, min }) => ({ at: new Date(NOW - hoursAgo * 3_600_000).toISOString(), min })),
        )
        const { weeks, change } = summariseWeeks(history, NOW)
        const sessions = listSessions(history, NOW)
        const monday = weeks[0]?.monday ?? 0
        const within = sessions.filter(({ start }) => start.day >= monday)
        const sum = (pick: (week: (typeof weeks)[number]) => number) => weeks.reduce((all, week) => all + pick(week), 0)
        expect(sum(({ minutes }) => minutes)).toBeCloseTo(
          within.reduce((all, { movingMin }) => all + movingMin, 0),
          6,
        )
        expect(sum(({ runs: count }) => count)).toBe(within.length)
        for (const { runDays, restDays, starts, runs: count } of weeks) {
          expect(runDays + (restDays ?? 0)).toBeLessThanOrEqual(7)
          expect(starts).toHaveLength(count)
        }
        const { day } = localMoment(NOW, ZONE)
        expect(change.at(-1)).toEqual({ day, ratio: loadChange(dailyLoads(sessions, day).loads).ratio })
        const shuffled = history.runs.toSorted((a, b) => ((a.startedAtMs ^ seed) > (b.startedAtMs ^ seed) ? 1 : -1))
        expect(summariseWeeks({ ...history, runs: shuffled }, NOW)).toEqual(summariseWeeks(history, NOW))
      }),
      { numRuns: 60 },
    )
  })
})
