// Imports an archive into a client: everything that is not there yet, unchanged. The units are a zone version, and a
// file with its runs. A file that exists already is not touched, so importing twice changes nothing. Ids are made anew.
import { canBeHistory, isHistory, isImplausibleStart, type Dating } from '../../domain/dating.ts'
import type { ArchivedRun, ArchivedTwin, ClientArchive } from '../../formats/archive/client-archive.ts'
import type { OpenArchive } from '../../formats/archive/read-archive.ts'
import type { ClientAccess } from '../people/access.ts'
import { insertAssessment } from '../runs/assessments.ts'
import { insertCheckIn, listCheckIns } from '../self-report/check-ins.ts'
import { updateClient } from '../clients/clients.ts'
import { packColumns, readColumns } from '../columns.ts'
import { findCombination, insertCombination } from '../runs/combinations.ts'
import type { Database } from '../database.ts'
import { findRunFile, restoreRunFile } from '../runs/run-files.ts'
import { listAllRuns, listRunsOfFile, restoreRun } from '../runs/runs.ts'
import { handBackFlags } from '../review/hand-back.ts'
import { importFlags } from '../review/import-flags.ts'
import { raiseFlags } from '../review/raise-flags.ts'
import { withGuidanceHere } from './import-guidance.ts'
import { findRemoval, nameOfRun, type Removal } from './removals.ts'
import { sha256Hex } from '../sha256.ts'
import { importRemovals } from './import-removals.ts'
import { importSelfReports } from './import-self-reports.ts'
import { importZones } from './import-zones.ts'
import { findTwinOf, insertTwin, lookForTwins } from '../runs/twins.ts'
import { listZones } from '../clients/zones.ts'

export interface ImportedData {
  readonly zonesAdded: number
  readonly runsAdded: number
  readonly runsAlreadyThere: number
  /** That stay away: they were removed, here or where the archive is from. */
  readonly runsRemovedBefore: number
}
interface Importing {
  readonly access: ClientAccess<'data.import'>
  readonly newId: () => string
  readonly nowMs: number
}

/** What of an archive's members is not what its facts say; empty for a whole archive. Read before anything is written. */
export async function findDamagedMembers({ data, read }: OpenArchive): Promise<string[]> {
  const damaged: string[] = []
  for (const { path, sha256, sizeBytes } of data.files) {
    const bytes = path === null ? null : await read(path)
    if (path !== null && (bytes?.length !== sizeBytes || (await sha256Hex(bytes)) !== sha256)) damaged.push(path)
  }
  for (const { columns } of data.runs) {
    const bytes = columns === null ? null : await read(columns)
    if (columns !== null && (bytes === null || readColumns(bytes) === null)) damaged.push(columns)
  }
  return damaged
}

/** Inside `atomically`: all of it or nothing. */
export async function importData(db: Database, context: Importing, archive: OpenArchive): Promise<ImportedData> {
  const { access } = context
  const isEmpty = (await listZones(db, access)).length === 0 && (await listAllRuns(db, access)).length === 0
  if (isEmpty) await updateClient(db, access, archive.data.client)
  const removals = await importRemovals(db, context, archive.data)
  const zones = await importZones(db, context, archive.data)
  const data = withGuidanceHere(archive.data, zones.ids)
  const { runIds, added, removed } = await importFiles(db, context, { ...archive, data }, removals)
  for (const { runId, zoneVersionId, assessedAtMs, assessment } of data.assessments) {
    if (!added.has(runId)) continue
    const zoneHere = zoneVersionId === null ? null : hereOf(zones.ids, zoneVersionId)
    const stored = {
      id: context.newId(),
      runId: hereOf(runIds, runId),
      zoneVersionId: zoneHere,
      assessedAtMs,
      assessment,
    }
    await insertAssessment(db, access, stored)
  }
  await importCombinations(db, access, data, runIds, added)
  await importTwins(db, context, data, runIds, added)
  await importCheckIns(db, context, data)
  await importSelfReports(db, context, data, runIds, removals)
  // Nor is told anew what a run says that stays away.
  const flags = data.flags.filter(({ runId }) => runId === null || !removed.has(runId))
  await importFlags(db, access, { flags }, runIds, context.newId)
  // Whom it was handed to elsewhere may be nobody here.
  await handBackFlags(db, { clientId: access.clientId }, context.nowMs)
  // What counts here from now on raises what is its own; what the archive told of it is not told twice.
  const starts = data.runs.flatMap(({ id, recording }) => (added.has(id) ? [recording.startedAtMs] : []))
  if (starts.length > 0)
    await raiseFlags(db, access, Math.min(...starts), { ...context, changedToMs: Math.max(...starts) })
  const runsAlreadyThere = data.runs.length - added.size - removed.size
  return { zonesAdded: zones.added, runsAdded: added.size, runsAlreadyThere, runsRemovedBefore: removed.size }
}

/** @returns the id here of every run of the archive that is here now, which of them came now, and which stay away (by their id
 *  there) */
async function importFiles(
  db: Database,
  context: Importing,
  { data, read }: OpenArchive,
  removals: readonly Removal[],
) {
  const { access, newId, nowMs } = context
  const runIds = new Map<string, string>()
  const added = new Set<string>()
  const runsOfFile = Map.groupBy(data.runs, ({ fileId }) => fileId)
  const fileIds = new Map<string, string>()
  const known = new Set<string>()
  const shaOf = new Map(data.files.map(({ id, sha256 }) => [id, sha256]))
  const isAway = ({ id, fileId, part, importedAtMs }: ArchivedRun) =>
    findRemoval(removals, {
      kind: 'run',
      what: nameOfRun(shaOf.get(fileId) ?? '', part),
      runId: id,
      sinceMs: Math.min(importedAtMs, nowMs),
    }) !== null
  const removed = new Set(data.runs.filter(isAway).map(({ id }) => id))
  for (const file of data.files) {
    const ofFile = runsOfFile.get(file.id) ?? []
    if (ofFile.length > 0 && ofFile.every(({ id }) => removed.has(id))) continue
    const there = await findRunFile(db, access, file.sha256)
    if (there === null) {
      fileIds.set(file.id, newId())
      const bytes = file.path === null ? null : await read(file.path)
      await restoreRunFile(db, access, { ...file, id: hereOf(fileIds, file.id) }, bytes)
      continue
    }
    known.add(file.id)
    const runsHere = new Map((await listRunsOfFile(db, access, there)).map((run) => [run.part, run.id]))
    for (const { id, part } of ofFile) {
      const here = runsHere.get(part)
      if (here !== undefined) runIds.set(id, here)
    }
  }
  const old = data.runs.filter(({ recording, importedAtMs }) => canBeHistory(recording.startedAtMs, importedAtMs))
  const starts = old.map(({ recording }) => recording.startedAtMs)
  const ofHistory = isHistory(starts, nowMs)
  // In the order in which they came in, whatever their files': who is whose near duplicate rests on it.
  for (const run of data.runs) {
    if (known.has(run.fileId) || removed.has(run.id)) continue
    runIds.set(run.id, newId())
    added.add(run.id)
    const here = { id: hereOf(runIds, run.id), fileId: hereOf(fileIds, run.fileId) }
    await importRun(db, access, { ...run, dating: datingOf(run, ofHistory) }, here, read, nowMs)
  }
  return { runIds, added, removed }
}

/** Of archives from before rule T4: a run of an impossible date is asked about, and stays where it was until somebody says it. */
function datingOf(
  { dating, recording: { startedAtMs }, importedAtMs }: ArchivedRun,
  ofHistory: boolean,
): Dating | null {
  if (dating !== undefined) return dating
  const isOdd = isImplausibleStart(startedAtMs, importedAtMs) && !(ofHistory && canBeHistory(startedAtMs, importedAtMs))
  return isOdd ? { fileStartedAtMs: startedAtMs, saidAtMs: null } : null
}

async function importRun(
  db: Database,
  access: ClientAccess<'data.import'>,
  run: ArchivedRun,
  here: { readonly id: string; readonly fileId: string },
  read: OpenArchive['read'],
  nowMs: number,
): Promise<void> {
  const {
    part,
    plannedMin,
    startOffsetS = null,
    saidRun = null,
    saidHard = null,
    dating = null,
    recording,
    columns,
  } = run
  const bytes = columns === null ? null : await read(columns)
  const packed = bytes === null ? null : readColumns(bytes)
  // Retention counts from it: no moment that is still to come.
  const importedAtMs = Math.min(run.importedAtMs, nowMs)
  const facts = { ...here, part, plannedMin, startOffsetS, saidRun, saidHard, dating, importedAtMs }
  await restoreRun(db, access, facts, recording, packed === null ? null : packColumns(packed))
}

async function importCombinations(
  db: Database,
  access: ClientAccess<'data.import'>,
  { combinations }: ClientArchive,
  runIds: ReadonlyMap<string, string>,
  added: ReadonlySet<string>,
): Promise<void> {
  for (const { runId, otherRunId, combinedAtMs, shiftS = 0 } of combinations) {
    const [one, other] = [runIds.get(runId), runIds.get(otherRunId)]
    if (one === undefined || other === undefined || !(added.has(runId) || added.has(otherRunId))) continue
    if ((await findCombination(db, access, one)) !== null || (await findCombination(db, access, other)) !== null)
      continue
    await insertCombination(db, access, { runId: one, otherRunId: other, combinedAtMs, shiftS })
  }
}

/** What was asked and answered there of two runs that may be one. Of archives from before that, what was called a near
 *  duplicate is a question again. Then each run that came now is held against those that were here. */
async function importTwins(
  db: Database,
  { access, nowMs }: Importing,
  { twins, runs, combinations }: ClientArchive,
  runIds: ReadonlyMap<string, string>,
  added: ReadonlySet<string>,
): Promise<void> {
  const before = runs.flatMap(({ id, nearDuplicateOf, importedAtMs }): ArchivedTwin[] => {
    if (nearDuplicateOf === null) return []
    const combination = combinations.find(({ otherRunId, runId }) => otherRunId === id && runId === nearDuplicateOf)
    const answer = combination ? { isOneRun: true, atMs: combination.combinedAtMs, byPersonId: null } : null
    return [{ runId: nearDuplicateOf, otherRunId: id, sign: 'same_time', shiftS: 0, foundAtMs: importedAtMs, answer }]
  })
  for (const twin of [...twins, ...before]) {
    const [one, other] = [runIds.get(twin.runId), runIds.get(twin.otherRunId)]
    if (one === undefined || other === undefined || !(added.has(twin.runId) || added.has(twin.otherRunId))) continue
    if ((await findTwinOf(db, access, one, other)) !== null) continue
    await insertTwin(db, access, { ...twin, runId: one, otherRunId: other })
  }
  for (const id of added) await lookForTwins(db, access, hereOf(runIds, id), nowMs)
}

async function importCheckIns(db: Database, { access, newId }: Importing, { checkIns }: ClientArchive): Promise<void> {
  const there = new Set((await listCheckIns(db, access)).map(({ atMs }) => atMs))
  for (const checkIn of checkIns)
    if (!there.has(checkIn.atMs)) await insertCheckIn(db, access, { ...checkIn, id: newId(), participationId: null })
}

function hereOf(ids: ReadonlyMap<string, string>, id: string): string {
  const here = ids.get(id)
  if (here === undefined) throw new Error('an archive that was found sound points at nothing')
  return here
}
