// Sessions as rows: start, last use, end. better-auth makes them. An ended session is deleted, so nobody, the library
// included, uses it.
import { beganAhead, CLOCK_STEP_MS } from '../clock-ahead.ts'
import type { Database } from '../database.ts'
import { forgetBrowsers } from './known-browsers.ts'

/** Absolute, whatever somebody does meanwhile. @source NIST SP 800-63B (rev. 3), §4.2.3 */
const SESSION_ENDS_MS = 12 * 3_600_000
/** Without a request of a person's or of a group run that sends. Product choice: a group run of an hour in a wood without a
 *  network comes back signed in. */
const SESSION_RESTS_MS = 3_600_000
/** product choice: a session in use writes a row once a minute, not with each request. */
const SEEN_EVERY_MS = 60_000

export interface SessionTimes {
  readonly beganAtMs: number
  readonly seenAtMs: number
}

export const isOver = ({ beganAtMs, seenAtMs }: SessionTimes, nowMs: number): boolean =>
  nowMs >= beganAtMs + SESSION_ENDS_MS || nowMs >= seenAtMs + SESSION_RESTS_MS || beganAhead(beganAtMs, nowMs)

/** Who is there has just shown it once more. */
export async function markProved(db: Database, id: string, nowMs: number): Promise<void> {
  await db.updateTable('session').set({ provedAtMs: nowMs }).where('id', '=', id).execute()
}

/** It is in use: what holds off its rest, and nothing else does. */
export async function markSeen(
  db: Database,
  { id, seenAtMs }: { readonly id: string; readonly seenAtMs: number },
  nowMs: number,
): Promise<void> {
  if (nowMs < seenAtMs + SEEN_EVERY_MS) return
  await db.updateTable('session').set({ seenAtMs: nowMs }).where('id', '=', id).execute()
}

export async function endSession(db: Database, id: string): Promise<void> {
  await db.deleteFrom('session').where('id', '=', id).execute()
}

/** Every session of somebody, sign-ins that wait for their second factor, and browsers that skipped it.
 *  @param exceptToken of the session that asks for it */
export async function endSessions(db: Database, personId: string, exceptToken = ''): Promise<void> {
  await db.deleteFrom('session').where('userId', '=', personId).where('token', '!=', exceptToken).execute()
  await db.deleteFrom('verification').where('value', '=', personId).execute()
  await forgetBrowsers(db, personId)
}

/** Those of somebody that came about in another way, but for one.
 *  @param methods the ways whose sessions go on */
export async function endSessionsNotBy(
  db: Database,
  personId: string,
  methods: readonly string[],
  exceptToken: string,
): Promise<void> {
  await db
    .deleteFrom('session')
    .where('userId', '=', personId)
    .where('token', '!=', exceptToken)
    .where((eb) => eb.or([eb('method', 'is', null), eb('method', 'not in', methods)]))
    .execute()
}

/** What is over and nobody came back for. Once an hour. @returns how many sessions */
export async function deleteOverSessions(db: Database, nowMs: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where((eb) =>
      eb.or([
        eb('beganAtMs', '<=', nowMs - SESSION_ENDS_MS),
        eb('seenAtMs', '<=', nowMs - SESSION_RESTS_MS),
        eb('beganAtMs', '>', nowMs + CLOCK_STEP_MS),
      ]),
    )
    .executeTakeFirst()
  await db.deleteFrom('verification').where('expiresAt', '<', new Date(nowMs).toISOString()).execute()
  return Number(numDeletedRows)
}
