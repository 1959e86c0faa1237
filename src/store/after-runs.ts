// Check-ins after a run: what a client told of it, in numbers and in their own words. Staff and rules see them only while
// the client shares them (rule book, J and K); the client always sees their own.
import type { Selectable } from 'kysely'
import type { ClientAccess } from './access.ts'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'

/** Null is "not told". */
export interface AfterRun {
  readonly id: string
  /** Null for a day without a run, or where the run is removed. */
  readonly runId: string | null
  readonly atMs: number
  /** CR10 (rule G3). */
  readonly rpe: number | null
  /** 0 to 10. */
  readonly mood: number | null
  readonly energy: number | null
  /** Hours of the night before. */
  readonly sleepH: number | null
  readonly painNrs: number | null
  /** "I skipped meals to run, or ran to make up for eating" (rule G15). */
  readonly mealsForRunning: boolean
  /** Free text. */
  readonly whatHelped: string | null
}

/** Oldest first. */
export async function listAfterRuns(db: Database, { clientId }: ClientAccess): Promise<AfterRun[]> {
  const rows = await db
    .selectFrom('after_run')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('at_ms')
    .orderBy('id')
    .execute()
  return rows.map(toAfterRun)
}

/** Whether the client lets staff and rules see what they tell: their last word on it; without one, no. */
export async function isSharing(db: Database, { clientId }: ClientAccess): Promise<boolean> {
  const row = await db
    .selectFrom('sharing')
    .select('agreed')
    .where('client_id', '=', clientId)
    .orderBy('at_ms', 'desc')
    .executeTakeFirst()
  return row?.agreed === 1
}

const toAfterRun = (row: Selectable<Tables['after_run']>): AfterRun => ({
  id: row.id,
  runId: row.run_id,
  atMs: row.at_ms,
  rpe: row.rpe,
  mood: row.mood,
  energy: row.energy,
  sleepH: row.sleep_h,
  painNrs: row.pain_nrs,
  mealsForRunning: row.meals_for_running === 1,
  whatHelped: row.what_helped,
})
