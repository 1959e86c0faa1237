import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inForce, lowestSince, versionAt, type Dated } from '../../src/domain/zone/zone-versions.ts'

const version = (validFromMs: number, createdAtMs: number, ceilingBpm: number, more: Partial<Dated> = {}): Dated => ({
  validFromMs,
  createdAtMs,
  ceilingBpm,
  hardBpm: null,
  withdrawn: null,
  ...more,
})

describe('versions of a limit (rule B12)', () => {
  it('hold from their date on, and what is dated back replaces what was saved before it', () => {
    const [first, mistake] = [version(0, 0, 130), version(100, 100, 150)]
    const right = version(90, 110, 120)
    expect(inForce([mistake, first], 95)).toBe(first)
    expect(inForce([mistake, right, first], 95)).toBe(right)
    expect(inForce([mistake, right, first], 200)).toBe(right)
    expect(inForce([mistake, first], -1)).toBeNull()
    expect(versionAt([mistake, first], -1)).toBe(first)
  })

  it('never count once withdrawn, whatever their order', () => {
    const any = fc.record({
      validFromMs: fc.nat(50),
      createdAtMs: fc.nat(1000),
      ceilingBpm: fc.integer({ min: 90, max: 170 }),
      hardBpm: fc.constant(null),
      withdrawn: fc.constantFrom(null, {}),
    })
    const some = fc.uniqueArray(any, { maxLength: 8, selector: ({ createdAtMs }) => createdAtMs })
    fc.assert(
      fc.property(some, fc.nat(60), (versions, atMs) => {
        const found = versionAt(versions, atMs)
        expect(versionAt(versions.toReversed(), atMs)).toBe(found)
        expect(found?.withdrawn ?? null).toBeNull()
        expect(found === null).toBe(versions.every(({ withdrawn }) => withdrawn !== null))
        if (found !== null) expect(lowestSince(versions, atMs)?.ceilingBpm).toBeLessThanOrEqual(found.ceilingBpm ?? 0)
      }),
    )
  })
})
