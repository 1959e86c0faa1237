// Notes that the database files must be rewritten to remove deleted data. Deleting overwrites the row's place and every
// free page (secure_delete), but SQLite moves rows between pages and leaves the old bytes. Only rewriting every page
// removes those. A small store is rewritten at once, a large one at night.
import { mayRewrite } from '../../domain/rewriting.ts'
import type { Database, Store } from '../database.ts'
import { findSettings } from '../settings/settings.ts'

/** In the transaction that deletes. Whichever is due first counts. */
export async function noteRewrite(db: Database, dueMs: number): Promise<void> {
  await db
    .insertInto('rewrite_due')
    .values({ id: 1, due_ms: dueMs })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ due_ms: dueMs }).where('rewrite_due.due_ms', '>', dueMs),
    )
    .execute()
}

/** @returns from when on; null where nothing was deleted since the last time */
export async function rewriteDueMs(db: Database): Promise<number | null> {
  const row = await db.selectFrom('rewrite_due').select('due_ms').executeTakeFirst()
  return row?.due_ms ?? null
}

/** The files were rewritten. */
export async function clearRewrite(db: Database): Promise<void> {
  await db.deleteFrom('rewrite_due').execute()
}

/** Whether the hourly job would rewrite them now. */
export async function isRewriteDue({ db, rewrite }: Store, nowMs: number): Promise<boolean> {
  const dueMs = await rewriteDueMs(db)
  if (dueMs === null || rewrite === undefined) return false
  return mayRewrite(dueMs, nowMs, (await findSettings(db)).timeZone)
}

/** The hourly job. @returns whether they were rewritten now */
export async function rewriteWhenDue(store: Store, nowMs: number): Promise<boolean> {
  if (!(await isRewriteDue(store, nowMs))) return false
  await store.rewrite?.()
  return true
}
