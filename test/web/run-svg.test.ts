import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HEIGHT, minuteTicks, pathOf, scaleOf, thin, WIDTH } from '../../src/formats/drawing/geometry.ts'
import { truncateList } from '../../web/screens/review/report/truncate-list.ts'

describe('a run drawn for paper', () => {
  it('keeps its highest and lowest in a few hundred points, and its holes', () => {
    const seconds = fc.array(fc.option(fc.integer({ min: 60, max: 200 }), { nil: null }), {
      minLength: 1,
      maxLength: 4000,
    })
    fc.assert(
      fc.property(seconds, (bpm) => {
        const smoothed = { elapsedS: bpm.map((_, s) => s), bpm }
        const points = thin({ smoothed, holdLimitS: 5 }, bpm.length).flat()
        const known = bpm.filter((one) => one !== null)
        expect(points.length).toBeLessThanOrEqual(700)
        expect(Math.max(0, ...points.map((one) => one.bpm))).toBe(Math.max(0, ...known))
        expect(Math.min(999, ...points.map((one) => one.bpm))).toBe(Math.min(999, ...known))
        expect(points.every(({ atS }, i) => i === 0 || atS > (points[i - 1]?.atS ?? 0))).toBe(true)
      }),
      { numRuns: 60 },
    )
    const hole = {
      elapsedS: Array.from({ length: 1800 }, (_, s) => s),
      bpm: Array.from({ length: 1800 }, (_, s) => (s > 600 && s < 900 ? null : 120)),
    }
    expect(thin({ smoothed: hole, holdLimitS: 5 }, 1800)).toHaveLength(2)
  })

  it('draws readings eight seconds apart as one line, and breaks at a hole of twenty seconds of two hours', () => {
    const every = (stepS: number, endS: number, keep: (atS: number) => boolean = () => true) => {
      const elapsedS = Array.from({ length: endS / stepS }, (_, i) => i * stepS).filter(keep)
      return { elapsedS, bpm: elapsedS.map((atS) => 120 + (atS % 7)) }
    }
    for (const [stepS, holdLimitS] of [
      [5, 10],
      [8, 10],
      [10, 10],
    ] as const) {
      const [line, ...more] = thin({ smoothed: every(stepS, 1200), holdLimitS }, 1200)
      expect([line?.length, more]).toEqual([1200 / stepS, []])
    }
    const hole = every(1, 7200, (atS) => atS < 3600 || atS >= 3620)
    expect(thin({ smoothed: hole, holdLimitS: 5 }, 7200)).toHaveLength(2)
    expect(pathOf([{ atS: 0, bpm: 100 }], scaleOf(10, [60, 190]))).toMatch(/^M.*L/)
  })

  it('stays inside its drawing, whatever it is asked to draw', () => {
    const scale = scaleOf(1800, [60, 190])
    for (const [atS, bpm] of [
      [-10, 20],
      [5000, 300],
      [900, 120],
    ] as const) {
      expect(scale.x(atS)).toBeGreaterThanOrEqual(0)
      expect(scale.x(atS)).toBeLessThanOrEqual(WIDTH)
      expect(scale.y(bpm)).toBeGreaterThanOrEqual(0)
      expect(scale.y(bpm)).toBeLessThanOrEqual(HEIGHT)
    }
    expect(
      pathOf(
        [
          { atS: 0, bpm: 100 },
          { atS: 1, bpm: 101 },
        ],
        scale,
      ),
    ).toMatch(/^M[\d.]+ [\d.]+L[\d.]+ [\d.]+$/)
    expect([minuteTicks(1800).length, minuteTicks(60), minuteTicks(86_400).length]).toEqual([7, [0, 1], 7])
  })

  it('says how many do not fit', () => {
    expect(truncateList([1, 2, 3], 3)).toEqual({ shown: [1, 2, 3], more: 0 })
    expect(truncateList([1, 2, 3, 4], 3)).toEqual({ shown: [1, 2], more: 2 })
  })
})
