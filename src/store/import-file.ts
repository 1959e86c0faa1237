// One file of one client into the store: read, judged, written whole or not at all. Safe to repeat.
import type { Verdict } from '../domain/assessment.ts'
import { overrideParameters, type Parameters } from '../domain/parameters/parameters.ts'
import type { FileProblem } from '../domain/reading-codes.ts'
import type { Recording } from '../domain/recording.ts'
import { withTimeWarnings } from '../domain/time-warnings.ts'
import { readFile } from '../formats/read-file.ts'
import type { ClientAccess } from './access.ts'
import { insertAssessment, listAssessments } from './assessments.ts'
import { findOtherSource, findRunRecording, insertCombination } from './combinations.ts'
import type { Database, Store } from './database.ts'
import { judgeRecording } from './judge.ts'
import { findRunFile, insertRunFile } from './run-files.ts'
import { sha256Hex } from './sha256.ts'
import { findSettings } from './settings.ts'
import { findNearDuplicate, insertRun, listRunsOfFile, type Run } from './runs.ts'

export interface ImportedRun {
  readonly part: number | null
  readonly result: 'added' | 'already_there' | 'near_duplicate'
  readonly runId: string
  readonly verdict: Verdict | null
}
export type ImportResult =
  { readonly ok: true; readonly runs: readonly ImportedRun[] } | { readonly ok: false; readonly code: FileProblem }

export interface ImportContext {
  readonly access: ClientAccess<'run.add'>
  readonly plannedMin: number | null
  readonly nowMs: number
  readonly newId: () => string
}

/** Import one unpacked file.
 *  @returns one entry per activity, or why there is none; the bytes are kept only where there is one */
export async function importFile(
  store: Store,
  context: ImportContext,
  name: string,
  bytes: Uint8Array,
): Promise<ImportResult> {
  const sha256 = await sha256Hex(bytes)
  const there = await findRunFile(store.db, context.access, sha256)
  if (there !== null) return { ok: true, runs: await alreadyThere(store.db, context.access, there) }
  const reading = readFile(name, bytes)
  if (!reading.ok) return reading
  return store.atomically(async (db) => {
    // The same file may have come in by another upload since.
    const since = await findRunFile(db, context.access, sha256)
    if (since !== null) return { ok: true, runs: await alreadyThere(db, context.access, since) }
    const fileId = context.newId()
    const file = { id: fileId, sha256, name, createdAtMs: context.nowMs }
    await insertRunFile(db, context.access, file, bytes)
    const runs: ImportedRun[] = []
    const { timeZone } = await findSettings(db)
    for (const [index, read] of reading.recordings.entries()) {
      const part = reading.recordings.length > 1 ? index + 1 : null
      const recording = withTimeWarnings(read, context.nowMs, timeZone)
      runs.push(await importRecording(db, context, fileId, part, recording))
    }
    return { ok: true, runs }
  })
}

async function importRecording(
  db: Database,
  context: ImportContext,
  fileId: string,
  part: number | null,
  recording: Recording,
): Promise<ImportedRun> {
  const { access, plannedMin, nowMs, newId } = context
  const p = overrideParameters((await findSettings(db)).parameters)
  const otherSource = await findOtherSource(db, access, recording, p)
  const nearDuplicateOf = otherSource?.id ?? (await findNearDuplicate(db, access, recording))
  const judged = await judgeRecording(db, access, recording, plannedMin, recording.startedAtMs)
  const runId = newId()
  await insertRun(db, access, { id: runId, fileId, part, plannedMin, nearDuplicateOf, importedAtMs: nowMs }, recording)
  await insertAssessment(db, access, { id: newId(), runId, assessedAtMs: nowMs, ...judged })
  if (otherSource !== null) return { part, ...(await showWithBoth(db, context, otherSource, runId, p)) }
  return {
    part,
    result: nearDuplicateOf === null ? 'added' : 'near_duplicate',
    runId,
    verdict: judged.assessment.verdict,
  }
}

/** The run that was there is shown with the new one as its second source from now on, and judged by both. */
async function showWithBoth(
  db: Database,
  { access, nowMs, newId }: ImportContext,
  run: Run,
  otherRunId: string,
  p: Parameters,
): Promise<Omit<ImportedRun, 'part'>> {
  await insertCombination(db, access, { runId: run.id, otherRunId, combinedAtMs: nowMs })
  const both = await findRunRecording(db, access, run, p)
  if (both === null) return { result: 'added', runId: run.id, verdict: null }
  const judged = await judgeRecording(db, access, both.recording, run.plannedMin, run.head.startedAtMs)
  await insertAssessment(db, access, { id: newId(), runId: run.id, assessedAtMs: nowMs, ...judged })
  return { result: 'added', runId: run.id, verdict: judged.assessment.verdict }
}

async function alreadyThere(db: Database, access: ClientAccess, fileId: string): Promise<ImportedRun[]> {
  const runs = await listRunsOfFile(db, access, fileId)
  const assessments = await listAssessments(
    db,
    access,
    runs.map(({ id }) => id),
  )
  return runs.map(({ id, part }) => {
    const latest = assessments.findLast(({ runId }) => runId === id)
    return { part, result: 'already_there', runId: id, verdict: latest?.assessment.verdict ?? null }
  })
}
