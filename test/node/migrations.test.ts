// What a step does to a database that is there already.
import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openStore } from '../../src/node/open-store.ts'
import { makeSystemAccess } from '../../src/store/access.ts'
import { deletePerson } from '../../src/store/people.ts'
import { inForce } from '../../src/domain/zone/zone-versions.ts'
import { listZones } from '../../src/store/zones.ts'
import { newFolder } from '../support/node-clinic.ts'

/** Steps before the one that puts right limits that no heart has. */
const BEFORE_LIMITS = 14
/** Steps before the one that keeps broken glass. */
const BEFORE_GLASS = 15

it('puts right a hard limit that no heart has: HARD would never come', async () => {
  const folder = newFolder()
  const access = makeSystemAccess('noor', 'data.import')
  const before = await openStore(folder, BEFORE_LIMITS)
  const client = {
    id: 'noor',
    first_name: 'Noor',
    birth_year: 1986,
    watch_level: 'standard' as const,
    created_at_ms: 1,
  }
  await before.db.insertInto('client').values(client).execute()
  // As a row of then: what inserts one now writes columns that later steps add.
  const version = (id: string, atMs: number, hard_bpm: number, floor_bpm: number | null) => {
    const limits = { source: 'manual', ceiling_bpm: 140, floor_bpm, hard_bpm }
    const inputs = { manualCeilingBpm: 140, manualHardBpm: hard_bpm, manualFloorBpm: floor_bpm }
    const of = { id, client_id: 'noor', valid_from_ms: atMs, created_at_ms: atMs, reason: 'praattest' }
    return before.db
      .insertInto('calm_zone')
      .values({ ...of, ...limits, inputs_json: JSON.stringify(inputs) })
      .execute()
  }
  await version('right', 10, 162, 100)
  await version('floor', 20, 165, -20)
  await version('hard', 30, 1700, null)
  await before.close()

  const after = await openStore(folder)
  const zones = await listZones(after.db, access)
  expect(zones.filter(({ withdrawn }) => withdrawn !== null).map(({ id }) => id)).toEqual(['hard', 'floor'])
  expect(inForce(zones, 40)).toMatchObject({
    ...{ ceilingBpm: 140, hardBpm: 160, floorBpm: null, validFromMs: 30 },
    inputs: { manualCeilingBpm: 140, manualHardBpm: null },
  })
  expect(inForce(zones, 25)).toMatchObject({ ceilingBpm: 140, hardBpm: 165, inputs: { manualHardBpm: 165 } })
  expect(inForce(zones, 15)).toMatchObject({ id: 'right', hardBpm: 162, floorBpm: 100 })
  await after.close()
  rmSync(folder, { recursive: true })
})

it('keeps who broke glass when their account goes, as well as what was kept before', async () => {
  const folder = newFolder()
  const before = await openStore(folder, BEFORE_GLASS)
  const at = '2026-01-01T00:00:00.000Z'
  await before.db
    .insertInto('person')
    .values({ id: 'p', name: 'Tom', email: 'tom@example.org', emailVerified: 0, createdAt: at, updatedAt: at })
    .execute()
  const client = { id: 'c', first_name: 'Noor', birth_year: 1986, watch_level: 'standard', created_at_ms: 1 }
  await before.db.insertInto('client').values(client).execute()
  const glass = { id: 'g', person_id: 'p', client_id: 'c', reason: 'gevallen bij het hek', at_ms: 1, until_ms: 2 }
  await before.db.insertInto('break_glass').values(glass).execute()
  await before.close()

  const after = await openStore(folder)
  await deletePerson(after.db, 'p')
  expect(await after.db.selectFrom('break_glass').selectAll().execute()).toEqual([glass])
  await after.close()
  rmSync(folder, { recursive: true })
})
