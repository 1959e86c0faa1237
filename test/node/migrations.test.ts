// What a step does to a database that is there already.
import { rmSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openStore } from '../../src/node/open-store.ts'
import { makeSystemAccess } from '../../src/store/access.ts'
import { inForce } from '../../src/domain/zone/zone-versions.ts'
import { insertZone, listZones } from '../../src/store/zones.ts'
import { newFolder } from '../support/node-clinic.ts'

/** The step that puts right limits that no heart has. */
const STEP = 15

it('puts right a hard limit that no heart has: HARD would never come', async () => {
  const folder = newFolder()
  const access = makeSystemAccess('noor', 'data.import')
  const before = await openStore(folder)
  const client = {
    id: 'noor',
    first_name: 'Noor',
    birth_year: 1986,
    watch_level: 'standard' as const,
    created_at_ms: 1,
  }
  await before.db.insertInto('client').values(client).execute()
  const version = (id: string, atMs: number, hardBpm: number, floorBpm: number | null) =>
    insertZone(before.db, access, {
      ...{ id, validFromMs: atMs, createdAtMs: atMs, source: 'manual', ceilingBpm: 140, floorBpm, hardBpm },
      ...{ reason: 'praattest', inputs: { manualCeilingBpm: 140, manualHardBpm: hardBpm, manualFloorBpm: floorBpm } },
    })
  await version('right', 10, 162, 100)
  await version('floor', 20, 165, -20)
  await version('hard', 30, 1700, null)
  await sql`delete from migration where step = ${STEP}`.execute(before.db)
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
