// A few kinds of client over weeks, through the product's own import and raising: the facts that no rule may ever break. The
// whole practice is `npm run bench -- weeks`.
import { describe, expect, it } from 'vitest'
import { makeClient, type Kind } from '../../../fixtures/weeks/kinds.ts'
import { countKind, missedOf } from '../../bench/weeks/count.ts'
import { playClient } from '../../support/weeks/play-client.ts'

const SEEDS = [1, 2]
const play = (kind: Kind) => Promise.all(SEEDS.map((seed) => playClient(makeClient(kind, seed), 'closes_each_week')))

describe('weeks of somebody with an abrupt mania', () => {
  it.each(['abrupt_mania', 'abrupt_sharing_nothing'] as const)(
    '%s is never missed, nor is a truly hard run of theirs',
    async (kind) => {
      const count = countKind(kind, 'changed', await play(kind))
      expect(missedOf(count)).toBe(0)
      for (const days of count.daysToFirst) expect(days).toBeLessThan(1.1)
      expect(count.hardRuns).toBeGreaterThan(20)
      expect(count.hardRunsUnseen).toBe(0)
      expect(count.hardRunsWithoutIntensity).toBe(0)
    },
  )
})

describe('weeks of calm clients', () => {
  // Two good mornings or two low days are told by chance, and are worth a look (G13, G18): only runs are asked here.
  it.each(['steady_15_below', 'group_only'] as const)('%s: their runs raise nothing', async (kind) => {
    const rows = (await play(kind)).flatMap((played) => played.rows)
    expect(rows.filter(({ kind }) => !kind.startsWith('G13.') && kind !== 'G18.very_low')).toEqual([])
  })
})
