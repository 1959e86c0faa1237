// A look at a list is one line that names all who stand on it: each of them finds it, whoever is erased is struck out of it alone, and
// the check finds what somebody does to the names by hand.
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/node/open-store.ts'
import { appendAudit, listAudit } from '../../src/store/audit/audit.ts'
import { verifyAudit } from '../../src/store/audit/audit-check.ts'
import { listNamed } from '../../src/store/audit/audit-named.ts'
import { insertClient } from '../../src/store/clients/clients.ts'
import type { Store } from '../../src/store/database.ts'
import { makeAccess, makeSystemAccess, openClients } from '../../src/store/people/access.ts'
import { insertGroup } from '../../src/store/people/groups.ts'
import { beginErasing, finishErasing } from '../../src/store/rights/erasing.ts'
import { closeClinics, newFolder, openClinic } from '../support/node-clinic.ts'
import { expectJson } from '../support/expect-json.ts'
import { askAs, makeWorld } from '../support/world.ts'

afterAll(closeClinics)

/** Steps before the one that lets a line name several. */
const BEFORE_NAMES = 30
const CLIENTS = ['bo', 'cem', 'noor']
const thea = makeAccess({ personId: 'thea', roles: ['therapist'], cameFrom: '10.0.0.9', nowMs: 5 })
const line = { atMs: 1, personId: 'thea', action: 'run.view', rule: 'T1', cameFrom: null, detail: {} }

/** Three clients whom one person guides. */
async function openGuided(folder: string | null = newFolder()) {
  const store = await openStore(folder)
  await insertGroup(store.db, 'g', 'Groep 1', 1)
  await sql`insert into person (id, name, email, emailVerified, createdAt, updatedAt)
    values ('thea', 'Thea', 'thea@example.org', 0, '2026-01-01', '2026-01-01')`.execute(store.db)
  await sql`insert into group_staff values ('g', 'thea', 'therapist')`.execute(store.db)
  for (const id of CLIENTS)
    await insertClient(store.db, { id, firstName: id, birthYear: 1985, watchLevel: 'standard', createdAtMs: 1 }, 'g')
  return { store, folder }
}
const look = (store: Store, clientIds: readonly string[]) =>
  store.atomically((db) => openClients(db, thea, 'zone.view', clientIds, { list: true }))
const seqsOf = async (store: Store, ...[filter, limit = 100]: [Parameters<typeof listAudit>[1], number?]) =>
  (await listAudit(store.db, filter, limit)).map(({ seq }) => seq)

it('is one line for all of a page, and each of them finds it among the lines of their own', async () => {
  const { store } = await openGuided()
  expect([...(await look(store, ['bo', 'noor', 'nobody'])).keys()]).toEqual(['bo', 'noor'])
  await store.atomically((db) => appendAudit(db, { ...line, clientId: 'noor' }))
  await look(store, ['cem'])
  await look(store, CLIENTS)
  await store.atomically((db) => appendAudit(db, { ...line, clientId: 'bo' }))
  expect(await seqsOf(store, {})).toEqual([5, 4, 3, 2, 1])
  expect(await seqsOf(store, { clientId: 'noor' })).toEqual([4, 2, 1])
  expect(await seqsOf(store, { clientId: 'noor' }, 2)).toEqual([4, 2])
  expect(await seqsOf(store, { clientId: 'noor', beforeSeq: 4 })).toEqual([2, 1])
  expect(await seqsOf(store, { clientId: 'noor', action: 'zone.view' }, 1)).toEqual([4])
  expect(await seqsOf(store, { clientId: 'noor', action: 'run.view' })).toEqual([2])
  expect(await seqsOf(store, { clientId: 'noor', personId: 'somebody' })).toEqual([])
  expect(await seqsOf(store, { clientId: 'cem' })).toEqual([4, 3])
  const [last] = await listAudit(store.db, { clientId: 'noor' }, 1)
  expect(last).toMatchObject({ seq: 4, clientId: 'noor', personId: 'thea', detail: { list: true } })
  expect(JSON.stringify(last)).not.toContain('cem')
  expect(await listNamed(store.db, [1, 2, 3, 4])).toEqual(
    new Map([
      [1, ['bo', 'noor']],
      [4, CLIENTS],
    ]),
  )
  expect(await verifyAudit(store.db)).toMatchObject({ ok: true, lines: 5, struck: [] })
  await store.close()
})

it('strikes one who is erased out of it, and leaves the others', async () => {
  const { store } = await openGuided()
  for (let i = 0; i < 3; i++) await look(store, CLIENTS)
  for (const [erased, others] of [
    ['noor', ['bo', 'cem']],
    ['bo', ['cem']],
  ] as const) {
    await store.atomically((db) => beginErasing(db, makeSystemAccess(erased, 'data.erase'), 6))
    await finishErasing(store, 6, async () => undefined)
    expect((await listNamed(store.db, [2])).get(2)).toEqual(others)
    expect(await seqsOf(store, { clientId: erased })).toEqual([])
    expect((await seqsOf(store, { clientId: 'cem' })).slice(-3)).toEqual([3, 2, 1])
    const found = await verifyAudit(store.db)
    expect(found).toMatchObject({ ok: true })
    expect(found.ok && found.struck.slice(0, 3)).toEqual([1, 2, 3])
  }
  const { rows } = await sql`select * from audit_named where client_id in ('noor', 'bo')`.execute(store.db)
  expect(rows).toEqual([])
  await store.close()
})

describe('the check', () => {
  const lift = [
    'named_is_only_struck',
    'named_is_never_removed',
    'named_comes_with_its_line',
    'named_seal_is_never_edited',
  ]
  it.each([
    ['another in the place of one', `update audit_named set client_id = 'bo' where seq = 2 and place = 2`, 2],
    ['one less', `delete from audit_named where seq = 2 and place = 2`, 2],
    ['all less', `delete from audit_named where seq = 2`, 2],
    [
      'all less, and the line says there were none',
      `delete from audit_named where seq = 2; update audit set named_seal = null`,
      1,
    ],
    [
      'one more',
      `insert into audit_named select seq, 3, client_id, salt, seal from audit_named where seq = 2 and place = 0`,
      2,
    ],
    [
      'two who changed places',
      `update audit_named set place = case place when 0 then -1 else 0 end where seq = 2 and place < 2`,
      2,
    ],
    [
      'one struck, and no line tells of it',
      `update audit_named set client_id = null, salt = null where seq = 2 and place = 1`,
      2,
    ],
    [
      'somebody struck in the place of somebody else',
      `update audit_named set client_id = null, salt = null where seq = 1`,
      1,
    ],
    ['a name beside a line that names nobody', `insert into audit_named values (3, 0, 'bo', 'x', 'y')`, 3],
    ['a name where no line is', `insert into audit_named values (99, 0, 'bo', 'x', 'y')`, 99],
  ])('finds %s', async (_, change, seq) => {
    const { store, folder } = await openGuided()
    for (let i = 0; i < 2; i++) await look(store, CLIENTS)
    await store.atomically((db) => appendAudit(db, { ...line, clientId: 'bo' }))
    // Of the first line one was struck truly.
    await store.atomically((db) => beginErasing(db, makeSystemAccess('noor', 'data.erase'), 6))
    await finishErasing(store, 6, async () => undefined)
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true })
    const sqlite = new DatabaseSync(`${folder}/calmpace.sqlite`)
    // Striking is let through, and so is what would come with a new line: the check alone can tell.
    if (!/client_id = null|\(99,/.test(change)) expect(() => sqlite.exec(change)).toThrow('append-only')
    for (const name of lift) sqlite.exec(`drop trigger audit_${name}`)
    sqlite.exec(change)
    sqlite.close()
    expect(await verifyAudit(store.db)).toMatchObject({ ok: false, seq })
    await store.close()
  })
})

it('is not known to a log of before, which is checked as it is and goes on with such lines', async () => {
  const folder = newFolder()
  const before = await openStore(folder, BEFORE_NAMES)
  await sql`insert into client (id, first_name, birth_year, watch_level, created_at_ms) values ('bo', 'Bo', 1985, 'standard', 1)`.execute(
    before.db,
  )
  await before.atomically((db) => appendAudit(db, { ...line, clientId: 'bo' }))
  const found = await verifyAudit(before.db)
  expect(found).toMatchObject({ ok: true, lines: 1 })
  await before.close()
  const after = await openStore(folder)
  expect(await verifyAudit(after.db)).toEqual(found)
  await after.atomically((db) => appendAudit(db, { ...line, clientId: null, named: ['bo', 'cem'] }))
  expect(await seqsOf(after, { clientId: 'bo' })).toEqual([2, 1])
  expect(await verifyAudit(after.db)).toMatchObject({ ok: true, lines: 2 })
  await after.close()
})

it('tells an administrator of all whom it names, and a client of nobody else', async () => {
  const clinic = await openClinic()
  const world = await makeWorld(clinic)
  await askAs(clinic.ask, world, 'therapist')('/api/clients')
  const administrator = askAs(clinic.ask, world, 'administrator')
  const { items } = await expectJson<{ items: { clientIds: string[] }[] }>(administrator('/api/audit?action=zone.view'))
  expect(items[0]?.clientIds.toSorted()).toEqual([world.fay, world.noor].toSorted())
  const own = await (await askAs(clinic.ask, world, 'self')(`/api/clients/${world.noor}/log`)).text()
  expect(own).toContain('zone.view')
  expect(own).not.toContain(world.fay)
  const archive = Buffer.from(
    await (await askAs(clinic.ask, world, 'self')(`/api/clients/${world.noor}/data.zip`)).arrayBuffer(),
  )
  expect(archive.length).toBeGreaterThan(100)
})
