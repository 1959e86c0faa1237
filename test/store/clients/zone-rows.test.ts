// A stored calm zone whose source and ceiling contradict each other is damage: no limits are made of it.
import { expect, it } from 'vitest'
import { openStore } from '../../../src/node/open-store.ts'
import { insertClient } from '../../../src/store/clients/clients.ts'
import { listZones } from '../../../src/store/clients/zones.ts'
import { makeSystemAccess } from '../../../src/store/people/access.ts'
import { insertGroup } from '../../../src/store/people/groups.ts'

const row = { id: 'z', client_id: 'c', valid_from_ms: 1, reason: null, inputs_json: '{"restBpm":60}', created_at_ms: 1 }

it.each([
  ['manual', 140, null],
  ['none', null, null],
  ['manual', null, 'calm_zone holds'],
  ['none', 140, 'calm_zone holds'],
  ['guessed', 140, 'calm_zone.source holds a word'],
])('a row of source %s with the ceiling %s', async (source, ceiling_bpm, problem) => {
  const { db } = await openStore(null)
  await insertGroup(db, 'g', 'Groep 1', 1)
  const client = { id: 'c', firstName: 'Noor', birthYear: 1986, watchLevel: 'standard', createdAtMs: 1 } as const
  await insertClient(db, client, 'g')
  await db
    .insertInto('calm_zone')
    .values({ ...row, source, ceiling_bpm, floor_bpm: null, hard_bpm: 160 })
    .execute()
  const read = listZones(db, makeSystemAccess('c', 'client.view'))
  if (problem !== null) return expect(read).rejects.toThrow(problem)
  const inputs: unknown = expect.objectContaining({ restBpm: 60, manualHardBpm: null, rateRaising: false })
  return expect(read).resolves.toMatchObject([{ source, ceilingBpm: ceiling_bpm, hardBpm: 160, inputs }])
})
