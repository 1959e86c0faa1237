import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathOf, usualPoints } from '../../web/charts/usual-points.ts'
import { HEIGHT, LEFT, middleOf, WIDTH } from '../../web/charts/weeks/geometry.ts'

const ZONE = 'Europe/Amsterdam'
const NOW = Date.parse('2026-11-04T08:00+01:00')
const at = (time: string, value: number | null) => ({ atMs: Date.parse(time), value })

describe('what a client told of eight weeks, as points', () => {
  it('puts yesterday evening on yesterday, also this morning, and a day back over the end of summer time', () => {
    const told = [at('2026-11-03T20:00+01:00', 6), at('2026-10-25T00:30+02:00', 5), at('2026-11-04T07:00+01:00', 7)]
    const { points, days } = usualPoints(told, 10, NOW, ZONE)
    expect(points.map(({ x }) => x)).toEqual([middleOf(45, 56), middleOf(54, 56), middleOf(55, 56)])
    expect(days.at(-1)).toBe(Math.floor(Date.parse('2026-11-04T00:00Z') / 86_400_000))
  })

  it('leaves out what was not told and what is older', () => {
    const told = [at('2026-11-03T20:00+01:00', null), at('2026-09-08T20:00+02:00', 3), at('2026-11-05T08:00+01:00', 3)]
    expect(usualPoints(told, 10, NOW, ZONE).points).toEqual([])
    expect(pathOf([])).toBe('')
  })

  it('makes room for a long night', () => {
    const { most, points } = usualPoints([at('2026-11-03T20:00+01:00', 14)], 12, NOW, ZONE)
    expect([most, points[0]?.y]).toEqual([
      14,
      usualPoints([at('2026-11-03T20:00+01:00', 12)], 12, NOW, ZONE).points[0]?.y,
    ])
  })

  it('stays inside its chart, in the order of time', () => {
    const one = fc.record({
      atMs: fc.integer({ min: NOW - 90 * 86_400_000, max: NOW }),
      value: fc.option(fc.double({ min: 0, max: 24, noNaN: true }), { nil: null }),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), (told) => {
        const { points } = usualPoints(told, 10, NOW, ZONE)
        points.forEach(({ atMs, x, y }, i) => {
          expect(x > LEFT && x < WIDTH && y >= 0 && y <= HEIGHT).toBe(true)
          expect(atMs).toBeGreaterThanOrEqual(points[i - 1]?.atMs ?? 0)
        })
      }),
    )
  })
})
