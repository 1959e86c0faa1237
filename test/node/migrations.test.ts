// What a step does to a database that is there already.
import { rmSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openStore } from '../../src/node/open-store.ts'
import { isKnownBrowser, KNOWN_FOR_MS, rememberBrowser } from '../../src/store/sign-in/known-browsers.ts'
import { makeSystemAccess } from '../../src/store/people/access.ts'
import { clearUnkept, hasUnkept, markUnkept } from '../../src/store/sign-in/unkept-codes.ts'
import { findReset, insertReset, lastResetAtMs, listUntoldResets, useReset } from '../../src/store/sign-in/resets.ts'
import { findHandOver, insertHandOver, listHolders } from '../../src/store/group-runs/hand-overs.ts'
import { deleteAccount, deletePerson } from '../../src/store/people/people.ts'
import { inForce } from '../../src/domain/zone/zone-versions.ts'
import { listZones } from '../../src/store/clients/zones.ts'
import { newFolder } from '../support/node-clinic.ts'

/** Steps before the one that puts right limits that no heart has. */
const BEFORE_LIMITS = 14
/** Steps before the one that keeps broken glass. */
const BEFORE_GLASS = 15
/** Steps before the one that knows browsers. */
const BEFORE_KNOWN = 19
/** Steps before the one by which rights end. */
const BEFORE_ENDS = 18
/** Steps before the one that knows who took a group run over. */
const BEFORE_HAND_OVERS = 20
/** Steps before the one that knows which backup codes are kept. */
const BEFORE_KEPT_CODES = 23
/** Steps before the one that knows links to a new way in. */
const BEFORE_RESETS = 24
/** Steps before the one by which sessions end. */
const BEFORE_ENDING = 21

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
  await deletePerson(after.db, 'p', 3)
  expect(await after.db.selectFrom('break_glass').selectAll().execute()).toEqual([glass])
  await after.close()
  rmSync(folder, { recursive: true })
})

it('ends links, places in groups and flags handed over that rest on a right that is gone', async () => {
  const folder = newFolder()
  const before = await openStore(folder, BEFORE_ENDS)
  const { db } = before
  const insert = async (table: string, ...rows: Readonly<Record<string, string | number | null>>[]) => {
    for (const row of rows)
      await sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map((name) => sql.ref(name)))})
        values (${sql.join(Object.values(row))})`.execute(db)
  }
  const at = '2026-01-01T00:00:00.000Z'
  for (const id of ['thea', 'bo', 'noor'])
    await insert('person', { id, name: id, email: `${id}@example.org`, emailVerified: 0, createdAt: at, updatedAt: at })
  await insert('person_role', { person_id: 'thea', role: 'therapist' }, { person_id: 'thea', role: 'administrator' })
  const client = { birth_year: 1986, watch_level: 'standard', created_at_ms: 1 }
  await insert('client', { ...client, id: 'n', first_name: 'Noor', person_id: 'noor' })
  await insert('client', { ...client, id: 'f', first_name: 'Fay', person_id: null })
  await insert('care_group', { id: 'g', name: 'Dinsdag', created_at_ms: 1 })
  await insert('group_client', { group_id: 'g', client_id: 'n' }, { group_id: 'g', client_id: 'f' })
  // Bo's role was taken away once; the place stayed.
  for (const person_id of ['thea', 'bo']) await insert('group_staff', { group_id: 'g', person_id, role: 'therapist' })
  const link = { group_ids_json: '[]', created_at_ms: 1, expires_at_ms: 9e15, used_at_ms: null }
  const linkOf = (invited_by: string | null, client_id: string | null) => ({
    ...{ ...link, id: `${invited_by} ${client_id}`, token_sha256: `${invited_by} ${client_id}` },
    ...{ invited_by, client_id, roles_json: client_id === null ? '["therapist"]' : '["client"]' },
  })
  for (const by of ['thea', 'bo']) for (const about of ['n', 'f', null]) await insert('invitation', linkOf(by, about))
  const flag = { client_id: 'f', run_id: null, kind: 'G8.amount', rule: 'G8', rule_version: '4', level: 'look' }
  const raised = { ...flag, evidence_json: '{}', about_ms: 1, raised_at_ms: 1, version: 3 }
  await insert('flag', { ...raised, id: 'to thea', state: 'escalated', assigned_to: 'thea' })
  await insert('flag', { ...raised, id: 'to bo', state: 'escalated', assigned_to: 'bo' })
  await insert('flag', { ...raised, id: 'by bo', state: 'in_conversation', assigned_to: 'bo' })
  await insert('flag', { ...raised, id: 'closed', state: 'resolved', assigned_to: 'bo' })
  await before.close()

  const after = await openStore(folder)
  expect(await after.db.selectFrom('group_staff').select('person_id').execute()).toEqual([{ person_id: 'thea' }])
  const links = await after.db.selectFrom('invitation').select(['id', 'ending']).orderBy('id').execute()
  expect(links.map(({ id, ending }) => `${id}: ${ending}`)).toEqual([
    ...['bo f: right_ended', 'bo n: account_made', 'bo null: right_ended'],
    ...['thea f: null', 'thea n: account_made', 'thea null: null'],
  ])
  const flags = await after.db
    .selectFrom('flag')
    .select(['id', 'state', 'assigned_to', 'version'])
    .orderBy('id')
    .execute()
  expect(flags.map((one) => Object.values(one).join(' '))).toEqual([
    ...['by bo in_conversation  4', 'closed resolved bo 3', 'to bo open  4', 'to thea escalated thea 3'],
  ])
  const events = await after.db.selectFrom('flag_event').selectAll().orderBy('flag_id').execute()
  expect(events.map((one) => [one.flag_id, one.act, one.state, one.version, one.to_person_id, one.person_id])).toEqual([
    ['by bo', 'handed_back', 'in_conversation', 4, 'bo', null],
    ['to bo', 'handed_back', 'open', 4, 'bo', null],
  ])
  await after.db.deleteFrom('person_role').where('role', '=', 'therapist').execute()
  expect(await after.db.selectFrom('group_staff').selectAll().execute()).toEqual([])
  await after.close()
  rmSync(folder, { recursive: true })
})

it('knows no browser of before, and forgets one with the account of whoever signed in there', async () => {
  const folder = newFolder()
  const before = await openStore(folder, BEFORE_KNOWN)
  const at = '2026-01-01T00:00:00.000Z'
  const tom = { id: 'p', name: 'Tom', email: 'tom@example.org', emailVerified: 0, createdAt: at, updatedAt: at }
  await before.db.insertInto('person').values(tom).execute()
  await before.close()

  const after = await openStore(folder)
  expect(await isKnownBrowser(after.db, 'word', tom.email, 1000)).toBe(false)
  await after.atomically((db) => rememberBrowser(db, 'word', 'p', 1000))
  expect(await isKnownBrowser(after.db, 'word', tom.email, 1000)).toBe(true)
  expect(await isKnownBrowser(after.db, 'word', 'other@example.org', 1000)).toBe(false)
  expect(await isKnownBrowser(after.db, 'word', tom.email, 1000 + KNOWN_FOR_MS)).toBe(false)
  await deleteAccount(after.db, 'p')
  expect(await after.db.selectFrom('known_browser').selectAll().execute()).toEqual([])
  await after.close()
  rmSync(folder, { recursive: true })
})

it('keeps group runs as they were, and writes a hand-over once', async () => {
  const folder = newFolder()
  const before = await openStore(folder, BEFORE_HAND_OVERS)
  const run = { id: 'r', group_id: null, made_by: 'thea', made_at_ms: 1 }
  await before.db.insertInto('group_run').values(run).execute()
  await before.close()

  const after = await openStore(folder)
  expect(await after.db.selectFrom('group_run').selectAll().execute()).toEqual([run])
  const when = { happenedAtMs: 2, receivedAtMs: 3, withoutNetwork: true }
  const one = { id: 'h', groupRunId: 'r', fromPersonId: 'thea', toPersonId: 'bo', sentBy: 'bo', ...when }
  await insertHandOver(after.db, one)
  expect(await findHandOver(after.db, 'h')).toEqual(one)
  expect(await listHolders(after.db, { id: 'r', madeBy: 'thea' })).toEqual(['thea', 'bo'])
  const edit = after.db.updateTable('hand_over').set({ to_person_id: 'cas' }).execute()
  await expect(edit).rejects.toThrow('a hand-over is never changed')
  await after.close()
  rmSync(folder, { recursive: true })
})

it('gives a session of before its beginning and its last use, and ends trusted browsers', async () => {
  const folder = newFolder()
  const before = await openStore(folder, BEFORE_ENDING)
  await sql`insert into person (id, name, email, emailVerified, createdAt, updatedAt)
    values ('thea', 'Thea', 'thea@example.org', 0, '2026-01-01', '2026-01-01')`.execute(before.db)
  await sql`insert into session (id, expiresAt, token, createdAt, updatedAt, userId)
    values ('one', '2026-01-02', 'token', '2026-01-01T08:00:00.000Z', '2026-01-01T11:00:00.000Z', 'thea')`.execute(
    before.db,
  )
  for (const identifier of ['trust-device-x', '2fa-x'])
    await sql`insert into verification (id, identifier, value, expiresAt, createdAt, updatedAt)
      values (${identifier}, ${identifier}, 'thea', '2026-02-01', '2026-01-01', '2026-01-01')`.execute(before.db)
  await before.close()

  const after = await openStore(folder)
  expect(await after.db.selectFrom('session').select(['id', 'beganAtMs', 'seenAtMs']).execute()).toEqual([
    { id: 'one', beganAtMs: Date.UTC(2026, 0, 1, 8), seenAtMs: Date.UTC(2026, 0, 1, 11) },
  ])
  expect(await after.db.selectFrom('verification').select('identifier').execute()).toEqual([{ identifier: '2fa-x' }])
  await after.close()
  rmSync(folder, { recursive: true })
})

it('takes backup codes of before for kept, and forgets with an account that new ones were not', async () => {
  const folder = newFolder()
  const before = await openStore(folder, BEFORE_KEPT_CODES)
  for (const id of ['thea', 'bo'])
    await sql`insert into person (id, name, email, emailVerified, createdAt, updatedAt, twoFactorEnabled)
      values (${id}, ${id}, ${id}, 0, '2026-01-01', '2026-01-01', 1)`.execute(before.db)
  await before.close()

  const after = await openStore(folder)
  expect(await hasUnkept(after.db, 'thea', 1)).toBe(false)
  for (const id of ['thea', 'bo']) await markUnkept(after.db, id, 1)
  expect([await hasUnkept(after.db, 'thea', 2), await clearUnkept(after.db, 'thea')]).toEqual([true, true])
  await deleteAccount(after.db, 'bo')
  expect(await after.db.selectFrom('unkept_codes').selectAll().execute()).toEqual([])
  await after.close()
  rmSync(folder, { recursive: true })
})

it('knows no link to a new way in of before, and forgets one with the account it is for; whose sign-in was made new is told for 90 days', async () => {
  const folder = newFolder()
  const before = await openStore(folder, BEFORE_RESETS)
  for (const id of ['thea', 'bo'])
    await sql`insert into person (id, name, email, emailVerified, createdAt, updatedAt, twoFactorEnabled)
      values (${id}, ${id}, ${id}, 0, '2026-01-01', '2026-01-01', 1)`.execute(before.db)
  await before.close()

  const after = await openStore(folder)
  expect([await lastResetAtMs(after.db, 'bo'), await listUntoldResets(after.db, 'bo', 1)]).toEqual([null, []])
  const { token } = await insertReset(after.db, { id: 'r1', personId: 'bo', madeBy: null }, 1000)
  expect(await findReset(after.db, token, 1001)).toMatchObject({ id: 'r1', personId: 'bo' })
  await useReset(after.db, { id: 'r1', personId: 'bo' }, 'hash', 2000)
  const told = async (nowMs: number) => (await listUntoldResets(after.db, 'bo', nowMs)).map(({ id }) => id)
  expect([await lastResetAtMs(after.db, 'bo'), await told(3000), await told(1000 + 90 * 86_400_000)]).toEqual([
    2000,
    ['r1'],
    [],
  ])
  await deleteAccount(after.db, 'bo')
  expect(await after.db.selectFrom('reset_link').selectAll().execute()).toEqual([])
  await after.close()
  rmSync(folder, { recursive: true })
})
