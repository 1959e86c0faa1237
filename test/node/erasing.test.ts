// Erasing a client of years in portions: the same is left as after erasing them at once, others have their turn in between, and what
// was broken off goes on from where it was.
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openStore } from '../../src/node/open-store.ts'
import { appendAudits, listAudit, type AuditEvent } from '../../src/store/audit/audit.ts'
import { readNumbers } from '../../src/store/audit/line-numbers.ts'
import { verifyAudit } from '../../src/store/audit/audit-check.ts'
import { insertClient } from '../../src/store/clients/clients.ts'
import type { Database, Store } from '../../src/store/database.ts'
import { makeAccess, makeSystemAccess, openClient } from '../../src/store/people/access.ts'
import { insertGroup } from '../../src/store/people/groups.ts'
import { eraseClient } from '../../src/store/rights/erase-client.ts'
import { beginErasing, finishErasing } from '../../src/store/rights/erasing.ts'
import { runRetention } from '../../src/store/rights/retention.ts'

const [RUNS, LINES] = [60, 400]
const thea = makeAccess({ personId: 'thea', roles: ['therapist'], cameFrom: '10.0.0.9', nowMs: 5 })

/** Two clients alike, with runs, flags, what they told, what phones sent, and a log in which both are named in every way. */
async function openPractice(): Promise<Store & { readonly close: () => Promise<void> }> {
  const store = await openStore(null)
  const { db } = store
  await insertGroup(db, 'g', 'Groep 1', 1)
  for (const id of ['thea', 'p-noor', 'p-bo'])
    await sql`insert into person (id, name, email, emailVerified, createdAt, updatedAt)
      values (${id}, ${id}, ${id}, 0, '2026-01-01', '2026-01-01')`.execute(db)
  await sql`insert into person_role values ('thea', 'therapist')`.execute(db)
  await sql`insert into group_staff values ('g', 'thea', 'therapist')`.execute(db)
  await sql`insert into group_run values ('gr', 'g', 'thea', 1)`.execute(db)
  for (const id of ['noor', 'bo']) await fillClient(db, id)
  await store.atomically((held) => appendAudits(held, linesOf('noor', 'bo')))
  await store.atomically((held) => appendAudits(held, linesOf('bo', 'noor')))
  return store
}

async function fillClient(db: Database, id: string): Promise<void> {
  await insertClient(db, { id, firstName: id, birthYear: 1985, watchLevel: 'standard', createdAtMs: 1 }, 'g')
  await sql`update client set person_id = ${`p-${id}`} where id = ${id}`.execute(db)
  await sql`insert into participation (id, group_run_id, client_id, state, has_stop, has_news, last_batch_at_ms, created_at_ms)
    values (${`part-${id}`}, 'gr', ${id}, 'arriving', 0, 0, 1, 1)`.execute(db)
  for (let i = 0; i < RUNS; i++) {
    const of = (what: string) => `${what}-${id}-${i}`
    await sql`insert into batch values (${`part-${id}`}, ${of('r')}, ${i}, x'01', 1, 1)`.execute(db)
    await sql`insert into run_file values (${of('f')}, ${id}, ${of('sha')}, 'a.fit', 1, 1)`.execute(db)
    await sql`insert into run_file_part values (${of('f')}, 0, x'01')`.execute(db)
    await sql`insert into run (id, client_id, file_id, file_activity, started_at_ms, elapsed_s, recording_json, imported_at_ms)
      values (${of('run')}, ${id}, ${of('f')}, 0, ${i}, 1, '{}', 1)`.execute(db)
    await sql`insert into run_chunk values (${of('run')}, 0, x'01')`.execute(db)
    await sql`insert into assessment (id, run_id, rule_version, verdict, assessment_json, assessed_at_ms)
      values (${of('a')}, ${of('run')}, '1', 'calm', '{}', 1)`.execute(db)
    await sql`insert into flag values (${of('flag')}, ${id}, ${of('run')}, 'rising', 'F1', '1', 'look', '{}', 1, 1, 'open', null, 0)`.execute(
      db,
    )
    await sql`insert into flag_event (flag_id, at_ms, act, state, version, run_id, detail_json)
      values (${of('flag')}, 1, 'raised', 'open', 0, ${of('run')}, '{}')`.execute(db)
    await sql`insert into note (id, client_id, run_id, kind, text, by_person_id, at_ms)
      values (${of('q')}, ${id}, ${of('run')}, 'question', 'mag ik', 'thea', 1)`.execute(db)
    await sql`insert into note (id, client_id, kind, text, answers, by_person_id, at_ms)
      values (${of('w')}, ${id}, 'answer', 'ja', ${of('q')}, 'thea', 2)`.execute(db)
  }
  await sql`insert into twin (run_id, other_run_id, sign, shift_s, found_at_ms)
    values (${`run-${id}-0`}, ${`run-${id}-1`}, 'heart_rate', 0, 1)`.execute(db)
}

/** @param other of whom staff has lines beside theirs */
function linesOf(id: string, other: string): AuditEvent[] {
  const line = { atMs: 1, personId: null, action: 'x', clientId: null, rule: null, cameFrom: null, detail: {} }
  const [own, home] = [`p-${id}`, `home-of-${id}`]
  return Array.from({ length: LINES }, (_, i): readonly Partial<AuditEvent>[] => [
    { personId: 'thea', clientId: id, cameFrom: '10.0.0.9', action: 'run.view' },
    { personId: own, clientId: id, cameFrom: home, rule: 'client-clinic' },
    { cameFrom: home, action: 'sign-in.failed' },
    { personId: 'thea', detail: { of: own, i } },
    { personId: 'thea', clientId: other, detail: { i } },
  ])
    .flat()
    .map((one) => ({ ...line, ...one }))
}

async function begin(store: Store): Promise<void> {
  await store.atomically(async (db) => {
    const line = { atMs: 5, personId: 'thea', rule: 'x', cameFrom: '10.0.0.9', detail: {} }
    await appendAudits(db, [{ ...line, action: 'data.erase', clientId: 'noor' }])
    await beginErasing(db, makeSystemAccess('noor', 'data.erase'), 5)
  })
}

/** Every row of every table but the log, and what of the log says what was struck. */
async function left({ db }: Store) {
  const { rows } = await sql<{
    name: string
  }>`select name from sqlite_master where type = 'table' order by name`.execute(db)
  const all: Record<string, unknown> = {}
  for (const { name } of rows)
    if (!['audit', 'audit_head', 'sqlite_sequence'].includes(name))
      all[name] = (await sql`select * from ${sql.table(name)}`.execute(db)).rows
  const struck = await listAudit(db, { action: 'log.struck' }, 1000)
  const numbers = (of: 'who' | 'whom') =>
    [...new Set(struck.flatMap(({ detail }) => readNumbers(detail[of])))].toSorted((a, b) => a - b)
  return { all, who: numbers('who'), whom: numbers('whom') }
}

async function eraseAtOnce() {
  const store = await openPractice()
  await store.atomically(async (db) => {
    const line = { atMs: 5, personId: 'thea', rule: 'x', cameFrom: '10.0.0.9', detail: {} }
    await appendAudits(db, [{ ...line, action: 'data.erase', clientId: 'noor' }])
    await eraseClient(db, makeSystemAccess('noor', 'data.erase'), 5)
  })
  const found = await left(store)
  await store.close()
  return found
}

it('leaves what erasing at once leaves, with turns for others in between, and the log is whole at each of them', async () => {
  const store = await openPractice()
  await begin(store)
  expect(await store.atomically((db) => openClient(db, thea, 'client.view', 'noor'))).toBeNull()
  let turns = 0
  const checked: boolean[] = []
  const done = await finishErasing(store, 5, async () => {
    if (turns++ % 4 === 0) checked.push((await verifyAudit(store.db)).ok)
  })
  expect([done, turns > 10, checked.length > 3, checked.every(Boolean)]).toEqual([1, true, true, true])
  const atOnce = await eraseAtOnce()
  expect(await left(store)).toEqual(atOnce)
  expect([atOnce.who.length, atOnce.whom.length]).toEqual([2 * LINES, 4 * LINES + 1])
  expect(await verifyAudit(store.db)).toMatchObject({ ok: true })
  expect(await finishErasing(store, 6, async () => undefined)).toBe(0)
  await store.close()
})

it.each([0, 1, 3, 6, 9, 12, 15])('goes on where it was broken off, after %i turns', async (after) => {
  const store = await openPractice()
  await begin(store)
  let turns = 0
  const broken = finishErasing(store, 5, async () => {
    if (turns++ === after) throw new Error('killed')
  })
  await expect(broken).rejects.toThrow('killed')
  expect(await verifyAudit(store.db)).toMatchObject({ ok: true })
  expect(await store.atomically((db) => openClient(db, thea, 'client.view', 'noor'))).toBeNull()
  expect(await finishErasing(store, 5, async () => undefined)).toBe(1)
  expect(await left(store)).toEqual(await eraseAtOnce())
  expect(await verifyAudit(store.db)).toMatchObject({ ok: true })
  await store.close()
})

it('erases two at once, each asked for while the other was under way', async () => {
  const store = await openPractice()
  await begin(store)
  let second: Promise<unknown> | null = null
  await finishErasing(store, 5, async () => {
    second ??= finishErasing(store, 5, async () => undefined)
    await second
  })
  expect(await left(store)).toEqual(await eraseAtOnce())
  expect(await verifyAudit(store.db)).toMatchObject({ ok: true })
  await store.close()
})

it('names nobody in the log who was erased while retention went over them', async () => {
  const store = await openPractice()
  await begin(store)
  let turns = 0
  await runRetention(store, 100 * 86_400_000, async () => {
    if (turns++ === 0) await finishErasing(store, 5, async () => undefined)
  })
  const { rows } = await sql`select client_id from audit where client_id = 'noor'`.execute(store.db)
  expect(rows).toEqual([])
  expect(await verifyAudit(store.db)).toMatchObject({ ok: true })
  await store.close()
})
