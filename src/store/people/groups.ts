// Groups: therapists and supervisors on one side, clients on the other. Staff may see the clients of their groups.
import { groupRoles, type GroupRole } from '../../domain/access.ts'
import { closedWord } from '../closed-word.ts'
import { inBatches, type Database } from '../database.ts'
import { endWithRight } from './end-with-right.ts'

export interface Group {
  readonly id: string
  readonly name: string
  readonly staff: readonly { readonly personId: string; readonly name: string; readonly role: GroupRole }[]
  readonly clientIds: readonly string[]
}

export async function insertGroup(db: Database, id: string, name: string, createdAtMs: number): Promise<void> {
  await db.insertInto('care_group').values({ id, name, created_at_ms: createdAtMs }).execute()
}

export async function renameGroup(db: Database, id: string, name: string): Promise<void> {
  await db.updateTable('care_group').set({ name }).where('id', '=', id).execute()
}

/** By name. @param personId only those that this person works in; null is all */
export async function listGroups(db: Database, personId: string | null): Promise<Group[]> {
  const groups = await db.selectFrom('care_group').selectAll().orderBy('name').orderBy('id').execute()
  const staff = await db
    .selectFrom('group_staff')
    .innerJoin('person', 'person.id', 'group_staff.person_id')
    .select(['group_staff.group_id', 'group_staff.person_id', 'group_staff.role', 'person.name'])
    .orderBy('person.name')
    .execute()
  const clients = await db.selectFrom('group_client').selectAll().execute()
  return groups
    .map(({ id, name }) => ({
      id,
      name,
      staff: staff
        .filter(({ group_id }) => group_id === id)
        .map((row): Group['staff'][number] => ({
          personId: row.person_id,
          name: row.name,
          role: closedWord(groupRoles, row.role, 'group_staff.role'),
        })),
      clientIds: clients.filter(({ group_id }) => group_id === id).map(({ client_id }) => client_id),
    }))
    .filter((group) => personId === null || group.staff.some((one) => one.personId === personId))
}

/** Ids of a group's clients, by first name. */
export async function listClientsOfGroup(db: Database, groupId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('group_client')
    .innerJoin('client', 'client.id', 'group_client.client_id')
    .select('client.id')
    .where('group_client.group_id', '=', groupId)
    .orderBy('client.first_name')
    .orderBy('client.id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Names of the groups of each client, by name; who is in none is left out. */
export async function namesOfGroups(
  db: Database,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const rows = await inBatches([...new Set(clientIds)], (some) =>
    db
      .selectFrom('group_client')
      .innerJoin('care_group', 'care_group.id', 'group_client.group_id')
      .select(['client_id', 'name'])
      .where('client_id', 'in', some)
      .orderBy('name')
      .execute(),
  )
  const ofClient = Map.groupBy(rows, ({ client_id }) => client_id)
  return new Map([...ofClient].map(([clientId, groups]) => [clientId, groups.map(({ name }) => name)]))
}

/** Sets the staff of a group. */
export async function setGroupStaff(
  db: Database,
  groupId: string,
  staff: readonly { readonly personId: string; readonly role: GroupRole }[],
  nowMs: number,
): Promise<void> {
  const before = await db.deleteFrom('group_staff').where('group_id', '=', groupId).returning('person_id').execute()
  for (const { personId, role } of staff)
    await db
      .insertInto('group_staff')
      .values({ group_id: groupId, person_id: personId, role })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  await endWithRight(db, { personIds: [...new Set(before.map(({ person_id }) => person_id))] }, nowMs)
}

/** Which groups a client is in from now on. */
export async function setClientGroups(
  db: Database,
  clientId: string,
  groupIds: readonly string[],
  nowMs: number,
): Promise<void> {
  await db.deleteFrom('group_client').where('client_id', '=', clientId).execute()
  for (const groupId of groupIds)
    await db
      .insertInto('group_client')
      .values({ group_id: groupId, client_id: clientId })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  await endWithRight(db, { clientId }, nowMs)
}

/** Those of the ids that are groups. */
export async function groupsAmong(db: Database, groupIds: readonly string[]): Promise<string[]> {
  if (groupIds.length === 0) return []
  const rows = await db.selectFrom('care_group').select('id').where('id', 'in', groupIds).execute()
  return rows.map(({ id }) => id)
}
