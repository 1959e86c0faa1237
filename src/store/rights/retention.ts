// The daily job of retention: raw samples, original files and phones' batches whose time is over go, assessments stay. In
// batches, each with its lines in the log, as calmpace itself: killed in between, it goes on at the next start.
import { REWRITE_AFTER_RETENTION_MS } from '../../domain/rewriting.ts'
import { batchesExpireAtMs, samplesExpireAtMs } from '../../domain/retention.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Database, Store } from '../database.ts'
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

/** Delete what is over as of now, and leave nothing of it in the files; of a large store by and by (rewrite-due.ts). */
export async function runRetention(store: Store, nowMs: number): Promise<RetentionReport> {
  const { retentionDays } = await findSettings(store.db)
  const expired = await listExpired(store.db, retentionDays, nowMs)
  let files = 0
  for (let at = 0; at < expired.length; at += BATCH)
    files += await store.atomically((db) => deleteBatch(db, expired.slice(at, at + BATCH), retentionDays, nowMs))
  const left = await listExpiredParticipations(store.db, retentionDays, nowMs)
  for (let at = 0; at < left.length; at += BATCH)
    await store.atomically((db) => closeBatch(db, left.slice(at, at + BATCH), retentionDays, nowMs))
  await store.atomically((db) => tidySignIn(db, nowMs))
  const report = { retentionDays, runs: expired.length, files, recordings: left.length }
  await store.atomically(async (db) => {
    await appendAudit(db, lineOf('retention.ran', null, report, nowMs))
    if (expired.length + left.length > 0) await noteRewrite(db, nowMs + REWRITE_AFTER_RETENTION_MS)
  })
  await store.compact?.()
  return report
}

interface Expired {
  readonly id: string
  readonly clientId: string
  readonly fileId: string
}

async function listExpired(db: Database, retentionDays: number, nowMs: number): Promise<Expired[]> {
  const rows = await db
    .selectFrom('run')
    .select(['id', 'client_id', 'file_id', 'started_at_ms', 'elapsed_s', 'imported_at_ms'])
    .where((eb) =>
      eb.exists(eb.selectFrom('run_chunk').select('run_id').whereRef('run_chunk.run_id', '=', 'run.id').limit(1)),
    )
    .orderBy('client_id')
    .orderBy('started_at_ms')
    .execute()
  return rows
    .filter((row) => {
      const run = { startedAtMs: row.started_at_ms, elapsedS: row.elapsed_s, importedAtMs: row.imported_at_ms }
      return samplesExpireAtMs(run, retentionDays) <= nowMs
    })
    .map((row) => ({ id: row.id, clientId: row.client_id, fileId: row.file_id }))
}

/** @returns how many files went: those that no run with samples came from */
async function deleteBatch(
  db: Database,
  runs: readonly Expired[],
  retentionDays: number,
  nowMs: number,
): Promise<number> {
  const told = new Map<string, { runs: number; files: number }>()
  for (const { id, clientId, fileId } of runs) {
    const counts = told.get(clientId) ?? { runs: 0, files: 0 }
    await db.deleteFrom('run_chunk').where('run_id', '=', id).execute()
    counts.runs++
    await closeParticipations(db, await participationsOfRun(db, id), nowMs, true)
    if (await deleteFileBytes(db, fileId)) counts.files++
    told.set(clientId, counts)
  }
  for (const [clientId, counts] of told)
    await appendAudit(db, lineOf('retention.delete', clientId, { retentionDays, ...counts }, nowMs))
  return [...told.values()].reduce((sum, { files }) => sum + files, 0)
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

async function closeBatch(db: Database, left: readonly Left[], retentionDays: number, nowMs: number): Promise<void> {
  await closeParticipations(
    db,
    left.map(({ id }) => id),
    nowMs,
    true,
  )
  for (const [clientId, own] of Map.groupBy(left, ({ clientId }) => clientId)) {
    const detail = { retentionDays, runs: 0, files: 0, recordings: own.length }
    await appendAudit(db, lineOf('retention.delete', clientId, detail, nowMs))
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

const lineOf = (action: string, clientId: string | null, detail: object, atMs: number) => ({
  atMs,
  personId: null,
  action,
  clientId,
  rule: 'retention',
  cameFrom: null,
  detail: { ...detail },
})
