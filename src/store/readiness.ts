// Whether the database is up to date and takes a write: what a health check asks. A full disk, or one that became read-only, still
// answers every question.
import type { Store } from './database.ts'
import { isMigrated } from './migrations.ts'

/** Writes one row, durably.
 *  @returns false where a step of the schema is missing
 *  @throws the database's error, where it takes no write */
export async function isReady(store: Store, nowMs: number): Promise<boolean> {
  if (!(await isMigrated(store.db))) return false
  await store.shortly((db) =>
    db
      .insertInto('readiness')
      .values({ one: 1, asked_at_ms: nowMs })
      .onConflict((conflict) => conflict.column('one').doUpdateSet({ asked_at_ms: nowMs }))
      .execute(),
  )
  return true
}
