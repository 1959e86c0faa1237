// Rules T7 and T8: whose steps a cadence counts, and when a local time is believed.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { believedOffset } from '../../src/domain/local-offset.ts'
import { toStepsPerMin } from '../../src/domain/steps-per-min.ts'

describe('steps of both feet (rule T7)', () => {
  it('doubles what counts one leg, and leaves what counts both; standing and silence tell nothing', () => {
    expect([...toStepsPerMin([0, 80, 82, Number.NaN])]).toEqual([0, 160, 164, Number.NaN])
    expect([...toStepsPerMin([0, 0, 0, 160, 164, Number.NaN])]).toEqual([0, 0, 0, 160, 164, Number.NaN])
    // Walk breaks at 110, and running for every fifth second.
    expect([...toStepsPerMin([110, 110, 110, 110, 168])]).toEqual([110, 110, 110, 110, 168])
    // A sensor that stumbles once in a while.
    expect([...toStepsPerMin([...Array<number>(19).fill(80), 125])].slice(18)).toEqual([160, 250])
    expect([...toStepsPerMin([])]).toEqual([])
  })
})

describe('a local time (rule T8)', () => {
  const END_S = 1_000_000
  it('is believed where both stamps are of the end, and a place on earth keeps it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -48, max: 56 }), fc.integer({ min: -60, max: 60 }), (quarters, offS) => {
        const utcS = END_S + offS
        expect(believedOffset({ utcS, localS: utcS + quarters * 900 }, END_S)).toBe(quarters * 900)
      }),
    )
  })
  it.each([
    ['of the start and the end', END_S - 1800, END_S],
    ['of the end and an odd time', END_S, END_S + 3601],
    ['west of all places', END_S, END_S - 12.25 * 3600],
    ['east of all places', END_S, END_S + 14.25 * 3600],
  ])('is not believed where the stamps are %s', (_, utcS, localS) => {
    expect(believedOffset({ utcS, localS }, END_S)).toBeNull()
  })
  it('is not believed without a last row', () => {
    expect(believedOffset({ utcS: END_S, localS: END_S + 3600 }, Number.NaN)).toBeNull()
  })
})
