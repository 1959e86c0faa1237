// Locks a sign-in name out after too many wrong passwords, whether anybody has that name or not: the answer must not tell.
import type { Database } from '../../store/database.ts'
import { sha256Hex } from '../../store/sha256.ts'

const MAX_FAILURES = 10
const LOCKED_MS = 15 * 60_000

export async function isLockedOut(db: Database, name: string, nowMs: number): Promise<boolean> {
  const row = await db
    .selectFrom('sign_in_lock')
    .selectAll()
    .where('subject_sha256', '=', await sha256Hex(name.trim().toLowerCase()))
    .executeTakeFirst()
  return row !== undefined && row.failures >= MAX_FAILURES && nowMs - row.last_at_ms < LOCKED_MS
}

/** A right password sets the count back; a quarter of an hour does too. */
export async function countSignIn(db: Database, name: string, succeeded: boolean, nowMs: number): Promise<void> {
  const subject = await sha256Hex(name.trim().toLowerCase())
  await db
    .deleteFrom('sign_in_lock')
    .where('last_at_ms', '<', nowMs - LOCKED_MS)
    .execute()
  if (succeeded) {
    await db.deleteFrom('sign_in_lock').where('subject_sha256', '=', subject).execute()
    return
  }
  await db
    .insertInto('sign_in_lock')
    .values({ subject_sha256: subject, failures: 1, last_at_ms: nowMs })
    .onConflict((conflict) =>
      conflict
        .column('subject_sha256')
        .doUpdateSet((eb) => ({ failures: eb('sign_in_lock.failures', '+', 1), last_at_ms: nowMs })),
    )
    .execute()
}
