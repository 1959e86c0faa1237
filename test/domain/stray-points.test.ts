// Rule T1: a few points far from the run are left out, and nothing else is.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countPausedS, type PauseSpan } from '../../src/domain/paused-seconds.ts'
import { leaveOutStrays } from '../../src/domain/stray-points.ts'

const start = Date.UTC(2026, 8, 1, 8) / 1000
const now = start + 3600
const day = 86_400
/** Rows once a second. */
const rows = (fromS: number, forS: number) => Array.from({ length: forS }, (_, s) => fromS + s)
const run = rows(start, 1800)
/** So many parts of so many rows, each behind a step, from where the run ends. */
const blocks = (count: number, forS: number, stepS: number, fromS = start + 1800) =>
  Array.from({ length: count }, (_, k) => rows(fromS + (k + 1) * (stepS + forS), forS)).flat()
const left = (times: readonly number[], pauses: readonly PauseSpan[] = [], nowS = now) => {
  const kept = leaveOutStrays(times, pauses, nowS)
  return kept === null ? [...times] : Array.from(kept, (row) => times[row] ?? Number.NaN)
}

describe('stray points (rule T1)', () => {
  it.each([
    ['days before', [...rows(start - 6 * day, 11), ...run]],
    ['hours later, before the first', [...rows(start + 7200, 2), ...run]],
    ['in the year 0', [...run, ...rows(-62_000_000_000, 2)]],
    ['four years before, in the middle', [...run.slice(0, 900), start - 4 * 365 * day, ...run.slice(900)]],
    ['at three other times', [start - 4 * day, ...run.slice(0, 60), start + 40_000, ...run.slice(60), start + 90_000]],
    ['by a clock that was not set yet', [...rows(Date.UTC(1970, 0, 1) / 1000, 300), ...run]],
    ['far ahead, minutes of them', [...rows(now + 3 * day, 300), ...run]],
  ])('leaves out points %s, and nothing else', (_, times) => {
    expect(left(times)).toEqual(run)
  })

  it.each([
    ['a gap of ten minutes', [...rows(start, 20), ...rows(start + 619, 1800)], []],
    ['a pause that covers the gap', [...rows(start, 20), ...rows(start + 7200, 1800)], [[start + 20, start + 7200]]],
    ['a minute before a gap', [...rows(start, 61), ...rows(start + 7200, 1800)], []],
    ['a twentieth of the rest', [...rows(start, 20), ...rows(start + 7200, 400)], []],
    ['minutes before the clock was set', [...rows(Date.UTC(1990, 0, 1) / 1000, 700), ...run], []],
    ['what could be judged, before all years', [...rows(Date.UTC(1970, 0, 1) / 1000, 301), ...run], []],
    ['what could be judged, far ahead', [...rows(now + 3 * day, 900), ...run], []],
    ['a clock that never was set', rows(Date.UTC(2000, 0, 1) / 1000 - 900, 1800), []],
    ['a clock that is years ahead', rows(now + 900 * day, 1800), []],
    ['forty blocks of 45 s, ten minutes apart', [...run, ...blocks(40, 45, 700)], []],
    ['three blocks of 290 s before all years', [...blocks(3, 290, 700, 0), ...run], []],
    ['two hundred single rows', [...run, ...blocks(200, 1, 700)], []],
    ['a clock that trembles', Array.from({ length: 3000 }, (_, s) => start + s - 3 * Math.floor(s / 20)), []],
    ['a file in the order of newest first', run.toReversed(), []],
  ] as const)('keeps every row of %s', (_, times, pauses) => {
    expect(left(times, pauses)).toEqual([...times])
  })

  it('believes no pause of more than a day', () => {
    const times = [...rows(start - 6 * day, 11), ...run]
    expect(left(times, [[start - 6 * day + 11, start]])).toEqual(run)
  })

  it('takes no time for one that lies ahead where nobody knows what time it is', () => {
    const times = [...rows(now + 3 * day, 900), ...run]
    expect(left(times, [], Infinity)).toEqual(times)
  })

  it('keeps the run of a clock that was not set, beside a few points of one that was', () => {
    const unset = rows(Date.UTC(1990, 0, 1) / 1000, 1800)
    expect(left([...unset, ...rows(start, 3)])).toEqual(unset)
  })

  it('never changes the rest, wherever how many points stray', () => {
    const stray = fc.record({
      at: fc.nat(1800),
      forS: fc.integer({ min: 1, max: 11 }),
      offsetS: fc.oneof(
        fc.integer({ min: -5000 * day, max: -700 }),
        fc.integer({ min: 1800 + 700, max: 5000 * day }),
        fc.constantFrom(-70_000_000_000, 9_000_000_000),
      ),
    })
    fc.assert(
      fc.property(fc.array(stray, { maxLength: 8 }), (strays) => {
        const times = [...run]
        for (const { at, forS, offsetS } of strays.toSorted((a, b) => b.at - a.at))
          times.splice(at, 0, ...rows(start + offsetS, forS))
        // Rows of other strays can stand beside one and make it longer, but never a minute long.
        fc.pre(strays.length < 6)
        expect(left(times).toSorted((a, b) => a - b)).toEqual(run)
      }),
      { numRuns: 400 },
    )
  })

  it('keeps something of whatever there is, in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e11, max: 1e11, noNaN: true }), { minLength: 1 }), (times) => {
        const kept = leaveOutStrays(times, [], now) ?? Int32Array.from(times.keys())
        expect(kept.length).toBeGreaterThan(0)
        expect([...kept]).toEqual([...kept].toSorted((a, b) => a - b))
      }),
    )
  })
})

describe('paused seconds', () => {
  it('is what pauses cover of a stretch, as counted second by second', () => {
    const span = fc.tuple(fc.nat(60), fc.nat(60))
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), fc.nat(60), fc.nat(60), (spans, from, forS) => {
        const seconds = Array.from({ length: forS }, (_, s) => from + s)
        const covered = seconds.filter((s) => spans.some(([a, b]) => a <= s && s < b)).length
        expect(countPausedS(spans)(from, from + forS)).toBe(covered)
      }),
    )
  })

  it('counts a pause that nobody ended to the end', () => {
    expect(countPausedS([[10, Infinity]])(0, 25)).toBe(15)
  })
})
