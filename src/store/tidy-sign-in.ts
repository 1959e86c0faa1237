// What signing in leaves behind by itself: counts by network address, and what was begun and never ended. The library looks at
// neither once their time is over, and never deletes them.
import { sql } from 'kysely'
import type { Database } from './database.ts'

/** product choice: longer than anything is counted for. */
const COUNTED_MS = 3_600_000

export async function tidySignIn(db: Database, nowMs: number): Promise<void> {
  await sql`delete from rateLimit where lastRequest < ${nowMs - COUNTED_MS}`.execute(db)
  await sql`delete from verification where expiresAt < ${new Date(nowMs - COUNTED_MS).toISOString()}`.execute(db)
  await db
    .deleteFrom('sign_in_lock')
    .where('last_at_ms', '<', nowMs - COUNTED_MS)
    .execute()
}
