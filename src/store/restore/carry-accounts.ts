// Carries ended accounts, roles and places in groups from the stopped database into a restored copy. Sign-in data are
// copied as they were last: an old password or a lost phone opens nothing again. Rights that were given since are not
// copied; a person gives them again.
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { GroupRole } from '../../domain/access.ts'
import { setClientGroups, setGroupStaff } from '../people/groups.ts'
import { deletePerson, setRoles } from '../people/people.ts'
import { staffRolesOf } from '../people/relations.ts'

export interface CarriedAccounts {
  readonly accounts: number
  readonly roles: number
  readonly staffPlaces: number
  readonly clientPlaces: number
  readonly passwords: number
  readonly secondFactors: number
  readonly passkeys: number
}

/** Inside `atomically`. @param copiedAtMs whose account is newer joined after the copy was put back */
export async function carryAccounts(
  db: Database,
  stopped: Database,
  copiedAtMs: number,
  nowMs: number,
): Promise<CarriedAccounts> {
  const there = new Set((await stopped.selectFrom('person').select('id').execute()).map(({ id }) => id))
  const here = await db.selectFrom('person').select(['id', 'createdAt']).execute()
  const gone = here.filter(({ id, createdAt }) => !there.has(id) && Date.parse(createdAt) <= copiedAtMs)
  for (const { id } of gone) await deletePerson(db, id, nowMs)
  const both = here.map(({ id }) => id).filter((id) => there.has(id))
  let [roles, passwords, secondFactors, passkeys] = [0, 0, 0, 0]
  for (const id of both) {
    const held = await staffRolesOf(db, id)
    const kept = await staffRolesOf(stopped, id)
    roles += held.filter((role) => !kept.includes(role)).length
    await setRoles(
      db,
      id,
      held.filter((role) => kept.includes(role)),
      nowMs,
    )
    passwords += Number((await mirror(db, stopped, 'account', id)).differs)
    secondFactors += Number((await mirror(db, stopped, 'twoFactor', id)).differs)
    passkeys += (await mirror(db, stopped, 'passkey', id)).gone
    await mirrorRest(db, stopped, id)
  }
  const staffPlaces = await endStaffPlaces(db, stopped, nowMs)
  const clientPlaces = await endClientPlaces(db, stopped, nowMs)
  return { accounts: gone.length, roles, staffPlaces, clientPlaces, passwords, secondFactors, passkeys }
}

type Row = Readonly<Record<string, unknown>>
/** How somebody signs in, and what in it says that it is another one; counts of uses and tries do not. */
const columnsOf = {
  account: ['password'],
  twoFactor: ['secret', 'backupCodes', 'verified'],
  passkey: ['credentialID'],
} as const

/** Their rows here become those of there. */
async function mirror(
  db: Database,
  stopped: Database,
  name: keyof typeof columnsOf,
  personId: string,
): Promise<{ readonly differs: boolean; readonly gone: number }> {
  const table = sql.table(name)
  const read = async (from: Database) =>
    (await sql<Row>`select * from ${table} where userId = ${personId} order by id`.execute(from)).rows
  const [before, after] = [await read(db), await read(stopped)]
  const wordsOf = (rows: readonly Row[]) =>
    rows.map((row) => JSON.stringify(columnsOf[name].map((column) => row[column])))
  const [was, is] = [wordsOf(before), wordsOf(after)]
  await sql`delete from ${table} where userId = ${personId}`.execute(db)
  for (const row of after) await insertRow(db, name, row)
  return { differs: was.join() !== is.join(), gone: was.filter((word) => !is.includes(word)).length }
}

/** Whether they have an app, backup codes that nobody kept yet, and links to a new way in that were used: of these they are told. */
async function mirrorRest(db: Database, stopped: Database, personId: string): Promise<void> {
  const person = await stopped
    .selectFrom('person')
    .select('twoFactorEnabled')
    .where('id', '=', personId)
    .executeTakeFirst()
  await db
    .updateTable('person')
    .set({ twoFactorEnabled: person?.twoFactorEnabled ?? 0 })
    .where('id', '=', personId)
    .execute()
  await db.deleteFrom('unkept_codes').where('person_id', '=', personId).execute()
  await db.deleteFrom('reset_link').where('person_id', '=', personId).execute()
  const codes = await stopped.selectFrom('unkept_codes').selectAll().where('person_id', '=', personId).execute()
  for (const row of codes) await insertRow(db, 'unkept_codes', { ...row })
  const used = await stopped
    .selectFrom('reset_link')
    .selectAll()
    .where('person_id', '=', personId)
    .where('used_at_ms', 'is not', null)
    .execute()
  for (const row of used) await insertRow(db, 'reset_link', { ...row })
}

async function insertRow(db: Database, name: string, row: Row): Promise<void> {
  const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)))
  await sql`insert into ${sql.table(name)} (${columns}) values (${sql.join(Object.values(row))})`.execute(db)
}

async function endStaffPlaces(db: Database, stopped: Database, nowMs: number): Promise<number> {
  const there = await stopped.selectFrom('group_staff').selectAll().execute()
  const here = await db.selectFrom('group_staff').selectAll().execute()
  const isThere = (one: (typeof here)[number]) =>
    there.some((two) => two.group_id === one.group_id && two.person_id === one.person_id && two.role === one.role)
  const gone = here.filter((one) => !isThere(one))
  for (const groupId of new Set(gone.map(({ group_id }) => group_id))) {
    const kept = here.filter((one) => one.group_id === groupId && isThere(one))
    const staff = kept.map(({ person_id, role }) => ({ personId: person_id, role: role as GroupRole }))
    await setGroupStaff(db, groupId, staff, nowMs)
  }
  return gone.length
}

async function endClientPlaces(db: Database, stopped: Database, nowMs: number): Promise<number> {
  const there = await stopped.selectFrom('group_client').selectAll().execute()
  const here = await db.selectFrom('group_client').selectAll().execute()
  const known = new Set((await stopped.selectFrom('client').select('id').execute()).map(({ id }) => id))
  const isThere = (one: (typeof here)[number]) =>
    // A client who came after the copy was put back is in groups of now.
    !known.has(one.client_id) || there.some((two) => two.group_id === one.group_id && two.client_id === one.client_id)
  const gone = here.filter((one) => !isThere(one))
  for (const clientId of new Set(gone.map(({ client_id }) => client_id))) {
    const kept = here.filter((one) => one.client_id === clientId && isThere(one)).map(({ group_id }) => group_id)
    await setClientGroups(db, clientId, kept, nowMs)
  }
  return gone.length
}
