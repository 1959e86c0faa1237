// The counts of flags that the database keeps by itself are what counting anew would find, whatever was written before.
import { rmSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { seeded } from '../../../fixtures/fit/made-runs.ts'
import { flagStates } from '../../../src/domain/review/flag-state.ts'
import { raisedLevels } from '../../../src/domain/review/finding-occurrences.ts'
import { openStore } from '../../../src/node/open-store.ts'
import { insertClient } from '../../../src/store/clients/clients.ts'
import type { Database } from '../../../src/store/database.ts'
import { insertGroup } from '../../../src/store/people/groups.ts'
import { closeClinics, newFolder } from '../../support/node-clinic.ts'

afterAll(closeClinics)

/** Steps before the one that keeps count. */
const BEFORE_COUNTS = 28
const CLIENTS = ['noor', 'bram', 'cem']
const KINDS = ['hard_minutes', 'rising', 'note']

async function fillClients(db: Database): Promise<void> {
  await insertGroup(db, 'g', 'Groep 1', 1)
  for (const id of CLIENTS)
    await insertClient(db, { id, firstName: id, birthYear: 1985, watchLevel: 'standard', createdAtMs: 1 }, 'g')
}

/** Rows come, change and go in all ways in which the store writes them, and in some in which it does not. */
async function changeFlags(db: Database, seed: number, steps: number): Promise<void> {
  const random = seeded(seed)
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]
  for (let i = 0; i < steps; i++) {
    const [at] = (await sql<{ id: string }>`select id from flag order by random() limit 1`.execute(db)).rows
    const id = at?.id ?? ''
    const change = at === undefined ? 0 : Math.floor(random() * 12)
    if (change < 4)
      await sql`insert into flag values (${`f${seed}-${i}`}, ${one(CLIENTS)}, null, ${one(KINDS)}, 'F1', '1', ${one(raisedLevels)}, '{}',
        ${i}, ${i}, ${one(flagStates)}, null, 0)`.execute(db)
    else if (change < 7)
      await sql`insert into flag_event (flag_id, at_ms, act, state, version, detail_json)
        values (${id}, ${i}, ${one(['opened', 'opened', 'comment'])}, 'open', 0, '{}')`.execute(db)
    else if (change < 8)
      await sql`update flag set state = ${one(flagStates)}, version = ${i} where id = ${id}`.execute(db)
    else if (change < 9) await sql`update flag set level = ${one(raisedLevels)}, about_ms = ${i}`.execute(db)
    else if (change < 10)
      await sql`delete from flag_event where seq = (select max(seq) from flag_event where flag_id = ${id})`.execute(db)
    else if (change < 11) await sql`update flag set client_id = ${one(CLIENTS)} where id = ${id}`.execute(db)
    else {
      await sql`delete from flag_event where flag_id = ${id}`.execute(db)
      await sql`delete from flag where id = ${id}`.execute(db)
    }
  }
}

const kept = async (db: Database) =>
  (await sql`select * from flag_count order by client_id, state, kind, level`.execute(db)).rows
const counted = async (db: Database) =>
  (
    await sql`select client_id, state, kind, level, count(*) as flags, sum(not exists
        (select 1 from flag_event where flag_id = flag.id and act = 'opened')) as unopened
      from flag group by client_id, state, kind, level order by client_id, state, kind, level`.execute(db)
  ).rows

it.each([1, 2, 3, 4])('counts as counting anew does, seed %i', async (seed) => {
  const store = await openStore(null)
  await fillClients(store.db)
  for (let round = 0; round < 12; round++) {
    await changeFlags(store.db, seed * 100 + round, 25)
    expect(await kept(store.db)).toEqual(await counted(store.db))
  }
  expect(await counted(store.db)).not.toEqual([])
  await sql`delete from flag_event`.execute(store.db)
  await sql`delete from flag`.execute(store.db)
  expect(await kept(store.db)).toEqual([])
  await store.close()
})

it('goes back with what is undone', async () => {
  const store = await openStore(null)
  await fillClients(store.db)
  await changeFlags(store.db, 5, 40)
  const before = await kept(store.db)
  const undone = store.atomically(async (db) => {
    await changeFlags(db, 6, 40)
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await kept(store.db)).toEqual(before)
  await store.close()
})

it('counts what was there before it kept count', async () => {
  const folder = newFolder()
  const before = await openStore(folder, BEFORE_COUNTS)
  await fillClients(before.db)
  await changeFlags(before.db, 7, 120)
  await before.close()
  const after = await openStore(folder)
  expect(await kept(after.db)).toEqual(await counted(after.db))
  await changeFlags(after.db, 8, 60)
  expect(await kept(after.db)).toEqual(await counted(after.db))
  await after.close()
  rmSync(folder, { recursive: true })
})
