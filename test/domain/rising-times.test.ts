import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstAfter, firstAtOrAfter, stepRangeOf } from '../../src/domain/rising-times.ts'

const times = fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 40 })
const rising = times.map((some) => Float64Array.from(some).sort())

describe('times that never fall', () => {
  it('finds where a moment lies as looking through all of them does', () => {
    fc.assert(
      fc.property(rising, fc.integer({ min: -60, max: 60 }), (all, timeS) => {
        const orBehind = (place: number) => (place < 0 ? all.length : place)
        expect(firstAtOrAfter(all, timeS)).toBe(orBehind(all.findIndex((one) => one >= timeS)))
        expect(firstAfter(all, timeS)).toBe(orBehind(all.findIndex((one) => one > timeS)))
      }),
    )
  })

  it('tells the shortest and the longest step, of any times', () => {
    fc.assert(
      fc.property(times, (all) => {
        const steps = all.slice(1).map((timeS, k) => timeS - (all[k] ?? 0))
        expect(stepRangeOf(all)).toEqual({ leastS: Math.min(...steps), mostS: Math.max(...steps) })
      }),
    )
  })
})
