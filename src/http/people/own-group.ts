// Finds a group that the signed-in person works in, for routes that show each of its clients.
import { allowOnClient, type ClientAction } from '../../domain/access.ts'
import { logRefusal, type Access } from '../../store/people/access.ts'
import type { Database } from '../../store/database.ts'
import { listGroups, type Group } from '../../store/people/groups.ts'

/** @returns null, with a line in the log, where it is not theirs or their role in it does not let them do this */
export async function findOwnGroup(
  db: Database,
  access: Access,
  groupId: string,
  action: ClientAction,
): Promise<Group | null> {
  const { personId, roles } = access
  const group = (await listGroups(db, personId)).find(({ id }) => id === groupId)
  const may = group?.staff.some(
    (one) => one.personId === personId && allowOnClient(roles, [`${one.role}_of`], action) !== null,
  )
  if (group !== undefined && may) return group
  await logRefusal(db, access, action, '')
  return null
}
