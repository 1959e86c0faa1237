// The standing of a person towards a client. Only this file reads who guides whom. A group counts only together with a
// current role. The caller's roles are read at each request; the roles of other people are checked here. `group_staff`
// rows disappear with their role.
import { sql, type ExpressionBuilder } from 'kysely'
import { allowOnClient, relations, roles, type ClientAction, type Relation, type Role } from '../../domain/access.ts'
import { CLOCK_STEP_MS } from '../clock-ahead.ts'
import type { Database } from '../database.ts'
import { among, question, toAmong } from '../question.ts'
import type { Tables } from '../tables.ts'

/** Somebody at a moment, with the roles that they hold. */
export interface Somebody {
  readonly personId: string
  readonly roles: readonly Role[]
  readonly nowMs: number
  /** Signed in with two factors; a look in an emergency holds for such a session alone. */
  readonly hasTwoFactors?: boolean
}

/** Of whom a standing changed: people of the staff, or a client. */
export type Whose = { readonly personIds: readonly string[] } | { readonly clientId: string }

/** Staff roles that somebody holds now. */
export async function staffRolesOf(db: Database, personId: string): Promise<Role[]> {
  const rows = await rolesHeldBy(db, personId)
  return roles.filter((role) => rows.some((row) => row.role === role))
}

const rolesHeldBy = question((db, personId: string) =>
  db.selectFrom('person_role').select('role').where('person_id', '=', personId),
)

/** Whether anybody manages people here. */
export async function hasAdministrator(db: Database): Promise<boolean> {
  const one = await db
    .selectFrom('person_role')
    .select('person_id')
    .where('role', '=', 'administrator')
    .executeTakeFirst()
  return one !== undefined
}

/** Which of these relations somebody has to a client. */
export async function relationsTo(
  db: Database,
  somebody: Somebody,
  clientId: string,
  asked: readonly Relation[],
): Promise<Relation[]> {
  return [...((await relationsToEach(db, somebody, [clientId], asked)).get(clientId) ?? [])]
}

/** Which of these relations somebody has to each of these clients, asked of all of them at once; none of whom there is not. */
export async function relationsToEach(
  db: Database,
  { personId, roles: held, nowMs, hasTwoFactors = false }: Somebody,
  clientIds: readonly string[],
  asked: readonly Relation[],
): Promise<ReadonlyMap<string, readonly Relation[]>> {
  const rows = await standingsOf(db, toAmong(clientIds), personId, nowMs, nowMs + CLOCK_STEP_MS)
  const counts: Readonly<Record<Relation, boolean>> = {
    self: true,
    therapist_of: held.includes('therapist'),
    supervisor_of: held.includes('supervisor'),
    break_glass: hasTwoFactors,
  }
  const able = asked.filter((relation) => counts[relation])
  return new Map(rows.map((row) => [row.id, able.filter((relation) => row[relation] === 1)]))
}

/** How somebody stands to each of these clients, whatever roles they hold now. */
const standingsOf = question((db, clientIds: string, personId: string, nowMs: number, latestMs: number) =>
  db
    .selectFrom('client')
    .select((eb) => [
      'client.id',
      eb('client.person_id', '=', personId).as('self'),
      guides(eb, personId, 'therapist').as('therapist_of'),
      guides(eb, personId, 'supervisor').as('supervisor_of'),
      eb
        .exists(
          eb
            .selectFrom('break_glass')
            .select(sql.lit(1).as('one'))
            .whereRef('break_glass.client_id', '=', 'client.id')
            .where('break_glass.person_id', '=', personId)
            .where('until_ms', '>', nowMs)
            .where('at_ms', '<=', latestMs),
        )
        .as('break_glass'),
    ])
    .where('client.id', 'in', among(clientIds)),
)

const guides = (eb: ExpressionBuilder<Tables, 'client'>, personId: string, role: Role) =>
  eb.exists(
    eb
      .selectFrom('group_client')
      .innerJoin('group_staff', 'group_staff.group_id', 'group_client.group_id')
      .select(sql.lit(1).as('one'))
      .whereRef('group_client.client_id', '=', 'client.id')
      .where('group_staff.person_id', '=', personId)
      .where('group_staff.role', '=', role),
  )

/** Emergencies of somebody that still hold. */
export const openGlassOf = (db: Database, personId: string, nowMs: number) =>
  db
    .selectFrom('break_glass')
    .select(['id', 'client_id', 'at_ms', 'until_ms'])
    .where('person_id', '=', personId)
    .where('until_ms', '>', nowMs)
    .where('at_ms', '<=', nowMs + CLOCK_STEP_MS)

/** They look at nobody in an emergency any more. @param clientId at this client alone */
export async function endGlassOf(db: Database, personId: string, nowMs: number, clientId?: string): Promise<void> {
  let ending = db
    .updateTable('break_glass')
    .set({ until_ms: nowMs })
    .where('person_id', '=', personId)
    .where('until_ms', '>', nowMs)
  if (clientId !== undefined) ending = ending.where('client_id', '=', clientId)
  await ending.execute()
}

/** Whether a query has a row. */
export const isFound = async (query: { readonly executeTakeFirst: () => Promise<unknown> }): Promise<boolean> =>
  (await query.executeTakeFirst()) !== undefined

/** Clients of the groups in which somebody works by one of these roles; the same client once for each. */
export const guidedBy = (db: Database, { personId, roles: held }: Pick<Somebody, 'personId' | 'roles'>) =>
  guidedIn(db, personId, toAmong(held))

/** The same of roles as one value, for a question. */
export const guidedIn = (db: Database, personId: string, held: string) =>
  db
    .selectFrom('group_client')
    .innerJoin('group_staff', 'group_staff.group_id', 'group_client.group_id')
    .select('group_client.client_id')
    .where('group_staff.person_id', '=', personId)
    .where('group_staff.role', 'in', among(held))

/** Ids of the clients that somebody sees in lists: their own, and those of their groups. */
export const visibleClients = (db: Database, { personId, roles: held }: Pick<Somebody, 'personId' | 'roles'>) =>
  visibleIn(db, personId, toAmong(held))

/** The same of roles as one value, for a question. */
export const visibleIn = (db: Database, personId: string, held: string) =>
  db
    .selectFrom('client')
    .select('client.id')
    .where('person_id', '=', personId)
    .union(guidedIn(db, personId, held).clearSelect().select('group_client.client_id as id'))

/** Whether somebody who is not asking now may do this with a client. An emergency is the asker's own: it counts for nobody
 *  who is named by others. */
export async function couldDo(
  db: Database,
  personId: string,
  action: ClientAction,
  clientId: string,
): Promise<boolean> {
  const somebody = { personId, roles: await staffRolesOf(db, personId), nowMs: 0 }
  const asked = relations.filter((relation) => relation !== 'break_glass')
  return allowOnClient(somebody.roles, await relationsTo(db, somebody, clientId, asked), action) !== null
}

/** Everybody of the staff who may do this with a client, by name: whom one can name as responsible. */
export async function listStaffWho(
  db: Database,
  action: ClientAction,
  clientId: string,
): Promise<{ readonly personId: string; readonly name: string }[]> {
  const rows = await staffAround(db, clientId)
  const able: { readonly personId: string; readonly name: string }[] = []
  for (const { id, name } of rows) if (await couldDo(db, id, action, clientId)) able.push({ personId: id, name })
  return able
}

const staffAround = question((db, clientId: string) =>
  db
    .selectFrom('person')
    .select(['id', 'name'])
    .where(
      'id',
      'in',
      db
        .selectFrom('group_staff')
        .innerJoin('group_client', 'group_client.group_id', 'group_staff.group_id')
        .select('group_staff.person_id')
        .where('group_client.client_id', '=', clientId),
    )
    .orderBy('name')
    .orderBy('id'),
)
