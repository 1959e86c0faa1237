// Batches of participations as they came, until they become a run. Their recorder numbers them from 1. They never
// change.
import type { ClientAccess } from '../people/access.ts'
import { toBytes, type Database } from '../database.ts'
import type { Participation } from './participations.ts'

export interface StoredBatch {
  readonly recorderId: string
  readonly number: number
  readonly bytes: Uint8Array
}
type Recording = ClientAccess<'run.record'>

/** A Durable Object binds at most 100 values to a statement. */
const ROWS_A_STATEMENT = 15

/** Write batches of one recorder; where something is kept under a number already it stays.
 *  @returns the numbers that were written */
export async function insertBatches(
  db: Database,
  access: Recording,
  participation: Participation,
  batches: readonly Pick<StoredBatch, 'number' | 'bytes'>[],
  at: { readonly recorderId: string; readonly sentAtMs: number; readonly receivedAtMs: number },
): Promise<ReadonlySet<number>> {
  if (participation.clientId !== access.clientId) throw new Error('not a participation of this client')
  const written = new Set<number>()
  for (let from = 0; from < batches.length; from += ROWS_A_STATEMENT) {
    const rows = batches.slice(from, from + ROWS_A_STATEMENT).map(({ number, bytes }) => ({
      participation_id: participation.id,
      recorder_id: at.recorderId,
      number,
      bytes,
      sent_at_ms: at.sentAtMs,
      received_at_ms: at.receivedAtMs,
    }))
    const done = await db
      .insertInto('batch')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .returning('number')
      .execute()
    for (const { number } of done) written.add(number)
  }
  return written
}

/** The bytes that are kept under a number; null where there are none. */
export async function findBatch(
  db: Database,
  access: Recording,
  { id, clientId }: Participation,
  recorderId: string,
  number: number,
): Promise<Uint8Array | null> {
  if (clientId !== access.clientId) return null
  const row = await db
    .selectFrom('batch')
    .select('bytes')
    .where('participation_id', '=', id)
    .where('recorder_id', '=', recorderId)
    .where('number', '=', number)
    .executeTakeFirst()
  return row === undefined ? null : toBytes(row.bytes)
}

/** All that are kept, by recorder and number. */
export async function listBatches(
  db: Database,
  access: ClientAccess,
  { id, clientId }: Participation,
): Promise<StoredBatch[]> {
  if (clientId !== access.clientId) return []
  const rows = await db
    .selectFrom('batch')
    .select(['recorder_id', 'number', 'bytes'])
    .where('participation_id', '=', id)
    .orderBy('recorder_id')
    .orderBy('number')
    .execute()
  return rows.map((row) => ({ recorderId: row.recorder_id, number: row.number, bytes: toBytes(row.bytes) }))
}

export interface RecorderCount {
  readonly recorderId: string
  readonly count: number
  readonly highest: number
}

/** How many of each recorder are kept, without reading one. */
export async function countBatches(
  db: Database,
  access: ClientAccess,
  { id, clientId }: Participation,
): Promise<RecorderCount[]> {
  if (clientId !== access.clientId) return []
  const rows = await db
    .selectFrom('batch')
    .select((eb) => ['recorder_id', eb.fn.countAll<number>().as('count'), eb.fn.max('number').as('highest')])
    .where('participation_id', '=', id)
    .groupBy('recorder_id')
    .execute()
  return rows.map((row) => ({ recorderId: row.recorder_id, count: row.count, highest: row.highest }))
}

export async function deleteBatches(db: Database, access: Recording, { id, clientId }: Participation): Promise<void> {
  if (clientId !== access.clientId) return
  await db.deleteFrom('batch').where('participation_id', '=', id).execute()
}
