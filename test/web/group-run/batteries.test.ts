import { describe, expect, it } from 'vitest'
import { listLowBatteries } from '../../../web/group-run/batteries.ts'

const straps = [
  { id: 'one', batteryPercent: 12 },
  { id: 'two', batteryPercent: 4 },
  { id: 'three', batteryPercent: 80 },
  { id: 'four', batteryPercent: null },
  { id: 'five', batteryPercent: 3 },
]
const aliases: Readonly<Record<string, string>> = { one: 'Bram', two: 'Cem', three: 'Dina', four: 'Els' }
const aliasOf = (id: string) => aliases[id] ?? null

describe('low batteries', () => {
  it('are told by name, emptiest first, of straps that somebody runs with', () => {
    expect(listLowBatteries(straps, aliasOf, new Set())).toEqual([
      { alias: 'Cem', percent: 4, isEmpty: true, key: 'two empty' },
      { alias: 'Bram', percent: 12, isEmpty: false, key: 'one low' },
    ])
  })

  it('are told once, and once more when they are nearly empty', () => {
    const seen = new Set(['one low', 'two low'])
    expect(listLowBatteries(straps, aliasOf, seen).map(({ alias }) => alias)).toEqual(['Cem'])
  })
})
