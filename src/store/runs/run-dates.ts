// Dates of runs: whether a run has a date at all (rule T4), and the date that a person set.
import type { ExpressionBuilder } from 'kysely'
import type { ClientAccess } from '../people/access.ts'
import type { Database } from '../database.ts'
import type { Run } from './runs.ts'
import type { Tables } from '../tables.ts'

/** Starts, by their own clocks, of what came in since: an upload of history may go on (rule T4). */
export async function listStartsByClock(db: Database, { clientId }: ClientAccess, sinceMs: number): Promise<number[]> {
  const rows = await db
    .selectFrom('run')
    .select((eb) => eb.fn.coalesce('file_started_at_ms', 'started_at_ms').as('start_ms'))
    .where('client_id', '=', clientId)
    .where('imported_at_ms', '>=', sinceMs)
    .execute()
  return rows.map(({ start_ms }) => start_ms)
}

/** Runs whose date is known: rule T4 asks nothing of them. */
export const isDated = (eb: ExpressionBuilder<Tables, 'run'>) =>
  eb.or([eb('run.file_started_at_ms', 'is', null), eb('run.date_said_at_ms', 'is not', null)])

/** A person says when a run was whose device's date cannot be right (rule T4): from now on it began then. */
export async function setStart(
  db: Database,
  { clientId }: ClientAccess<'run.date'>,
  { id, head }: Run,
  { startedAtMs, startOffsetS, saidAtMs }: { startedAtMs: number; startOffsetS: number; saidAtMs: number },
): Promise<void> {
  await db
    .updateTable('run')
    .set({
      started_at_ms: startedAtMs,
      recording_json: JSON.stringify({ ...head, startedAtMs }),
      start_offset_s: startOffsetS,
      date_said_at_ms: saidAtMs,
    })
    .where('id', '=', id)
    .where('client_id', '=', clientId)
    .execute()
}

/** Whether the date of any run is asked. */
export async function hasUndated(db: Database, { clientId }: ClientAccess): Promise<boolean> {
  const row = await db
    .selectFrom('run')
    .select('id')
    .where('client_id', '=', clientId)
    .where((eb) => eb.not(isDated(eb)))
    .executeTakeFirst()
  return row !== undefined
}
