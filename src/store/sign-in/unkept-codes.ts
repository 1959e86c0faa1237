// Backup codes that their owner has not confirmed to have stored. Until then the owner can see them again.
import type { Database } from '../database.ts'

/** product choice: who was called away comes back the same day; later they are made anew. */
const SHOWN_FOR_MS = 86_400_000

export async function markUnkept(db: Database, personId: string, nowMs: number): Promise<void> {
  await db
    .insertInto('unkept_codes')
    .values({ person_id: personId, made_at_ms: nowMs })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ made_at_ms: nowMs }))
    .execute()
}

/** Whether they may still be shown. */
export async function hasUnkept(db: Database, personId: string, nowMs: number): Promise<boolean> {
  const row = await db
    .selectFrom('unkept_codes')
    .select('person_id')
    .where('person_id', '=', personId)
    .where('made_at_ms', '>', nowMs - SHOWN_FOR_MS)
    .executeTakeFirst()
  return row !== undefined
}

/** They are kept. @returns false where that was known */
export async function clearUnkept(db: Database, personId: string): Promise<boolean> {
  const gone = await db
    .deleteFrom('unkept_codes')
    .where('person_id', '=', personId)
    .returning('person_id')
    .executeTakeFirst()
  return gone !== undefined
}
