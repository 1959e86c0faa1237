// Runs and the files they came from.
import { sql } from 'kysely'
import type { Dating } from '../../domain/dating.ts'
import type { ClientAccess } from '../people/access.ts'
import { cutIntoParts, joinParts, type Database } from '../database.ts'
import { among, compared, question, toAmong } from '../question.ts'
import { closeParticipations, participationsOfRun } from '../group-runs/participations.ts'
import { endRowsOfRemovedRun, type RemovedBy } from '../review/end-of-removed-run.ts'
import type { RecordingHead } from '../../domain/recording.ts'
import type { PackedRecording } from '../columns.ts'

export interface Run {
  readonly id: string
  readonly clientId: string
  readonly fileId: string
  readonly fileName: string
  /** Which activity of the file this is; null where it is the only one. */
  readonly part: number | null
  readonly plannedMin: number | null
  /** The run that was there first and that this one may be once more, as long as nobody answered (rule T5). */
  readonly nearDuplicateOf: string | null
  readonly importedAtMs: number
  /** Local time minus UTC at its start: the device's, or the clinic's when it came in, so that no later change moves it. Null
   *  in runs from before this was kept. */
  readonly startOffsetS: number | null
  /** Whether a person said that it is a run; null where nobody did (`isSetAside`). */
  readonly saidRun: boolean | null
  /** Whether a person said that HARD from a bad signal was so (rule F10); null where nobody did. */
  readonly saidHard: boolean | null
  /** Where the device's own date cannot be right (rule T4); else null. */
  readonly dating: Dating | null
  readonly head: RecordingHead
}

export type NewRun = Omit<
  Run,
  'head' | 'fileName' | 'clientId' | 'nearDuplicateOf' | 'startOffsetS' | 'saidRun' | 'saidHard' | 'dating'
> &
  Partial<Pick<Run, 'startOffsetS' | 'saidRun' | 'saidHard' | 'dating'>>

export async function insertRun(
  db: Database,
  access: ClientAccess<'run.add' | 'run.record' | 'data.import'>,
  run: NewRun,
  { head, packed }: PackedRecording,
): Promise<void> {
  await restoreRun(db, access, run, head, packed)
}

/** A run whose samples may have been deleted since it came in.
 *  @param packed its columns, or null */
export async function restoreRun(
  db: Database,
  access: ClientAccess<'run.add' | 'run.record' | 'data.import'>,
  run: NewRun,
  head: RecordingHead,
  packed: Uint8Array | null,
): Promise<void> {
  await db
    .insertInto('run')
    .values({
      id: run.id,
      client_id: access.clientId,
      file_id: run.fileId,
      file_activity: run.part ?? 0,
      started_at_ms: head.startedAtMs,
      elapsed_s: head.elapsedS,
      recording_json: JSON.stringify(head),
      planned_min: run.plannedMin,
      imported_at_ms: run.importedAtMs,
      start_offset_s: run.startOffsetS ?? head.localOffsetS,
      said_run: run.saidRun == null ? null : Number(run.saidRun),
      said_hard: run.saidHard == null ? null : Number(run.saidHard),
      file_started_at_ms: run.dating?.fileStartedAtMs ?? null,
      date_said_at_ms: run.dating?.saidAtMs ?? null,
    })
    .execute()
  await insertChunks(db, run.id, packed ?? new Uint8Array())
}

async function insertChunks(db: Database, runId: string, packed: Uint8Array): Promise<void> {
  for (const part of cutIntoParts(packed))
    await db
      .insertInto('run_chunk')
      .values({ run_id: runId, ...part })
      .execute()
}

/** A run of which more has come: the same row, with what is there now. */
export async function replaceRecording(
  db: Database,
  { clientId }: ClientAccess<'run.add' | 'run.record'>,
  runId: string,
  plannedMin: number | null,
  { head, packed }: PackedRecording,
  dating: Dating | null,
): Promise<void> {
  const own = await db
    .updateTable('run')
    .set({
      started_at_ms: head.startedAtMs,
      elapsed_s: head.elapsedS,
      recording_json: JSON.stringify(head),
      planned_min: plannedMin,
      ...(head.localOffsetS === null ? {} : { start_offset_s: head.localOffsetS }),
      file_started_at_ms: dating?.fileStartedAtMs ?? null,
      date_said_at_ms: dating?.saidAtMs ?? null,
    })
    .where('id', '=', runId)
    .where('client_id', '=', clientId)
    .returning('id')
    .executeTakeFirst()
  if (own === undefined) throw new Error('not a run of this client')
  await db.deleteFrom('run_chunk').where('run_id', '=', runId).execute()
  await insertChunks(db, runId, packed)
}

const withFile = (db: Database, clientId: string) =>
  db
    .selectFrom('run')
    .innerJoin('run_file', 'run_file.id', 'run.file_id')
    .selectAll('run')
    .select((of) => [
      'run_file.name',
      of
        .selectFrom('twin')
        .innerJoin('run as first', 'first.id', 'twin.run_id')
        .select('twin.run_id')
        .whereRef('twin.other_run_id', '=', 'run.id')
        .where('twin.is_one_run', 'is', null)
        .orderBy('twin.found_at_ms')
        .orderBy(sql`first.rowid`)
        .limit(1)
        .as('near_duplicate_of'),
    ])
    .where('run.client_id', '=', clientId)

/** Whose run it is, for asking access to it; null where there is none. */
export async function findClientOfRun(db: Database, runId: string): Promise<string | null> {
  return (await clientsOfRun(db, runId)).at(0)?.client_id ?? null
}

const clientsOfRun = question((db, runId: string) => db.selectFrom('run').select('client_id').where('id', '=', runId))

/** Those of the ids that are runs of this client. */
export const runsOf = async (db: Database, { clientId }: ClientAccess, runIds: readonly string[]): Promise<string[]> =>
  runIds.length === 0 ? [] : (await runsAmong(db, toAmong(runIds), clientId)).map(({ id }) => id)

const runsAmong = question((db, runIds: string, clientId: string) =>
  db.selectFrom('run').select('id').where('id', 'in', among(runIds)).where(compared('client_id'), '=', clientId),
)

export async function findRun(db: Database, access: ClientAccess, runId: string): Promise<Run | null> {
  const row = (await runWithFile(db, access.clientId, runId)).at(0)
  return row === undefined ? null : toRun(row)
}

const runWithFile = question((db, clientId: string, runId: string) =>
  withFile(db, clientId).where('run.id', '=', runId),
)

export async function listRunsOfFile(db: Database, access: ClientAccess, fileId: string): Promise<Run[]> {
  const rows = await withFile(db, access.clientId).where('run.file_id', '=', fileId).orderBy('file_activity').execute()
  return rows.map(toRun)
}

/** All of a client's, also those behind another, in the order in which they came in. */
export async function listAllRuns(db: Database, access: ClientAccess): Promise<Run[]> {
  return (
    await withFile(db, access.clientId)
      .orderBy(sql`run.rowid`)
      .execute()
  ).map(toRun)
}

/** Newest start first, without those that stand behind another as its second source.
 *  @param before the last one of the page before */
export async function listRuns(
  db: Database,
  access: ClientAccess,
  limit: number,
  before: { readonly startedAtMs: number; readonly id: string } | null,
): Promise<Run[]> {
  const rows =
    before === null
      ? await newestRuns(db, access.clientId, limit)
      : await runsBefore(db, access.clientId, limit, before.startedAtMs, before.id)
  return rows.map(toRun)
}

const listed = (db: Database, clientId: string, limit: number) =>
  withFile(db, clientId)
    .where('run.id', 'not in', secondSources(db))
    .orderBy('started_at_ms', 'desc')
    .orderBy('run.id', 'desc')
    .limit(limit)
const newestRuns = question(listed)
const runsBefore = question((db, clientId: string, limit: number, startedAtMs: number, id: string) =>
  listed(db, clientId, limit).where((eb) => eb(eb.refTuple('started_at_ms', 'run.id'), '<', eb.tuple(startedAtMs, id))),
)

/** Ids of runs that stand behind another one: no list and no pattern counts them. */
export const secondSources = (db: Database) => db.selectFrom('combination').select('other_run_id')

/** The whole recording as it is stored, for opening one of days takes a while; null where the run is gone or its raw samples were
 *  deleted. */
export async function findPacked(db: Database, { clientId }: ClientAccess, run: Run): Promise<PackedRecording | null> {
  if (run.clientId !== clientId) return null
  const parts = await chunksOf(db, run.id)
  return parts.length === 0 ? null : { head: run.head, packed: joinParts(parts) }
}

const chunksOf = question((db, runId: string) =>
  db.selectFrom('run_chunk').select('bytes').where('run_id', '=', runId).orderBy('part'),
)

/** Whether a run's samples are still there. */
export async function hasSamples(db: Database, { clientId }: ClientAccess, run: Run): Promise<boolean> {
  if (run.clientId !== clientId) return false
  const part = await db.selectFrom('run_chunk').select('part').where('run_id', '=', run.id).executeTakeFirst()
  return part !== undefined
}

/** A person says whether it is a run at all: a bike ride that was one, a run that was none. */
export async function setSaidRun(
  db: Database,
  { clientId }: ClientAccess<'run.decide'>,
  runId: string,
  saidRun: boolean,
): Promise<void> {
  await db
    .updateTable('run')
    .set({ said_run: Number(saidRun) })
    .where('id', '=', runId)
    .where('client_id', '=', clientId)
    .execute()
}

/** A person says whether HARD from a bad signal was so, or a misreading (rule F10). Judged anew by the caller. */
export async function setSaidHard(
  db: Database,
  { clientId }: ClientAccess<'run.decide'>,
  runId: string,
  saidHard: boolean,
): Promise<void> {
  await db
    .updateTable('run')
    .set({ said_hard: Number(saidHard) })
    .where('id', '=', runId)
    .where('client_id', '=', clientId)
    .execute()
}

/** Remove a run with its samples and assessments, and its file where no other run came from it. What stood behind it is
 *  seen again. What a phone still sends of it is not taken any more. */
export async function deleteRun(
  db: Database,
  access: ClientAccess<'run.remove'>,
  run: Run,
  nowMs: number,
  by: RemovedBy = { personId: null, isClient: false },
): Promise<void> {
  if (run.clientId !== access.clientId) throw new Error('not a run of this client')
  await closeParticipations(db, await participationsOfRun(db, run.id), nowMs, false)
  await db.deleteFrom('combination').where('run_id', '=', run.id).execute()
  await db.deleteFrom('assessment').where('run_id', '=', run.id).execute()
  await db.deleteFrom('run_chunk').where('run_id', '=', run.id).execute()
  // What was told of it stays; it points at nothing from now on.
  for (const table of ['note', 'after_run'] as const)
    await db.updateTable(table).set({ run_id: null }).where('run_id', '=', run.id).execute()
  await endRowsOfRemovedRun(db, access, run.id, by, nowMs)
  await db
    .deleteFrom('twin')
    .where((eb) => eb.or([eb('run_id', '=', run.id), eb('other_run_id', '=', run.id)]))
    .execute()
  await db.deleteFrom('run').where('id', '=', run.id).execute()
  if ((await listRunsOfFile(db, access, run.fileId)).length > 0) return
  await db.deleteFrom('run_file_part').where('file_id', '=', run.fileId).execute()
  await db.deleteFrom('run_file').where('id', '=', run.fileId).execute()
}

interface Row {
  id: string
  client_id: string
  file_id: string
  file_activity: number
  recording_json: string
  planned_min: number | null
  near_duplicate_of: string | null
  imported_at_ms: number
  start_offset_s: number | null
  said_run: number | null
  said_hard: number | null
  file_started_at_ms: number | null
  date_said_at_ms: number | null
  name: string
}

const toRun = (row: Row): Run => ({
  id: row.id,
  clientId: row.client_id,
  fileId: row.file_id,
  fileName: row.name,
  part: row.file_activity === 0 ? null : row.file_activity,
  plannedMin: row.planned_min,
  nearDuplicateOf: row.near_duplicate_of,
  importedAtMs: row.imported_at_ms,
  startOffsetS: row.start_offset_s,
  saidRun: row.said_run === null ? null : row.said_run === 1,
  saidHard: row.said_hard === null ? null : row.said_hard === 1,
  dating:
    row.file_started_at_ms === null ? null : { fileStartedAtMs: row.file_started_at_ms, saidAtMs: row.date_said_at_ms },
  head: JSON.parse(row.recording_json) as RecordingHead,
})
