// Invitations: a link that works once, for one week, and only while its maker may make it. The database stores only its
// hash. A person who has the link gets its roles. The list shows the state of each, and an open one can be taken back.
import { allowInClinic, roles, type Role } from '../../domain/access.ts'
import { CLOCK_STEP_MS } from '../clock-ahead.ts'
import type { Database } from '../database.ts'
import { sha256Hex } from '../sha256.ts'
import { couldDo, hasAdministrator, isFound, staffRolesOf, type Whose } from './relations.ts'
import { newToken } from '../sign-in/tokens.ts'

const VALID_MS = 7 * 86_400_000
/** product choice: who opened the link in the evening goes on the day after. */
const OPENED_MS = 86_400_000
/** product choice: how long the list shows an ended link. */
const TOLD_MS = 30 * 86_400_000

/** Why an open link works no longer, besides its week being over. */
export const endings = ['taken_back', 'right_ended', 'account_made', 'account_removed'] as const
export type Ending = (typeof endings)[number]

export interface Invitation {
  readonly id: string
  /** A label by its maker, to tell links apart; '' is no label. */
  readonly name: string
  readonly roles: readonly Role[]
  readonly groupIds: readonly string[]
  /** The client whose account this will be; null for staff. */
  readonly clientId: string | null
  readonly invitedBy: string | null
  readonly expiresAtMs: number
}

export interface ListedInvitation extends Omit<Invitation, 'clientId'> {
  readonly createdAtMs: number
  /** When a page read it; from then on it works on that page alone. */
  readonly openedAtMs: number | null
  readonly usedAtMs: number | null
  readonly endedAtMs: number | null
  readonly ending: Ending | null
}

/** @returns the secret of the link, which is shown once and stored nowhere */
export async function insertInvitation(
  db: Database,
  invitation: Omit<Invitation, 'expiresAtMs' | 'name'> & { readonly name?: string },
  nowMs: number,
): Promise<{ readonly token: string; readonly expiresAtMs: number }> {
  await db
    .deleteFrom('invitation')
    .where('expires_at_ms', '<', nowMs - TOLD_MS)
    .execute()
  const token = newToken()
  const expiresAtMs = nowMs + VALID_MS
  await db
    .insertInto('invitation')
    .values({
      id: invitation.id,
      token_sha256: await sha256Hex(token),
      roles_json: JSON.stringify(invitation.roles),
      group_ids_json: JSON.stringify(invitation.groupIds),
      client_id: invitation.clientId,
      invited_by: invitation.invitedBy,
      created_at_ms: nowMs,
      expires_at_ms: expiresAtMs,
      used_at_ms: null,
      name: invitation.name ?? '',
    })
    .execute()
  return { token, expiresAtMs }
}

/** Links that nobody used yet and that did not end. */
const openInvitations = (db: Database, nowMs: number) =>
  db
    .selectFrom('invitation')
    .selectAll()
    .where('used_at_ms', 'is', null)
    .where('ended_at_ms', 'is', null)
    .where('expires_at_ms', '>', nowMs)
    .where('created_at_ms', '<=', nowMs + CLOCK_STEP_MS)

/** The invitation of a token that still works; null for every other, whatever the reason. A client who has an account by
 *  now gets no second one: whoever joined by it would take the record over. */
export async function findInvitation(db: Database, token: string, nowMs: number): Promise<Invitation | null> {
  const row = await openInvitations(db, nowMs)
    .where('token_sha256', '=', await sha256Hex(token))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('client')
            .select('client.id')
            .whereRef('client.id', '=', 'invitation.client_id')
            .where('client.person_id', 'is not', null),
        ),
      ),
    )
    .executeTakeFirst()
  if (row === undefined || !(await isStillRight(db, row))) return null
  return {
    id: row.id,
    ...toNamed(row),
    clientId: row.client_id,
    invitedBy: row.invited_by,
    expiresAtMs: row.expires_at_ms,
  }
}

/** Whether who made a link may make it now. The first administrator's, which nobody made, is for a clinic that has none. */
async function isStillRight(
  db: Database,
  { invited_by: by, client_id: clientId }: { readonly invited_by: string | null; readonly client_id: string | null },
): Promise<boolean> {
  if (by === null) return !(await hasAdministrator(db))
  if (clientId !== null) return couldDo(db, by, 'client.invite', clientId)
  return allowInClinic(await staffRolesOf(db, by), 'people.manage') !== null
}

/** A page has read the link: from now on another secret, which no address ever held, works in its place. So what a browser
 *  keeps of the address opens nothing. Asked twice with the same secret it is done once.
 *  @returns null where the link does not work */
export async function openInvitation(
  db: Database,
  token: string,
  next: string,
  nowMs: number,
): Promise<{ readonly invitation: Invitation; readonly isNew: boolean } | null> {
  const invitation = await findInvitation(db, token, nowMs)
  if (invitation === null) {
    const opened = await findInvitation(db, next, nowMs)
    return opened && { invitation: opened, isNew: false }
  }
  const expiresAtMs = Math.min(invitation.expiresAtMs, nowMs + OPENED_MS)
  const nextSha256 = await sha256Hex(next)
  // The secret of another link, open or not, is no new one.
  if (await isFound(db.selectFrom('invitation').select('id').where('token_sha256', '=', nextSha256))) return null
  await db
    .updateTable('invitation')
    .set({ token_sha256: nextSha256, opened_at_ms: nowMs, expires_at_ms: expiresAtMs })
    .where('id', '=', invitation.id)
    .execute()
  return { invitation: { ...invitation, expiresAtMs }, isNew: true }
}

/** @returns false where somebody else used it meanwhile */
export async function useInvitation(db: Database, id: string, nowMs: number): Promise<boolean> {
  // By the row that comes back: a Durable Object tells no count of changed rows through Kysely.
  const used = await db
    .updateTable('invitation')
    .set({ used_at_ms: nowMs })
    .where('id', '=', id)
    .where('used_at_ms', 'is', null)
    .where('ended_at_ms', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return used !== undefined
}

/** Newest first: every one that still works, however many, and of the others the newest. @param clientId links to this client's account; null is those of staff */
export async function listInvitations(
  db: Database,
  clientId: string | null,
  nowMs: number,
): Promise<ListedInvitation[]> {
  const open = await openInvitations(db, nowMs)
    .where('client_id', clientId === null ? 'is' : '=', clientId)
    .where('invited_by', 'is not', null)
    .execute()
  const newest = await db
    .selectFrom('invitation')
    .selectAll()
    .where('client_id', clientId === null ? 'is' : '=', clientId)
    .where('invited_by', 'is not', null)
    .where('created_at_ms', '>', nowMs - TOLD_MS)
    .orderBy('created_at_ms', 'desc')
    .orderBy('id')
    .limit(100)
    .execute()
  const rows = [...new Map([...newest, ...open].map((row) => [row.id, row])).values()]
  rows.sort((a, b) => b.created_at_ms - a.created_at_ms || (a.id < b.id ? -1 : 1))
  return rows.map((row) => ({
    id: row.id,
    ...toNamed(row),
    invitedBy: row.invited_by,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    openedAtMs: row.opened_at_ms,
    usedAtMs: row.used_at_ms,
    endedAtMs: row.ended_at_ms,
    ending: endings.find((one) => one === row.ending) ?? null,
  }))
}

/** Take one back. @returns false where it does not work any more, or is none of these */
export async function takeBackInvitation(
  db: Database,
  id: string,
  clientId: string | null,
  nowMs: number,
): Promise<boolean> {
  const one = await openInvitations(db, nowMs)
    .where('id', '=', id)
    .where('client_id', clientId === null ? 'is' : '=', clientId)
    .where('invited_by', 'is not', null)
    .executeTakeFirst()
  if (one === undefined) return false
  await end(db, [id], 'taken_back', nowMs)
  return true
}

/** Every open link to a client's account: they have one now, or theirs was taken away. */
export async function endInvitationsOf(db: Database, clientId: string, ending: Ending, nowMs: number): Promise<void> {
  const open = await openInvitations(db, nowMs).where('client_id', '=', clientId).execute()
  await end(
    db,
    open.map(({ id }) => id),
    ending,
    nowMs,
  )
}

/** Open links whose maker may not make them any more end for good: a right that is given again brings none back.
 */
export async function endInvitationsWithoutRight(db: Database, whose: Whose, nowMs: number): Promise<void> {
  const open = openInvitations(db, nowMs).where('invited_by', 'is not', null)
  const asked =
    'clientId' in whose ? open.where('client_id', '=', whose.clientId) : open.where('invited_by', 'in', whose.personIds)
  const over: string[] = []
  for (const row of await asked.execute()) if (!(await isStillRight(db, row))) over.push(row.id)
  await end(db, over, 'right_ended', nowMs)
}

async function end(db: Database, ids: readonly string[], ending: Ending, nowMs: number): Promise<void> {
  for (const id of ids)
    await db.updateTable('invitation').set({ ended_at_ms: nowMs, ending }).where('id', '=', id).execute()
}

/** The first administrator's link is made anew at each start until somebody used it. */
export async function deleteFirstInvitations(db: Database): Promise<void> {
  await db.deleteFrom('invitation').where('invited_by', 'is', null).where('used_at_ms', 'is', null).execute()
}

function toNamed(row: { readonly name: string | null; readonly roles_json: string; readonly group_ids_json: string }) {
  const held: unknown = JSON.parse(row.roles_json)
  const groupIds: unknown = JSON.parse(row.group_ids_json)
  return {
    name: row.name ?? '',
    roles: roles.filter((role) => Array.isArray(held) && held.includes(role)),
    groupIds: Array.isArray(groupIds) ? groupIds.map(String) : [],
  }
}
