import { describe, expect, it } from 'vitest'
import {
  forgetStrap,
  noStraps,
  noteStraps,
  readStrapMemory,
  strapsFor,
  toWearer,
  wearStrap,
  type Wearer,
} from '../../../web/group-run/strap-memory.ts'

const straps = ['1', '2', '3', '4'].map((id) => ({ id, name: `Strap ${id}` }))
const noor: Wearer = { id: 'noor', alias: 'Noor' }

describe('straps for somebody', () => {
  it('offers their last one first, then new ones, then those of others, worn ones last', () => {
    const worn: readonly (readonly [number, Wearer])[] = [
      [3, noor],
      [1, { id: 'fay', alias: 'Fay' }],
    ]
    const memory = worn.reduce(
      (known, [place, wearer]) => wearStrap(known, straps[place] ?? straps[0], wearer),
      noStraps,
    )
    expect(strapsFor(straps, memory, noor, (id) => id === '1').map(({ id }) => id)).toEqual(['4', '3', '2', '1'])
  })

  it('never takes somebody of the same name for them, client or guest', () => {
    const guest = toWearer({ id: 'participation 1', clientId: null, alias: 'Noor' })
    const memory = wearStrap(noStraps, straps[2] ?? straps[0], guest)
    const firstFor = (wearer: Wearer) => strapsFor(straps, memory, wearer, () => false)[0]?.id
    expect(firstFor(guest)).toBe('3')
    expect(firstFor(noor)).toBe('1')
    expect(firstFor(toWearer({ id: 'participation 2', clientId: null, alias: 'Noor' }))).toBe('1')
  })
})

describe('what a phone remembers of straps', () => {
  it('keeps the place of a strap that is given again, so that numbers behind equal names stay', () => {
    const [one = { id: '1', name: '' }, two = one] = straps
    const memory = [one, two, one].reduce((known, strap) => wearStrap(known, strap, noor), noStraps)
    expect(memory.straps.map(({ id }) => id)).toEqual(['1', '2'])
  })

  it('notes the last id of the browser and a doubt, and nothing where nothing is new', () => {
    const memory = wearStrap(noStraps, { id: '1', name: 'HRM', deviceId: '1', identity: 'plain' }, noor)
    const now = { id: '1', name: 'HRM', deviceId: 'b', identity: 'unsure' as const }
    const noted = noteStraps(memory, [now])
    expect(noted).toEqual({ straps: [now], wearers: memory.wearers })
    expect(noteStraps(noted, [now, { id: 'other', name: 'HRM' }])).toBe(noted)
    expect(forgetStrap(noted, '1')).toEqual(noStraps)
  })

  it('reads what older pages kept: clients by their id, and no guest by a name', async () => {
    const kept: Readonly<Record<string, unknown>> = {
      straps: [{ id: '1', name: 'HRM' }],
      'roster:wearers': {
        '1': { clientId: 'noor', alias: 'Noor' },
        '2': { clientId: null, alias: 'Gast' },
        '3': { id: 'fay', alias: 'Fay' },
      },
    }
    const memory = await readStrapMemory({ kept: <T>(key: string) => Promise.resolve((kept[key] ?? null) as T | null) })
    expect(memory).toEqual({
      straps: [{ id: '1', name: 'HRM' }],
      wearers: { '1': noor, '3': { id: 'fay', alias: 'Fay' } },
    })
  })
})
