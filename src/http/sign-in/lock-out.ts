// Locks a sign-in name out after too many wrong passwords, whether anybody has that name or not: the answer must not tell.
// An attempt is counted before it is made, so that many at once are not more than one after the other.
import type { Database } from '../../store/database.ts'

const MAX_FAILURES = 10
const LOCKED_MS = 15 * 60_000

/** Inside `atomically` only.
 *  @param secret the server's: the rows do not tell names to whoever has the database alone
 *  @returns false where the name is locked out; then nothing is counted */
export async function beginAttempt(db: Database, secret: string, name: string, nowMs: number): Promise<boolean> {
  const subject = await subjectOf(secret, name)
  await db
    .deleteFrom('sign_in_lock')
    .where('last_at_ms', '<=', nowMs - LOCKED_MS)
    .execute()
  const row = await db.selectFrom('sign_in_lock').select('failures').where('subject', '=', subject).executeTakeFirst()
  if (row !== undefined && row.failures >= MAX_FAILURES) return false
  await db
    .insertInto('sign_in_lock')
    .values({ subject: subject, failures: 1, last_at_ms: nowMs })
    .onConflict((conflict) =>
      conflict
        .column('subject')
        .doUpdateSet((eb) => ({ failures: eb('sign_in_lock.failures', '+', 1), last_at_ms: nowMs })),
    )
    .execute()
  return true
}

/** A right password sets the count back; a quarter of an hour without an attempt does too. */
export async function forgetAttempts(db: Database, secret: string, name: string): Promise<void> {
  await db
    .deleteFrom('sign_in_lock')
    .where('subject', '=', await subjectOf(secret, name))
    .execute()
}

async function subjectOf(secret: string, name: string): Promise<string> {
  const text = new TextEncoder()
  const use = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', text.encode(`sign-in lock ${secret}`), use, false, ['sign'])
  const keyed = await crypto.subtle.sign('HMAC', key, text.encode(name.trim().toLowerCase()))
  return btoa(String.fromCharCode(...new Uint8Array(keyed)))
}
