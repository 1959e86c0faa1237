// People who can sign in, and their roles. better-auth handles how they sign in; this file handles what they may do.
import { roles, type Role } from '../../domain/access.ts'
import type { Database } from '../database.ts'
import { among, question, toAmong } from '../question.ts'
import type { Tables } from '../tables.ts'
import { endWithRight } from './end-with-right.ts'
import { endInvitationsOf } from './invitations.ts'
import { endGlassOf, staffRolesOf } from './relations.ts'
import { forgetSigningIn } from '../sign-in/tidy-sign-in.ts'

export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly createdAtMs: number
  readonly hasTotp: boolean
  readonly passkeys: number
  readonly roles: readonly Role[]
  /** Their own record as a client, where they are one. */
  readonly clientId: string | null
}

export type SessionRow = Omit<Tables['session'], 'userId'>

export async function findPerson(db: Database, personId: string): Promise<Person | null> {
  const row = await people(db).where('person.id', '=', personId).executeTakeFirst()
  return row === undefined ? null : toPerson(row, await staffRolesOf(db, personId))
}

/** Whose session it is, with its row: one question for each request.
 *  @returns null where there is no such session */
export async function findSessionOf(
  db: Database,
  token: string,
): Promise<{ readonly session: SessionRow; readonly person: Person } | null> {
  const row = (await sessionsOf(db, token)).at(0)
  if (row === undefined) return null
  const { sessionId: id, method, beganAtMs, seenAtMs, provedAtMs } = row
  return {
    session: { id, token, method, beganAtMs, seenAtMs, provedAtMs },
    person: toPerson(row, row.held?.split(',') ?? []),
  }
}

const sessionsOf = question((db, token: string) =>
  people(db)
    .innerJoin('session', 'session.userId', 'person.id')
    .select(['session.id as sessionId', 'session.method', 'beganAtMs', 'seenAtMs', 'provedAtMs'])
    .select((eb) =>
      eb
        .selectFrom('person_role')
        .select((inner) => inner.fn<string | null>('group_concat', ['role']).as('held'))
        .whereRef('person_id', '=', 'person.id')
        .as('held'),
    )
    .where('session.token', '=', token),
)

/** As the library compares names. */
export const plainName = (name: string): string => name.trim().toLowerCase()

/** By which they sign in. @returns whose it is; null where nobody has it */
export async function findPersonByEmail(db: Database, email: string): Promise<string | null> {
  const row = await db.selectFrom('person').select('id').where('email', '=', plainName(email)).executeTakeFirst()
  return row?.id ?? null
}

/** What people are called, by id; who is gone is left out. */
export async function findNames(db: Database, personIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = personIds.length === 0 ? [] : await namesOf(db, toAmong(personIds))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const namesOf = question((db, ids: string) =>
  db.selectFrom('person').select(['id', 'name']).where('id', 'in', among(ids)),
)

/** By name. */
export async function listPeople(db: Database): Promise<Person[]> {
  const rows = await people(db).orderBy('person.name').orderBy('person.id').execute()
  const held = await db.selectFrom('person_role').selectAll().execute()
  return rows.map((row) =>
    toPerson(
      row,
      held.filter(({ person_id }) => person_id === row.id).map(({ role }) => role),
    ),
  )
}

/** The staff roles that somebody holds from now on. The role of a client comes with being one. What rested on a role that is
 *  taken away ends: places in groups (a trigger), links, flags that were handed over, looking in an emergency. */
export async function setRoles(db: Database, personId: string, held: readonly Role[], nowMs: number): Promise<void> {
  const before = await staffRolesOf(db, personId)
  const gone = before.filter((role) => !held.includes(role))
  if (gone.length > 0)
    await db.deleteFrom('person_role').where('person_id', '=', personId).where('role', 'in', gone).execute()
  for (const role of new Set(held))
    if (role !== 'client' && !before.includes(role))
      await db.insertInto('person_role').values({ person_id: personId, role }).execute()
  if (gone.length === 0) return
  await endGlassOf(db, personId, nowMs)
  await endWithRight(db, { personIds: [personId] }, nowMs)
}

/** Whether somebody could still manage people if this person could not. */
export async function isLastAdministrator(db: Database, personId: string): Promise<boolean> {
  const held = await db.selectFrom('person_role').select('person_id').where('role', '=', 'administrator').execute()
  return held.length > 0 && held.every(({ person_id }) => person_id === personId)
}

/** A new account with a password, as better-auth keeps them.
 *  @returns false where the address is taken; nothing is written then */
export async function insertPerson(
  db: Database,
  person: Pick<Person, 'id' | 'name' | 'email'> & { readonly passwordHash: string },
  nowMs: number,
): Promise<boolean> {
  const { id, name, email, passwordHash } = person
  const now = new Date(nowMs).toISOString()
  const made = await db
    .insertInto('person')
    .values({ id, name, email, emailVerified: 0, createdAt: now, updatedAt: now, twoFactorEnabled: 0 })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) return false
  await db
    .insertInto('account')
    .values({
      id,
      accountId: id,
      providerId: 'credential',
      userId: id,
      password: passwordHash,
      createdAt: now,
      updatedAt: now,
    })
    .execute()
  return true
}

export async function listPasskeysOf(
  db: Database,
  personId: string,
): Promise<{ id: string; name: string | null; addedAtMs: number | null }[]> {
  const rows = await db
    .selectFrom('passkey')
    .select(['id', 'name', 'createdAt'])
    .where('userId', '=', personId)
    .orderBy('createdAt')
    .execute()
  return rows.map(({ id, name, createdAt }) => ({
    id,
    name,
    addedAtMs: createdAt === null ? null : Date.parse(createdAt),
  }))
}

/** @returns false where they have none of this id */
export async function deletePasskey(db: Database, personId: string, passkeyId: string): Promise<boolean> {
  const gone = await db
    .deleteFrom('passkey')
    .where('id', '=', passkeyId)
    .where('userId', '=', personId)
    .returning('id')
    .executeTakeFirst()
  return gone !== undefined
}

export async function findPasswordHash(db: Database, personId: string): Promise<string | null> {
  const row = await db.selectFrom('account').select('password').where('userId', '=', personId).executeTakeFirst()
  return row?.password ?? null
}

/** An account goes with its sessions, keys and roles; a client's record stays. Links to a client's account that were left open
 *  when they joined do not work again. */
export async function deletePerson(db: Database, personId: string, nowMs: number): Promise<void> {
  const client = await db.selectFrom('client').select('id').where('person_id', '=', personId).executeTakeFirst()
  if (client !== undefined) await endInvitationsOf(db, client.id, 'account_removed', nowMs)
  await deleteAccount(db, personId)
  await forgetSigningIn(db)
  await endWithRight(db, { personIds: [personId] }, nowMs)
}

/** The account alone: of somebody on whose right nothing rests. */
export async function deleteAccount(db: Database, personId: string): Promise<void> {
  await db.updateTable('client').set({ person_id: null }).where('person_id', '=', personId).execute()
  await db.deleteFrom('person').where('id', '=', personId).execute()
}

const people = (db: Database) =>
  db
    .selectFrom('person')
    .leftJoin('client', 'client.person_id', 'person.id')
    .select(['person.id', 'person.name', 'person.email', 'person.createdAt', 'person.twoFactorEnabled'])
    .select('client.id as client_id')
    .select((eb) =>
      eb
        .selectFrom('passkey')
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .whereRef('passkey.userId', '=', 'person.id')
        .as('passkeys'),
    )

interface Row {
  id: string
  name: string
  email: string
  createdAt: string
  twoFactorEnabled: number | null
  client_id: string | null
  passkeys: number | null
}

const toPerson = (row: Row, held: readonly string[]): Person => ({
  id: row.id,
  name: row.name,
  email: row.email,
  createdAtMs: Date.parse(row.createdAt),
  hasTotp: row.twoFactorEnabled === 1,
  passkeys: row.passkeys ?? 0,
  roles: roles.filter((role) => held.includes(role) || (role === 'client' && row.client_id !== null)),
  clientId: row.client_id,
})
