// Locks a sign-in name out after too many wrong passwords, whether anybody has that name or not: the answer must not tell.
// An attempt is counted before it is made, so that many at once are not more than one after the other.
import type { Database } from '../../store/database.ts'
import { sha256Hex } from '../../store/sha256.ts'

const MAX_FAILURES = 10
const LOCKED_MS = 15 * 60_000

/** Inside `atomically` only. @returns false where the name is locked out; then nothing is counted */
export async function beginAttempt(db: Database, name: string, nowMs: number): Promise<boolean> {
  const subject = await subjectOf(name)
  await db
    .deleteFrom('sign_in_lock')
    .where('last_at_ms', '<=', nowMs - LOCKED_MS)
    .execute()
  const row = await db
    .selectFrom('sign_in_lock')
    .select('failures')
    .where('subject_sha256', '=', subject)
    .executeTakeFirst()
  if (row !== undefined && row.failures >= MAX_FAILURES) return false
  await db
    .insertInto('sign_in_lock')
    .values({ subject_sha256: subject, failures: 1, last_at_ms: nowMs })
    .onConflict((conflict) =>
      conflict
        .column('subject_sha256')
        .doUpdateSet((eb) => ({ failures: eb('sign_in_lock.failures', '+', 1), last_at_ms: nowMs })),
    )
    .execute()
  return true
}

/** A right password sets the count back; a quarter of an hour without an attempt does too. */
export async function forgetAttempts(db: Database, name: string): Promise<void> {
  await db
    .deleteFrom('sign_in_lock')
    .where('subject_sha256', '=', await subjectOf(name))
    .execute()
}

const subjectOf = (name: string): Promise<string> => sha256Hex(name.trim().toLowerCase())
