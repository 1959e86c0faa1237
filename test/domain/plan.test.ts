import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { momentOf } from '../../src/domain/plan.ts'

const plan = { minutes: 30, intervals: { runS: 120, walkS: 60 } }

describe('momentOf', () => {
  it('takes turns, running first', () => {
    const paces = [0, 119, 120, 179, 180, 299.5, 300].map((s) => momentOf(plan, s).pace)
    expect(paces).toEqual(['run', 'run', 'walk', 'walk', 'run', 'run', 'walk'])
    expect(momentOf(plan, 185)).toEqual({ pace: 'run', leftS: 115, round: 2, planLeftS: 1615 })
  })

  it('is done at its end, and never before', () => {
    expect(momentOf(plan, 1799.9).pace).toBe('walk')
    expect(momentOf(plan, 1800)).toMatchObject({ pace: 'done', leftS: null, planLeftS: 0 })
  })

  it('is one run without intervals, without an end where none was agreed', () => {
    expect(momentOf({ minutes: null, intervals: null }, 4000)).toEqual({
      pace: 'run',
      leftS: null,
      round: 1,
      planLeftS: null,
    })
  })

  it('counts down to the moment at which the pace changes', () => {
    const parts = fc.integer({ min: 10, max: 900 })
    fc.assert(
      fc.property(parts, parts, fc.integer({ min: 0, max: 7000 }), (runS, walkS, atS) => {
        const some = { minutes: 120, intervals: { runS, walkS } }
        const { pace, leftS } = momentOf(some, atS)
        if (leftS === null) return
        expect(momentOf(some, atS + leftS).pace).not.toBe(pace)
        expect(momentOf(some, atS + leftS - 0.5).pace).toBe(leftS > 0.5 ? pace : expect.anything())
      }),
    )
  })
})
