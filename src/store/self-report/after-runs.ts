// Check-ins after a run: the client's report in numbers and words. Staff and rules see it only while the client
// shares it (rule book, J and K). The client always sees their own.
import type { Selectable } from 'kysely'
import type { ClientAccess } from '../people/access.ts'
import type { Database } from '../database.ts'
import { question } from '../question.ts'
import { noteRemoval } from '../rights/removals.ts'
import type { Tables } from '../tables.ts'

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
  /** When it was told; null where that was not kept yet. */
  readonly writtenAtMs: number | null
}

/** Oldest first. */
export async function listAfterRuns(db: Database, { clientId }: ClientAccess): Promise<AfterRun[]> {
  return (await afterRunsOf(db, clientId)).map(toAfterRun)
}

const afterRunsOf = question((db, clientId: string) =>
  db.selectFrom('after_run').selectAll().where('client_id', '=', clientId).orderBy('at_ms').orderBy('id'),
)

/** Whether they told of a run already. */
export async function hasSelfReportOf(db: Database, { clientId }: ClientAccess, runId: string): Promise<boolean> {
  const row = await db
    .selectFrom('after_run')
    .select('id')
    .where('client_id', '=', clientId)
    .where('run_id', '=', runId)
    .executeTakeFirst()
  return row !== undefined
}

/** What they tell of a run replaces what they told of it before, which stays away from then on; of a day without one it is added. */
export async function putAfterRun(
  db: Database,
  access: ClientAccess<'check_in.write' | 'data.import'>,
  report: AfterRun,
): Promise<void> {
  const { clientId } = access
  if (report.runId !== null) await deleteSelfReportOfRun(db, access, report)
  await db
    .insertInto('after_run')
    .values({
      id: report.id,
      client_id: clientId,
      run_id: report.runId,
      at_ms: report.atMs,
      rpe: report.rpe,
      mood: report.mood,
      energy: report.energy,
      sleep_h: report.sleepH,
      pain_nrs: report.painNrs,
      meals_for_running: report.mealsForRunning ? 1 : 0,
      what_helped: report.whatHelped,
      written_at_ms: report.writtenAtMs,
    })
    .execute()
}

async function deleteSelfReportOfRun(
  db: Database,
  access: ClientAccess<'check_in.write' | 'data.import'>,
  { runId, atMs, writtenAtMs }: AfterRun,
): Promise<void> {
  const gone = await db
    .deleteFrom('after_run')
    .where('client_id', '=', access.clientId)
    .where('run_id', '=', runId)
    .returning('at_ms')
    .execute()
  for (const { at_ms } of gone)
    if (at_ms !== atMs) await noteRemoval(db, access, selfReportRemoval(at_ms, writtenAtMs ?? atMs))
}

const selfReportRemoval = (toldOfMs: number, atMs: number) =>
  ({ kind: 'after_run', what: String(toldOfMs), atMs, runId: null, byClient: true }) as const

/** @returns false where there is no such one of this client */
export async function deleteAfterRun(
  db: Database,
  access: ClientAccess<'check_in.write' | 'data.import'>,
  id: string,
  nowMs: number,
): Promise<boolean> {
  const gone = await db
    .deleteFrom('after_run')
    .where('client_id', '=', access.clientId)
    .where('id', '=', id)
    .returning('at_ms')
    .executeTakeFirst()
  if (gone !== undefined) await noteRemoval(db, access, selfReportRemoval(gone.at_ms, nowMs))
  return gone !== undefined
}

/** The client's word on sharing what they tell. */
export interface Sharing {
  readonly atMs: number
  readonly agreed: boolean
}

export async function insertSharing(
  db: Database,
  { clientId }: ClientAccess<'check_in.write' | 'data.import'>,
  { atMs, agreed }: Sharing,
): Promise<void> {
  await db
    .insertInto('sharing')
    .values({ client_id: clientId, at_ms: atMs, agreed: agreed ? 1 : 0 })
    .onConflict((conflict) => conflict.columns(['client_id', 'at_ms']).doUpdateSet({ agreed: agreed ? 1 : 0 }))
    .execute()
}

/** Newest first. */
export async function listSharing(db: Database, { clientId }: ClientAccess): Promise<Sharing[]> {
  return (await sharingOf(db, clientId)).map((row) => ({ atMs: row.at_ms, agreed: row.agreed === 1 }))
}

const sharingOf = question((db, clientId: string) =>
  db.selectFrom('sharing').selectAll().where('client_id', '=', clientId).orderBy('at_ms', 'desc'),
)

/** Whether the client lets staff and rules see what they tell: their last word on it; without one, no. */
export async function isSharing(db: Database, access: ClientAccess): Promise<boolean> {
  const [last] = await listSharing(db, access)
  return last?.agreed ?? false
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
  writtenAtMs: row.written_at_ms,
})
