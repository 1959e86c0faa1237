// Used codes of an app. Each code counts once, also if two requests bring it at the same moment (RFC 6238, §5.2).
import type { Database } from '../database.ts'

/** Longer than the library takes a code for right: its own half minute and those beside it. */
const KEPT_MS = 5 * 60_000

/** @returns false where it was used before */
export async function useCode(db: Database, personId: string, code: string, nowMs: number): Promise<boolean> {
  await db
    .deleteFrom('used_code')
    .where('at_ms', '<=', nowMs - KEPT_MS)
    .execute()
  const used = await db
    .insertInto('used_code')
    .values({ person_id: personId, code, at_ms: nowMs })
    .onConflict((conflict) => conflict.doNothing())
    .returning('code')
    .executeTakeFirst()
  return used !== undefined
}

/** It was not right, or not looked at: it may be tried again. */
export async function freeCode(db: Database, personId: string, code: string): Promise<void> {
  await db.deleteFrom('used_code').where('person_id', '=', personId).where('code', '=', code).execute()
}
