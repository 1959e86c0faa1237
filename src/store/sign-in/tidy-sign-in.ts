// Deletes leftovers of signing in: counts by network address, and sign-ins that were started and never finished. The
// library ignores both when they are over, but never deletes them.
import { sql } from 'kysely'
import { CLOCK_STEP_MS } from '../clock-ahead.ts'
import type { Database } from '../database.ts'
import { COUNT_LASTS_MS } from './sign-in-counts.ts'

export async function tidySignIn(db: Database, nowMs: number): Promise<void> {
  await sql`delete from rateLimit where lastRequest < ${nowMs - COUNT_LASTS_MS} or lastRequest > ${nowMs + CLOCK_STEP_MS}`.execute(
    db,
  )
  await sql`delete from verification where expiresAt < ${new Date(nowMs - COUNT_LASTS_MS).toISOString()}`.execute(db)
  await db
    .deleteFrom('sign_in_lock')
    .where((eb) => eb.or([eb('last_at_ms', '<', nowMs - COUNT_LASTS_MS), eb('last_at_ms', '>', nowMs + CLOCK_STEP_MS)]))
    .execute()
}

/** All of it, when somebody leaves: what they began and did not end (a passkey's challenge, a second factor), counts of the last
 *  hour under words that cannot be read, and of the last minute under the address that asked. Which of them were theirs is known
 *  nowhere for sure: whoever is in the middle of signing in begins anew. */
export async function forgetSigningIn(db: Database): Promise<void> {
  await sql`delete from verification`.execute(db)
  await db.deleteFrom('sign_in_lock').execute()
  await sql`delete from rateLimit`.execute(db)
  await db.updateTable('refusals').set({ came_from: null, several: 1 }).execute()
}
