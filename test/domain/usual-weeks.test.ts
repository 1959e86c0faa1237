import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overUsualLevel, usualWeekMin, usualWeeksOf } from '../../src/domain/patterns/rhythm.ts'

/** What the rule says of a week after these. */
const levelAfter = (before: readonly number[], weekMin: number) =>
  overUsualLevel(weekMin, usualWeekMin(usualWeeksOf(before)))

describe('rule G8 without a plan: a usual week', () => {
  it('does not become nine hundred minutes because there were three of them', () => {
    const quiet = [75, 0, 70, 80, 75, 78, 72, 75]
    for (let weeks = 1; weeks <= 7; weeks++)
      expect(levelAfter([...quiet, ...Array.from({ length: weeks }, () => 900)], 880), `after ${weeks}`).toBe(
        'attention',
      )
  })

  it('follows who does a little more each week', () => {
    const growing = Array.from({ length: 16 }, (_, week) => 60 * 1.15 ** week)
    expect(usualWeeksOf(growing)).toEqual(growing.slice(-8))
    expect(levelAfter(growing, 60 * 1.15 ** 16)).toBeNull()
  })

  it('is of the last eight where none of them stood out', () => {
    const weeks = fc.array(fc.integer({ min: 60, max: 110 }), { minLength: 8, maxLength: 16 })
    fc.assert(
      fc.property(weeks, (before) => {
        expect(usualWeeksOf(before)).toEqual(before.slice(-8))
      }),
    )
  })

  it('is unknown after eight weeks without running', () => {
    expect(usualWeekMin(usualWeeksOf([75, 80, 70, 75, 0, 0, 0, 0, 0, 0, 0, 0]))).toBeNull()
  })
})
