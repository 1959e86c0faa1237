// Log lines about people who are not signed in. The log is never pruned, so endless requests must not write endless
// lines. Requests that are too fast, and those above a hundred per hour, are counted and reported in at most one line
// per minute.
import { appendAudit, type AuditEvent } from './audit.ts'
import type { Database } from '../database.ts'
import { countIn, readCount } from '../sign-in/sign-in-counts.ts'

/** product choice: of the whole clinic. */
const MOST_AN_HOUR = 100
const HOUR_MS = 3_600_000
const TOLD_EVERY_MS = 60_000

/** A line of its own, or one more in the line of many. Inside `atomically` only, as all here. */
export async function logUnknown(db: Database, event: AuditEvent): Promise<void> {
  const hour = `lines ${Math.floor(event.atMs / HOUR_MS)}`
  if ((await readCount(db, hour)).failures >= MOST_AN_HOUR) return countRefused(db, event.cameFrom, event.atMs)
  await countIn(db, hour, event.atMs)
  return appendAudit(db, event)
}

/** Counts one more refusal without its own line. The first one after a quiet time is logged at once. */
export async function countRefused(db: Database, cameFrom: string | null, nowMs: number): Promise<void> {
  await addRefused(db, cameFrom, nowMs)
  await tellRefused(db, nowMs)
}

/** Counted alone; `tellRefused` tells. */
export async function addRefused(db: Database, cameFrom: string | null, nowMs: number): Promise<void> {
  await db
    .insertInto('refusals')
    .values({ id: 1, count: 1, since_ms: nowMs, told_at_ms: 0, came_from: cameFrom, several: 0 })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        count: eb('refusals.count', '+', 1),
        since_ms: eb.case().when('refusals.count', '=', 0).then(nowMs).else(eb.ref('refusals.since_ms')).end(),
        came_from: eb.case().when('refusals.count', '=', 0).then(cameFrom).else(eb.ref('refusals.came_from')).end(),
        several: eb
          .case()
          .when('refusals.count', '=', 0)
          .then(0)
          .when('refusals.came_from', 'is not', cameFrom)
          .then(1)
          .else(eb.ref('refusals.several'))
          .end(),
      })),
    )
    .execute()
}

/** Write the line of those that were counted, where the last one is a minute old; nothing where there are none.
 *  @returns how many were told of */
export async function tellRefused(db: Database, nowMs: number): Promise<number> {
  const row = await db.selectFrom('refusals').selectAll().where('id', '=', 1).executeTakeFirst()
  if (row === undefined || row.count === 0 || nowMs < row.told_at_ms + TOLD_EVERY_MS) return 0
  await db.updateTable('refusals').set({ count: 0, told_at_ms: nowMs, came_from: null, several: 0 }).execute()
  await appendAudit(db, {
    atMs: nowMs,
    personId: null,
    action: 'sign-in.refused-many',
    clientId: null,
    rule: null,
    cameFrom: row.several === 1 ? null : row.came_from,
    detail: { refused: row.count, sinceMs: row.since_ms, ...(row.several === 1 ? { addresses: 'several' } : {}) },
  })
  return row.count
}
