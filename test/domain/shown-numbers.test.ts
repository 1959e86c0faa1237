import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { restPercent, shownMinutes, shownTime, wholeMinutes, wholePercent } from '../../src/domain/shown-numbers.ts'

const minutesOf = (movingS: number, goodS: number, calmS: number) => shownMinutes({ movingS, goodS, calmS })

describe('minutes of a run (C7)', () => {
  it('says 30 of 30 for a calm run of 29:59, and not 29', () => {
    expect(minutesOf(1799, 1799, 1799)).toEqual({ moving: 30, measured: 30, calm: 30, above: 0, unmeasured: 0 })
    expect(minutesOf(1829, 1829, 1810)).toMatchObject({ moving: 30, calm: 30, above: 0 })
  })

  it('never calls a run calm from end to end that was half a minute above', () => {
    expect(minutesOf(1800, 1800, 1770)).toMatchObject({ calm: 29, above: 1 })
    expect(minutesOf(1800, 1800, 30)).toMatchObject({ calm: 0, above: 30 })
  })

  it('adds up to the minutes moved, each part within a minute of what it was', () => {
    const seconds = fc.double({ min: 0, max: 20_000, noNaN: true })
    fc.assert(
      fc.property(seconds, seconds, seconds, (calmS, aboveS, missedS) => {
        const goodS = calmS + aboveS
        const shown = minutesOf(goodS + missedS, goodS, calmS)
        expect(shown.calm + shown.above + shown.unmeasured).toBe(shown.moving)
        expect(shown.measured).toBe(shown.calm + shown.above)
        for (const [minutes, s] of [
          [shown.calm, calmS],
          [shown.above, aboveS],
          [shown.unmeasured, missedS],
        ] as const)
          expect(Math.abs(minutes - s / 60)).toBeLessThan(1 + 1e-6)
      }),
    )
  })

  it('says seconds under a minute, and a minute of 59.6 s', () => {
    expect([shownTime(20), shownTime(59.6), shownTime(89), shownTime(91)]).toEqual([
      { seconds: 20 },
      { minutes: 1 },
      { minutes: 1 },
      { minutes: 2 },
    ])
    expect(shownTime(1799, 30)).toEqual({ minutes: 30 })
    expect([wholeMinutes(1769), wholeMinutes(1770)]).toEqual([29, 30])
  })

  it('lets a share and what is left of it be a hundred', () => {
    expect([wholePercent(0.899), restPercent(0.101)]).toEqual([89, 11])
    expect([wholePercent(0.9), restPercent(0.1)]).toEqual([90, 10])
  })
})
