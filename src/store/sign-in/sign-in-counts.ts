// Counts of sign-in tries and requests, under keyed words. A count without a new try for an hour is deleted. Use it
// inside `atomically` only, because a count is read and then written.
import { CLOCK_STEP_MS } from '../clock-ahead.ts'
import type { Database } from '../database.ts'

/** product choice: four times the longest wait. */
export const COUNT_LASTS_MS = 3_600_000

export interface Count {
  readonly failures: number
  readonly lastAtMs: number
}

export async function readCount(db: Database, subject: string): Promise<Count> {
  const row = await db
    .selectFrom('sign_in_lock')
    .select(['failures', 'last_at_ms'])
    .where('subject', '=', subject)
    .executeTakeFirst()
  return { failures: row?.failures ?? 0, lastAtMs: row?.last_at_ms ?? 0 }
}

/** One more. What is over goes meanwhile, and what a clock counted that ran ahead. */
export async function countIn(db: Database, subject: string, nowMs: number): Promise<void> {
  await db
    .deleteFrom('sign_in_lock')
    .where((eb) =>
      eb.or([eb('last_at_ms', '<=', nowMs - COUNT_LASTS_MS), eb('last_at_ms', '>', nowMs + CLOCK_STEP_MS)]),
    )
    .execute()
  await db
    .insertInto('sign_in_lock')
    .values({ subject: subject, failures: 1, last_at_ms: nowMs })
    .onConflict((conflict) =>
      conflict
        .column('subject')
        .doUpdateSet((eb) => ({ failures: eb('sign_in_lock.failures', '+', 1), last_at_ms: nowMs })),
    )
    .execute()
}

/** So many fewer; none is no row. */
export async function countOut(db: Database, subject: string, times: number): Promise<void> {
  await db
    .updateTable('sign_in_lock')
    .set((eb) => ({ failures: eb('failures', '-', times) }))
    .where('subject', '=', subject)
    .execute()
  await db.deleteFrom('sign_in_lock').where('subject', '=', subject).where('failures', '<=', 0).execute()
}
