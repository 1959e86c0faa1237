// Imports that are under way or ended a while ago: who began them for whom, where their bytes wait, and what came of them. The
// rows let an import go on after a restart, and answer whoever lost the connection; after a day they are gone.
import type { Selectable } from 'kysely'
import { cutIntoParts, joinParts, type Database, type Store } from '../database.ts'
import type { ClientAccess } from '../people/access.ts'
import type { Tables } from '../tables.ts'

/** Where the bytes of an upload wait: what the runtime calls it, and where each file lies in it. */
export interface KeptUpload {
  readonly key: string
  readonly parts: readonly { readonly name: string; readonly from: number; readonly size: number }[]
}

/** As it was asked. */
export interface ImportAsked {
  readonly cameFrom: string | null
  readonly hasTwoFactors: boolean
  /** By the client themself. */
  readonly isClient: boolean
  readonly plannedMin: number | null
  readonly tellsAll: boolean
}

export interface ImportJob {
  readonly id: string
  readonly clientId: string
  readonly personId: string
  readonly begunAtMs: number
  readonly asked: ImportAsked
  /** Null where the bytes are in memory alone. */
  readonly upload: KeptUpload | null
  /** How often it was begun or taken up again. */
  readonly tries: number
  /** Null while it is under way. */
  readonly ended: { readonly atMs: number; readonly code: string | null } | null
}

export async function insertImport(
  db: Database,
  { clientId }: ClientAccess<'run.add'>,
  job: Pick<ImportJob, 'id' | 'personId' | 'begunAtMs' | 'asked' | 'upload'>,
): Promise<void> {
  await db
    .insertInto('import_job')
    .values({
      id: job.id,
      client_id: clientId,
      person_id: job.personId,
      begun_at_ms: job.begunAtMs,
      asked_json: JSON.stringify(job.asked),
      upload_json: job.upload === null ? null : JSON.stringify(job.upload),
      tries: 1,
      ended_at_ms: null,
      code: null,
    })
    .execute()
}

export async function findImport(db: Database, id: string): Promise<ImportJob | null> {
  const row = await db.selectFrom('import_job').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : toJob(row)
}

/** What somebody began for a client, the latest first. */
export async function listImportsBy(db: Database, personId: string, clientId: string): Promise<ImportJob[]> {
  const rows = db.selectFrom('import_job').selectAll().where('client_id', '=', clientId)
  const own = rows.where('person_id', '=', personId).orderBy('begun_at_ms', 'desc').orderBy('id')
  return (await own.execute()).map(toJob)
}

/** Those that have not ended, the first first. */
export async function listUnfinishedImports(db: Database): Promise<ImportJob[]> {
  const rows = db.selectFrom('import_job').selectAll().where('ended_at_ms', 'is', null)
  return (await rows.orderBy('begun_at_ms').orderBy('id').execute()).map(toJob)
}

export async function noteTry(db: Database, id: string, tries: number): Promise<void> {
  await db.updateTable('import_job').set({ tries }).where('id', '=', id).execute()
}

/** Keep what came of it. Inside `atomically`. It may be gone, with its client, or have ended already.
 *  @param code of the problem that ended it; null where it came to its end */
export async function endImport(
  db: Database,
  id: string,
  result: string,
  ended: { readonly atMs: number; readonly code: string | null },
): Promise<void> {
  const row = await db
    .updateTable('import_job')
    .set({ ended_at_ms: ended.atMs, code: ended.code, upload_json: null })
    .where('id', '=', id)
    .where('ended_at_ms', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (row === undefined) return
  for (const part of cutIntoParts(new TextEncoder().encode(result)))
    await db
      .insertInto('import_result')
      .values({ job_id: id, ...part })
      .execute()
}

/** What `endImport` kept. */
export async function readImportResult(db: Database, id: string): Promise<string> {
  const parts = db.selectFrom('import_result').select('bytes').where('job_id', '=', id).orderBy('part')
  return new TextDecoder().decode(joinParts(await parts.execute()))
}

/** Inside `atomically`. */
export async function deleteImports(db: Database, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await db.deleteFrom('import_result').where('job_id', '=', id).execute()
    await db.deleteFrom('import_job').where('id', '=', id).execute()
  }
}

/** product choice: whoever began one looks at it the same day. */
const KEPT_MS = 86_400_000

/** Ended ones that nobody looks at any more, also by a clock that ran ahead meanwhile. @returns how many these were */
export async function deleteOldImports(
  { db, atomically }: Pick<Store, 'db' | 'atomically'>,
  nowMs: number,
): Promise<number> {
  const rows = await db
    .selectFrom('import_job')
    .select('id')
    .where((eb) => eb.or([eb('ended_at_ms', '<', nowMs - KEPT_MS), eb('ended_at_ms', '>', nowMs + KEPT_MS)]))
    .execute()
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) await atomically((one) => deleteImports(one, ids))
  return ids.length
}

const toJob = (row: Selectable<Tables['import_job']>): ImportJob => ({
  id: row.id,
  clientId: row.client_id,
  personId: row.person_id,
  begunAtMs: row.begun_at_ms,
  asked: JSON.parse(row.asked_json) as ImportAsked,
  upload: row.upload_json === null ? null : (JSON.parse(row.upload_json) as KeptUpload),
  tries: row.tries,
  ended: row.ended_at_ms === null ? null : { atMs: row.ended_at_ms, code: row.code },
})
