// A new way in for a person who lost password and second factor: a link that works once, for a day, only while its
// maker may make it, and that changes nothing until it is used. The database stores only its hash. When it ends, its
// row is deleted; the log has it.
import { allowInClinic } from '../../domain/access.ts'
import { CLOCK_STEP_MS } from '../clock-ahead.ts'
import type { Database } from '../database.ts'
import { sha256Hex } from '../sha256.ts'
import { endSessions } from './sessions.ts'
import { endGlassOf, isFound, staffRolesOf, type Whose } from '../people/relations.ts'
import { newToken } from './tokens.ts'

/** product choice: it is handed over by voice or in person, and used then. */
const VALID_MS = 86_400_000
/** product choice: who opened the link chooses a password now. */
const OPENED_MS = 3_600_000
/** product choice: how long somebody is told that their sign-in was made new, unless they say that they know. */
const TOLD_MS = 90 * 86_400_000

export interface Reset {
  readonly id: string
  readonly personId: string
  /** Null where it was made on the clinic's own machine. */
  readonly madeBy: string | null
  readonly madeAtMs: number
  /** When a page read it; from then on it works on that page alone. */
  readonly openedAtMs: number | null
  readonly usedAtMs: number | null
  readonly expiresAtMs: number
}

/** One of before that nobody used ends. Inside `atomically` only.
 *  @returns the secret of the link, which is told once and kept nowhere */
export async function insertReset(
  db: Database,
  { id, personId, madeBy }: Pick<Reset, 'id' | 'personId' | 'madeBy'>,
  nowMs: number,
): Promise<{ readonly token: string; readonly expiresAtMs: number }> {
  await db
    .deleteFrom('reset_link')
    .where((eb) =>
      eb.or([
        eb('made_at_ms', '<', nowMs - TOLD_MS),
        eb.and([eb('person_id', '=', personId), eb('used_at_ms', 'is', null)]),
      ]),
    )
    .execute()
  const token = newToken()
  const expiresAtMs = nowMs + VALID_MS
  await db
    .insertInto('reset_link')
    .values({
      id,
      person_id: personId,
      token_sha256: await sha256Hex(token),
      made_by: madeBy,
      made_at_ms: nowMs,
      expires_at_ms: expiresAtMs,
    })
    .execute()
  return { token, expiresAtMs }
}

const openResets = (db: Database, nowMs: number) =>
  db
    .selectFrom('reset_link')
    .selectAll()
    .where('used_at_ms', 'is', null)
    .where('expires_at_ms', '>', nowMs)
    .where('made_at_ms', '<=', nowMs + CLOCK_STEP_MS)

/** The reset of a token that still works; null for every other, whatever the reason. */
export async function findReset(db: Database, token: string, nowMs: number): Promise<Reset | null> {
  const row = await openResets(db, nowMs)
    .where('token_sha256', '=', await sha256Hex(token))
    .executeTakeFirst()
  return toUsable(db, row)
}

/** The one of somebody that could still be used. */
export async function findOpenReset(db: Database, personId: string, nowMs: number): Promise<Reset | null> {
  const row = await openResets(db, nowMs).where('person_id', '=', personId).executeTakeFirst()
  return toUsable(db, row)
}

/** A page has read the link: from now on another secret, which no address ever held, works in its place. Asked twice with the same
 *  secret it is done once. @returns null where the link does not work */
export async function openReset(
  db: Database,
  token: string,
  next: string,
  nowMs: number,
): Promise<{ readonly reset: Reset; readonly isNew: boolean } | null> {
  const found = await findReset(db, token, nowMs)
  if (found === null) {
    const opened = await findReset(db, next, nowMs)
    return opened && { reset: opened, isNew: false }
  }
  const expiresAtMs = Math.min(found.expiresAtMs, nowMs + OPENED_MS)
  const nextSha256 = await sha256Hex(next)
  // The secret of another link is no new one.
  if (await isFound(db.selectFrom('reset_link').select('id').where('token_sha256', '=', nextSha256))) return null
  await db
    .updateTable('reset_link')
    .set({ token_sha256: nextSha256, opened_at_ms: nowMs, expires_at_ms: expiresAtMs })
    .where('id', '=', found.id)
    .execute()
  return { reset: { ...found, openedAtMs: nowMs, expiresAtMs }, isNew: true }
}

/** A new password, and nothing that opened the account before: no session, no app and its codes, no passkey, no known browser, no
 *  look in an emergency. Inside `atomically` only. */
export async function useReset(
  db: Database,
  { id, personId }: Pick<Reset, 'id' | 'personId'>,
  passwordHash: string,
  nowMs: number,
): Promise<void> {
  await endSessions(db, personId)
  await endGlassOf(db, personId, nowMs)
  await db.deleteFrom('passkey').where('userId', '=', personId).execute()
  await db.deleteFrom('twoFactor').where('userId', '=', personId).execute()
  await db.deleteFrom('used_code').where('person_id', '=', personId).execute()
  await db.deleteFrom('unkept_codes').where('person_id', '=', personId).execute()
  const updatedAt = new Date(nowMs).toISOString()
  await db.updateTable('person').set({ twoFactorEnabled: 0, updatedAt }).where('id', '=', personId).execute()
  await db
    .updateTable('account')
    .set({ password: passwordHash, updatedAt })
    .where('userId', '=', personId)
    .where('providerId', '=', 'credential')
    .execute()
  await db.updateTable('reset_link').set({ used_at_ms: nowMs }).where('id', '=', id).execute()
}

/** It works no longer. @returns false where it did not, or is not this person's */
export async function endReset(db: Database, id: string, personId: string, nowMs: number): Promise<boolean> {
  const ended = await db
    .deleteFrom('reset_link')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('used_at_ms', 'is', null)
    .where('expires_at_ms', '>', nowMs)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

/** Links whose maker may not make them any more end for good. */
export async function endResetsWithoutRight(db: Database, whose: Whose): Promise<void> {
  if ('clientId' in whose) return
  for (const personId of whose.personIds)
    if (!(await isStillRight(db, personId)))
      await db.deleteFrom('reset_link').where('made_by', '=', personId).where('used_at_ms', 'is', null).execute()
}

/** What somebody is told at their next sign-in: that there is a link to their account, or that one was used and they have not said
 *  that they know. Oldest first. */
export async function listUntoldResets(db: Database, personId: string, nowMs: number): Promise<Reset[]> {
  const rows = await db
    .selectFrom('reset_link')
    .selectAll()
    .where('person_id', '=', personId)
    .where('known_at_ms', 'is', null)
    .where('made_at_ms', '>', nowMs - TOLD_MS)
    .where((eb) => eb.or([eb('used_at_ms', 'is not', null), eb('expires_at_ms', '>', nowMs)]))
    .orderBy('made_at_ms')
    .execute()
  return rows.map(toReset)
}

/** They know of one that was used. @returns false where there is nothing that they could mean */
export async function markKnown(db: Database, id: string, personId: string, nowMs: number): Promise<boolean> {
  const known = await db
    .updateTable('reset_link')
    .set({ known_at_ms: nowMs })
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('used_at_ms', 'is not', null)
    .where('known_at_ms', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return known !== undefined
}

/** When somebody last came in by a reset; null where never. */
export async function lastResetAtMs(db: Database, personId: string): Promise<number | null> {
  const row = await db
    .selectFrom('reset_link')
    .select((eb) => eb.fn.max('used_at_ms').as('used_at_ms'))
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row?.used_at_ms ?? null
}

/** Null where there is none, or where its maker may not make it now. */
const toUsable = async (db: Database, row: Parameters<typeof toReset>[0] | undefined): Promise<Reset | null> =>
  row === undefined || !(await isStillRight(db, row.made_by)) ? null : toReset(row)

/** Whether who made a link may make it now; the clinic's own machine may. */
const isStillRight = async (db: Database, madeBy: string | null): Promise<boolean> =>
  madeBy === null || allowInClinic(await staffRolesOf(db, madeBy), 'people.manage') !== null

const toReset = (row: {
  id: string
  person_id: string
  made_by: string | null
  made_at_ms: number
  opened_at_ms: number | null
  used_at_ms: number | null
  expires_at_ms: number
}): Reset => ({
  id: row.id,
  personId: row.person_id,
  madeBy: row.made_by,
  madeAtMs: row.made_at_ms,
  openedAtMs: row.opened_at_ms,
  usedAtMs: row.used_at_ms,
  expiresAtMs: row.expires_at_ms,
})
