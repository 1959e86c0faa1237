import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openStore } from '../../../src/node/open-store.ts'
import { makeSystemAccess } from '../../../src/store/people/access.ts'
import { countBatches, findBatch, insertBatches, listBatches } from '../../../src/store/group-runs/batches.ts'
import { insertCheckIn, listCheckIns, zoneNeedsReview } from '../../../src/store/self-report/check-ins.ts'
import { insertClient } from '../../../src/store/clients/clients.ts'
import { insertGroup } from '../../../src/store/people/groups.ts'
import {
  closeParticipations,
  findParticipation,
  insertGroupRun,
  insertParticipation,
  listQuiet,
  updateParticipation,
} from '../../../src/store/group-runs/participations.ts'

const noor = makeSystemAccess('noor', 'run.record')
const fay = makeSystemAccess('fay', 'run.record')
const groupRun = { id: 'g', groupId: 'gone', madeBy: 'thea', madeAtMs: 1 }

async function openWithParticipation() {
  const store = await openStore(null)
  await insertGroup(store.db, 'group', 'Groep 1', 1)
  for (const id of ['noor', 'fay'])
    await insertClient(
      store.db,
      { id, firstName: id, birthYear: 1986, watchLevel: 'standard', createdAtMs: 1 },
      'group',
    )
  await insertGroupRun(store.db, groupRun)
  await insertParticipation(store.db, noor, { id: 'p', groupRunId: 'g', zoneVersionId: null }, 1)
  const participation = await findParticipation(store.db, noor, 'p')
  if (participation === null) throw new Error('no participation')
  return { ...store, participation }
}
const at = { recorderId: 'phone', sentAtMs: 1, receivedAtMs: 2 }
const bytes = Uint8Array.of(1, 2, 3)

it('gives a participation to the client and the group run that made it, and to no other', async () => {
  const { db, close } = await openWithParticipation()
  const again = (access: typeof noor, groupRunId: string) =>
    insertParticipation(db, access, { id: 'p', groupRunId, zoneVersionId: null }, 2)
  await insertGroupRun(db, groupRun)
  await insertGroupRun(db, { ...groupRun, id: 'other', groupId: 'group' })
  expect([await again(noor, 'g'), await again(fay, 'g'), await again(noor, 'other')]).toEqual([true, false, false])
  expect(await findParticipation(db, fay, 'p')).toBeNull()
  const { rows } = await sql`select group_id from group_run order by id`.execute(db)
  expect(rows).toEqual([{ group_id: null }, { group_id: 'group' }])
  await close()
})

it('keeps a batch as it came first, and refuses to edit one, by trigger', async () => {
  const { db, participation, close } = await openWithParticipation()
  const batch = { number: 2, bytes }
  expect(await insertBatches(db, noor, participation, [batch], at)).toEqual(new Set([2]))
  const others = Array.from({ length: 40 }, (_, i) => ({ number: i + 1, bytes: Uint8Array.of(9) }))
  expect((await insertBatches(db, noor, participation, others, at)).size).toBe(39)
  expect(await findBatch(db, noor, participation, 'phone', 2)).toEqual(bytes)
  expect(await findBatch(db, noor, participation, 'other', 2)).toBeNull()
  expect(await countBatches(db, noor, participation)).toEqual([{ recorderId: 'phone', count: 40, highest: 40 }])
  await expect(sql`update batch set number = 1`.execute(db)).rejects.toThrow('never changed')
  await expect(insertBatches(db, fay, participation, [batch], at)).rejects.toThrow('not a participation of this client')
  expect(await listBatches(db, fay, participation)).toEqual([])
  await close()
})

it('knows where nothing came for long, until a run was made of it or it was closed', async () => {
  const { db, participation, close } = await openWithParticipation()
  expect(await listQuiet(db, 100)).toEqual([])
  await insertBatches(db, noor, participation, [{ number: 1, bytes }], at)
  await updateParticipation(db, noor, { ...participation, hasNews: true, lastBatchAtMs: 50 })
  expect([await listQuiet(db, 49), await listQuiet(db, 50)]).toEqual([[], [{ id: 'p', clientId: 'noor' }]])
  await closeParticipations(db, ['p'], 60, true)
  expect(await listQuiet(db, 100)).toEqual([])
  expect(await listBatches(db, noor, participation)).toEqual([])
  expect(await findParticipation(db, noor, 'p')).toMatchObject({ state: 'checked_in_only', closedAtMs: 60 })
  await close()
})

it('keeps a check-in once, and says since when the zone is to be looked at again', async () => {
  const { db, close } = await openWithParticipation()
  const checkIn = {
    participationId: 'p',
    atMs: 5,
    result: 'consult',
    zoneNeedsReview: true,
    byPersonId: 'thea',
  } as const
  for (const id of ['one', 'two']) await insertCheckIn(db, noor, { id, ...checkIn })
  expect(await listCheckIns(db, noor)).toEqual([{ id: 'one', ...checkIn }])
  expect([await zoneNeedsReview(db, noor, 4), await zoneNeedsReview(db, noor, 5)]).toEqual([true, false])
  expect(await listCheckIns(db, fay)).toEqual([])
  await close()
})
