// Rows and times that go wrong in files whose bytes are whole (section T): some from a fixed seed; `npm run fuzz` makes more.
import { describe, expect, it } from 'vitest'
import { seeded } from '../../fixtures/fit/made-runs.ts'
import { findRowFault, goodRows } from '../support/row-check.ts'
import { damageRows } from '../support/row-mutations.ts'

const COUNT = 600
const MOST_TOLD = 5

describe('odd rows', () => {
  it('are read alike from FIT, TCX and GPX, none lost in silence, none lasting longer than they are', () => {
    const faults: string[] = []
    for (let seed = 1; seed <= COUNT && faults.length < MOST_TOLD; seed++) {
      const { kind, rows } = damageRows(goodRows[seed % goodRows.length] ?? [], seeded(seed))
      const fault = findRowFault(rows)
      if (fault !== null) faults.push(`seed ${seed}, ${kind}: ${fault}`)
    }
    expect(faults).toEqual([])
  })
})
