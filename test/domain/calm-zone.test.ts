// A calm zone is a ceiling with where it came from, or neither.
import { describe, expect, it } from 'vitest'
import { noZone, toCalmZone, zoneOfVersion } from '../../src/domain/calm-zone.ts'

describe('a calm zone', () => {
  const limits = { floorBpm: null, hardBpm: 160 }

  it('is made of a ceiling and its source, or of neither; a hard limit stands without a ceiling too', () => {
    expect(toCalmZone({ source: 'manual', ceilingBpm: 140, ...limits })).toMatchObject({ ceilingBpm: 140 })
    expect(toCalmZone({ source: 'none', ceilingBpm: null, ...limits })).toEqual({ ...noZone, hardBpm: 160 })
  })

  it('is not made of a source without a ceiling, nor of a ceiling without a source', () => {
    expect(toCalmZone({ source: 'manual', ceilingBpm: null, ...limits })).toBeNull()
    expect(toCalmZone({ source: 'none', ceilingBpm: 140, ...limits })).toBeNull()
  })

  it('is the four limits alone of a version that says more', () => {
    const version = { source: 'manual', ceilingBpm: 140, ...limits, id: 'z' } as const
    expect(zoneOfVersion(version)).toEqual({ source: 'manual', ceilingBpm: 140, ...limits })
    expect(zoneOfVersion({ ...noZone, ...{ id: 'z' } })).toEqual(noZone)
  })
})
