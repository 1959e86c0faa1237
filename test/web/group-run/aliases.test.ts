import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aliasesOf, sharesName, uniqueAlias } from '../../../web/group-run/aliases.ts'

const clients = [
  { id: 'c', firstName: 'jan ' },
  { id: 'a', firstName: 'Jan' },
  { id: 'b', firstName: 'Bram' },
]

describe('what runners are called in a run', () => {
  it('is the first name where it is the only one, else numbered by id, the same on every phone', () => {
    expect([...aliasesOf(clients, {})].toSorted()).toEqual([
      ['a', 'Jan 1'],
      ['b', 'Bram'],
      ['c', 'jan 2'],
    ])
    expect(aliasesOf(clients.toReversed(), {})).toEqual(aliasesOf(clients, {}))
    expect(clients.map((client) => sharesName(clients, client))).toEqual([true, true, false])
  })

  it('is what a person has called them, and never the name of another', () => {
    const aliases = aliasesOf(clients, { c: 'Jan bij de brug', b: 'Jan 1', gone: 'Jan 1' })
    expect([...aliases.values()].toSorted()).toEqual(['Jan 1', 'Jan 1 2', 'Jan bij de brug'])
    expect(aliases.get('b')).toBe('Jan 1')
  })

  it('gets a number where somebody of the run is called so already', () => {
    expect(uniqueAlias(' Jan ', ['JAN', 'Jan 2'])).toBe('Jan 3')
    expect(uniqueAlias('Jan', ['Jane'])).toBe('Jan')
  })

  it.each(['Jan\u200b', 'J\u00adan', '\u202aJan\u202c', '\u2060Jan', '\uff2aan', 'Ja\u{e0020}n'])(
    'is no other one for what nobody sees in it: %j',
    (name) => {
      expect(uniqueAlias(name, ['Jan'])).toMatch(/ 2$/)
      expect(sharesName([{ id: 'a', firstName: 'Jan' }], { id: 'b', firstName: name })).toBe(true)
    },
  )

  it('is unique for every group, whatever was kept', () => {
    const name = fc.constantFrom('Jan', 'jan', 'Jan 1', 'Jan 2', ' Jan', 'Bram')
    const group = fc.uniqueArray(fc.record({ id: fc.string({ maxLength: 3 }), firstName: name }), {
      selector: ({ id }) => id,
    })
    fc.assert(
      fc.property(group, fc.dictionary(fc.string({ maxLength: 3 }), name), (clients, kept) => {
        const aliases = aliasesOf(clients, kept)
        expect(aliases.size).toBe(clients.length)
        const folded = [...aliases.values()].map((alias) => alias.toLowerCase().trim())
        expect(new Set(folded).size).toBe(folded.length)
      }),
    )
  })
})
