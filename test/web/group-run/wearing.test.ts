import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wear, wearerIn, type Wearing } from '../../../web/group-run/wearing.ts'

const nobody: Wearing = new Map()
const anna = wear(nobody, 'anna', 'strap 1').wearing

describe('who wears which strap', () => {
  it('takes a strap from its wearer before it is given to another', () => {
    const { wearing, changed } = wear(anna, 'bram', 'strap 1')
    expect([...wearing]).toEqual([['bram', 'strap 1']])
    expect(changed).toEqual(['anna', 'bram'])
  })

  it('changes nothing for a strap that is worn already', () => {
    expect(wear(anna, 'anna', 'strap 1')).toEqual({ wearing: anna, changed: [] })
    expect(wear(anna, 'bram', null).changed).toEqual([])
  })

  it('leaves the strap of others when somebody gives back theirs', () => {
    const both = wear(anna, 'bram', 'strap 2').wearing
    expect([...wear(both, 'bram', null).wearing]).toEqual([['anna', 'strap 1']])
  })

  it('has one wearer for each strap and one strap for each wearer, after any order of hands', () => {
    const hand = fc.record({ who: fc.nat(5).map(String), strap: fc.option(fc.nat(4).map(String)) })
    fc.assert(
      fc.property(fc.array(hand, { maxLength: 40 }), (hands) => {
        let wearing = nobody
        for (const { who, strap } of hands) {
          const before = wearing
          const step = wear(before, who, strap)
          wearing = step.wearing
          expect(new Set(wearing.values()).size).toBe(wearing.size)
          expect(wearing.get(who) ?? null).toBe(strap)
          if (strap !== null) expect(wearerIn(wearing, strap)).toBe(who)
          // Who is not named keeps what they had.
          for (const id of new Set([...before.keys(), ...wearing.keys()]))
            expect([id, before.get(id) !== wearing.get(id)]).toEqual([id, step.changed.includes(id)])
        }
      }),
    )
  })
})
