// Rule T2, and with rule T1 as readers ask it: what a set-back clock says, what is told twice, and what is only out of order.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeBeside, placeRows } from '../../src/domain/row-times.ts'

const START_S = 1_788_249_600
interface Row {
  readonly atS: number
  readonly bpm: number
}
/** A heart that nobody takes for another one a while later. */
const bpmAt = (second: number): number => 100 + ((second * 7919) % 61)
const steady = (fromS: number, count: number, everyS = 1, harder = 0): Row[] =>
  Array.from({ length: count }, (_, k) => ({ atS: fromS + k * everyS, bpm: bpmAt(fromS + k * everyS) + harder }))

function place(rows: readonly Row[]) {
  const times = rows.map(({ atS }) => START_S + atS)
  const placed = placeRows(times, [], Infinity, () => ({
    bpm: rows.map(({ bpm }) => bpm),
    distanceM: rows.map(() => Number.NaN),
  }))
  const at = [...placed.rows].map((row) => (rows[row]?.atS ?? 0) + (placed.laterS?.[row] ?? 0))
  return { at, warnings: placed.warnings, laterS: placed.laterS }
}

describe('a clock that was set back (rule T2)', () => {
  it('puts what follows behind what came before, one interval on, its own times kept', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 400 }),
        fc.integer({ min: 30, max: 400 }),
        fc.integer({ min: 3, max: 5000 }),
        fc.integer({ min: 1, max: 5 }),
        (before, after, backS, everyS) => {
          const first = steady(0, before, everyS)
          const fromS = (before - 1) * everyS + everyS - backS
          fc.pre(fromS < (before - 1) * everyS - 2)
          const { at, warnings } = place([...first, ...steady(fromS, after, everyS, 80)])
          expect(at).toEqual(Array.from({ length: before + after }, (_, k) => k * everyS))
          expect(warnings).toEqual(['CLOCK_STEPPED_BACK'])
        },
      ),
    )
  })

  it('lets seconds that are told again be told once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 300 }), fc.integer({ min: 5, max: 60 }), (count, againS) => {
        const rows = [...steady(0, count), ...steady(count - againS, 200)]
        expect(place(rows)).toMatchObject({ laterS: null, warnings: [] })
      }),
    )
  })

  it('takes rows that come late or early for what they are, wherever they stand', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 280 }),
        fc.integer({ min: 3, max: 40 }),
        fc.boolean(),
        (at, offS, isLate) => {
          const rows = steady(0, 300)
          const [moved] = rows.splice(at, 1)
          if (moved === undefined) return
          rows.splice(isLate ? Math.min(rows.length, at + offS) : Math.max(0, at - offS), 0, moved)
          expect(place(rows).laterS).toBeNull()
        },
      ),
    )
  })

  it('keeps blocks that speak of the same seconds in other words', () => {
    const rates = steady(0, 100)
    const silent = rates.map(({ atS }) => ({ atS, bpm: Number.NaN }))
    expect(place([...rates, ...silent]).laterS).toBeNull()
  })

  it('goes on by the first clock where it was put right again', () => {
    const rows = [...steady(0, 600), ...steady(600 - 1800, 300, 1, 80), ...steady(900, 300, 1, 160)]
    expect(place(rows).at).toEqual(Array.from({ length: 1200 }, (_, k) => k))
  })

  it('follows a clock that is set back again and again', () => {
    const rows = [...steady(0, 100), ...steady(-500, 100, 1, 80), ...steady(-2000, 100, 1, 160)]
    expect(place(rows).at).toEqual(Array.from({ length: 300 }, (_, k) => k))
  })

  it('places a press of the timer with the rows that it stands between', () => {
    const rows = [...steady(0, 100), ...steady(-500, 100, 1, 80)]
    const times = rows.map(({ atS }) => START_S + atS)
    const { laterS } = place(rows)
    expect(placeBeside(START_S + 50, 51, times, laterS)).toBe(START_S + 50)
    expect(placeBeside(START_S - 450, 150, times, laterS)).toBe(START_S + 150)
    expect(placeBeside(START_S - 500, 100, times, laterS)).toBe(START_S + 100)
    expect(placeBeside(START_S + 99, 100, times, laterS)).toBe(START_S + 99)
  })
})

describe('a block by a clock that was ahead (rule T2)', () => {
  it('moves to where it stands, whichever way the clock went, and nothing else does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 300 }),
        fc.integer({ min: 60, max: 300 }),
        fc.integer({ min: 60, max: 300 }),
        fc.oneof(fc.integer({ min: 1000, max: 900_000 }), fc.integer({ min: -900_000, max: -1000 })),
        (before, block, after, awayS) => {
          const rows = [...steady(0, before), ...steady(before + awayS, block, 1, 80), ...steady(before + block, after)]
          const { at, warnings } = place(rows)
          expect(at).toEqual(Array.from({ length: before + block + after }, (_, k) => k))
          expect(warnings).toEqual(['CLOCK_STEPPED_BACK'])
        },
      ),
    )
  })

  it('does not believe a heart alone where the way says that it goes on', () => {
    const rows = [...Array.from({ length: 600 }, (_, k) => k), ...Array.from({ length: 600 }, (_, k) => k)]
    const { laterS } = placeRows(
      rows.map((s) => START_S + s),
      [],
      Infinity,
      () => ({ bpm: rows.map(() => 130), distanceM: rows.map((_, k) => 2 * k) }),
    )
    expect(laterS?.[1199]).toBe(600)
  })

  it('compares the last rate that still holds, where a rate stands in every fifth row', () => {
    const fifth = (fromS: number, phase: number, bpm: number) =>
      Array.from({ length: 900 }, (_, k) => ({ atS: fromS + k, bpm: k % 5 === phase ? bpm : Number.NaN }))
    expect(place([...fifth(0, 0, 120), ...fifth(0, 2, 170)]).laterS?.[1799]).toBe(900)
    expect(place([...fifth(0, 0, 120), ...fifth(0, 2, 121)]).laterS).toBeNull()
  })
})
