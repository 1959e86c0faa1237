import { describe, expect, it } from 'vitest'
import { noStraps, strapsFor, wearStrap } from '../../../web/group-run/strap-memory.ts'

const straps = ['1', '2', '3', '4'].map((id) => ({ id, name: `Strap ${id}` }))
const noor = { clientId: 'noor', alias: 'Noor' }

describe('straps for somebody', () => {
  it('offers their last one first, then new ones, then those of others, worn ones last', () => {
    const memory = [
      ['4', noor],
      ['2', { clientId: 'fay', alias: 'Fay' }],
    ].reduce(
      (known, [id, wearer]) => wearStrap(known, straps[Number(id) - 1] ?? straps[0], wearer as typeof noor),
      noStraps,
    )
    expect(strapsFor(straps, memory, noor, (id) => id === '1').map(({ id }) => id)).toEqual(['4', '3', '2', '1'])
  })

  it('knows a guest by name, and never takes a client of the same name for them', () => {
    const memory = wearStrap(noStraps, straps[2] ?? straps[0], noor)
    expect(strapsFor(straps, memory, { clientId: null, alias: 'Noor' }, () => false).at(-1)?.id).toBe('3')
  })
})
