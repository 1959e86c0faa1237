// The daily retention job: deletes old raw samples, original files and batches of phones; assessments stay. It works in
// batches, each with its lines in the log under calmpace's own name. If it is killed, it continues at the next start.
import { REWRITE_AFTER_RETENTION_MS } from '../../domain/rewriting.ts'
import { batchesExpireAtMs, samplesExpireAtMs } from '../../domain/retention.ts'
import { appendAudit } from '../audit/audit.ts'
import { inBatches, type Database, type Store } from '../database.ts'
import { closeParticipations, participationsOfRun } from '../group-runs/participations.ts'
import { findSettings } from '../settings/settings.ts'
import { noteRewrite } from './rewrite-due.ts'
import { tidySignIn } from '../sign-in/tidy-sign-in.ts'

export interface RetentionReport {
  readonly retentionDays: number
  /** Whose samples went now. */
  readonly runs: number
  /** Whose bytes went now. */
  readonly files: number
  /** Parts in group runs that never became a run, whose batches went now. */
  readonly recordings: number
}

const BATCH = 50

/** Delete what is over as of now, and leave nothing of it in the files; of a large store by and by (rewrite-due.ts). One client after
 *  the other: a practice of years has hundreds of thousands of runs.
 *  @param rest waited for between two pieces of it: others are answered first */
export async function runRetention(
  store: Store,
  nowMs: number,
  rest: () => Promise<void> = async () => undefined,
): Promise<RetentionReport> {
  const { retentionDays } = await findSettings(store.db)
  let [runs, files] = [0, 0]
  for await (const expired of eachExpired(store.db, retentionDays, nowMs)) {
    for (let at = 0; at < expired.length; at += BATCH) {
      files += await store.atomically((db) => deleteBatch(db, expired.slice(at, at + BATCH), retentionDays, nowMs))
      await rest()
    }
    runs += expired.length
    await rest()
  }
  const left = await listExpiredParticipations(store.db, retentionDays, nowMs)
  for (let at = 0; at < left.length; at += BATCH) {
    await store.atomically((db) => closeBatch(db, left.slice(at, at + BATCH), retentionDays, nowMs))
    await rest()
  }
  await store.atomically((db) => tidySignIn(db, nowMs))
  const report = { retentionDays, runs, files, recordings: left.length }
  await store.atomically(async (db) => {
    await appendAudit(db, retentionLine('retention.ran', null, report, nowMs))
    if (runs + left.length > 0) await noteRewrite(db, nowMs + REWRITE_AFTER_RETENTION_MS)
  })
  await store.compact?.()
  return report
}

/** Runs whose samples are over, one client after the other. */
export async function* eachExpired(db: Database, retentionDays: number, nowMs: number): AsyncGenerator<Expired[]> {
  for (let clientId = await nextClient(db, ''); clientId !== null; clientId = await nextClient(db, clientId))
    yield await listExpired(db, clientId, retentionDays, nowMs)
}

export async function countWithSamples(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('run')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where((eb) =>
      eb.exists(eb.selectFrom('run_chunk').select('run_id').whereRef('run_chunk.run_id', '=', 'run.id').limit(1)),
    )
    .executeTakeFirstOrThrow()
  return count
}

interface Expired {
  readonly id: string
  readonly clientId: string
  readonly fileId: string
  readonly importedAtMs: number
}

/** @returns null behind the last */
async function nextClient(db: Database, afterId: string): Promise<string | null> {
  const row = await db
    .selectFrom('client')
    .select('id')
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

async function listExpired(db: Database, clientId: string, retentionDays: number, nowMs: number): Promise<Expired[]> {
  const rows = await db
    .selectFrom('run')
    .select(['id', 'file_id', 'started_at_ms', 'elapsed_s', 'imported_at_ms'])
    .where('client_id', '=', clientId)
    .where((eb) =>
      eb.exists(eb.selectFrom('run_chunk').select('run_id').whereRef('run_chunk.run_id', '=', 'run.id').limit(1)),
    )
    .orderBy('started_at_ms')
    .execute()
  return rows
    .filter((row) => {
      const run = { startedAtMs: row.started_at_ms, elapsedS: row.elapsed_s, importedAtMs: row.imported_at_ms }
      return samplesExpireAtMs(run, retentionDays) <= nowMs
    })
    .map((row) => ({ id: row.id, clientId, fileId: row.file_id, importedAtMs: row.imported_at_ms }))
}

/** @returns how many files went: those that no run with samples came from */
async function deleteBatch(
  db: Database,
  runs: readonly Expired[],
  retentionDays: number,
  nowMs: number,
): Promise<number> {
  const byClient = new Map<string, { runs: number; files: number }>()
  const there = await whoIsThere(db, runs)
  for (const { id, clientId, fileId } of runs) {
    if (!there.has(clientId)) continue
    const counts = byClient.get(clientId) ?? { runs: 0, files: 0 }
    await db.deleteFrom('run_chunk').where('run_id', '=', id).execute()
    counts.runs++
    await closeParticipations(db, await participationsOfRun(db, id), nowMs, true)
    if (await deleteFileBytes(db, fileId)) counts.files++
    byClient.set(clientId, counts)
  }
  for (const [clientId, counts] of byClient)
    await appendAudit(db, retentionLine('retention.delete', clientId, { retentionDays, ...counts }, nowMs))
  return [...byClient.values()].reduce((sum, { files }) => sum + files, 0)
}

/** Of whom the log may tell: whoever was erased since they were listed is named no more. */
async function whoIsThere(db: Database, of: readonly { readonly clientId: string }[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(of.map(({ clientId }) => clientId))]
  const rows = await inBatches(ids, (some) => db.selectFrom('client').select('id').where('id', 'in', some).execute())
  return new Set(rows.map(({ id }) => id))
}

interface Left {
  readonly id: string
  readonly clientId: string
}

async function listExpiredParticipations(db: Database, retentionDays: number, nowMs: number): Promise<Left[]> {
  const rows = await db
    .selectFrom('participation')
    .select(['id', 'client_id', 'last_batch_at_ms'])
    .where('run_id', 'is', null)
    .where('closed_at_ms', 'is', null)
    .orderBy('client_id')
    .execute()
  return rows
    .filter((row) => batchesExpireAtMs(row.last_batch_at_ms, retentionDays) <= nowMs)
    .map((row) => ({ id: row.id, clientId: row.client_id }))
}

async function closeBatch(db: Database, found: readonly Left[], retentionDays: number, nowMs: number): Promise<void> {
  const there = await whoIsThere(db, found)
  const left = found.filter(({ clientId }) => there.has(clientId))
  await closeParticipations(
    db,
    left.map(({ id }) => id),
    nowMs,
    true,
  )
  for (const [clientId, own] of Map.groupBy(left, ({ clientId }) => clientId)) {
    const detail = { retentionDays, runs: 0, files: 0, recordings: own.length }
    await appendAudit(db, retentionLine('retention.delete', clientId, detail, nowMs))
  }
}

async function deleteFileBytes(db: Database, fileId: string): Promise<boolean> {
  const still = await db
    .selectFrom('run')
    .innerJoin('run_chunk', 'run_chunk.run_id', 'run.id')
    .select('run.id')
    .where('run.file_id', '=', fileId)
    .executeTakeFirst()
  if (still !== undefined) return false
  await db.deleteFrom('run_file_part').where('file_id', '=', fileId).execute()
  return true
}

/** A line of calmpace's own. */
export const retentionLine = (action: string, clientId: string | null, detail: object, atMs: number) => ({
  atMs,
  personId: null,
  action,
  clientId,
  rule: 'retention',
  cameFrom: null,
  detail: { ...detail },
})
