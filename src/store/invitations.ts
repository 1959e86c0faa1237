// Invitations: a link that works once, for one week. The database holds its hash alone; who has the link has the roles.
import { roles, type Role } from '../domain/access.ts'
import type { Database } from './database.ts'
import { sha256Hex } from './sha256.ts'

const VALID_MS = 7 * 86_400_000

export interface Invitation {
  readonly id: string
  readonly roles: readonly Role[]
  readonly groupIds: readonly string[]
  /** The client whose account this will be; null for staff. */
  readonly clientId: string | null
  readonly invitedBy: string | null
  readonly expiresAtMs: number
}

/** @returns the secret of the link, which is told once and kept nowhere */
export async function insertInvitation(
  db: Database,
  invitation: Omit<Invitation, 'expiresAtMs'>,
  nowMs: number,
): Promise<{ readonly token: string; readonly expiresAtMs: number }> {
  const bytes = crypto.getRandomValues(new Uint8Array(24))
  const token = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
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
    })
    .execute()
  return { token, expiresAtMs }
}

/** The invitation of a token that still works; null for every other, whatever the reason. A client who has an account by
 *  now gets no second one: whoever joined by it would take the record over. */
export async function findInvitation(db: Database, token: string, nowMs: number): Promise<Invitation | null> {
  const row = await db
    .selectFrom('invitation')
    .selectAll()
    .where('token_sha256', '=', await sha256Hex(token))
    .where('used_at_ms', 'is', null)
    .where('expires_at_ms', '>', nowMs)
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
  if (row === undefined) return null
  const held: unknown = JSON.parse(row.roles_json)
  const groupIds: unknown = JSON.parse(row.group_ids_json)
  return {
    id: row.id,
    roles: roles.filter((role) => Array.isArray(held) && held.includes(role)),
    groupIds: Array.isArray(groupIds) ? groupIds.map(String) : [],
    clientId: row.client_id,
    invitedBy: row.invited_by,
    expiresAtMs: row.expires_at_ms,
  }
}

/** @returns false where somebody else used it meanwhile */
export async function useInvitation(db: Database, id: string, nowMs: number): Promise<boolean> {
  // By the row that comes back: a Durable Object tells no count of changed rows through Kysely.
  const used = await db
    .updateTable('invitation')
    .set({ used_at_ms: nowMs })
    .where('id', '=', id)
    .where('used_at_ms', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return used !== undefined
}

/** Links that nobody used yet work no longer: of somebody who may not invite any more, or (null) the first administrator's,
 *  which is made anew at each start until somebody used it. */
export async function deleteOpenInvitations(db: Database, invitedBy: string | null): Promise<void> {
  await db.deleteFrom('invitation').where('invited_by', 'is', invitedBy).where('used_at_ms', 'is', null).execute()
}
