// Imports one file of one client: reads it, judges it, and writes everything or nothing. Safe to repeat. A strap's run
// of a group run comes in the same way, and again when more of it comes later (`replaceRun`).
import type { Verdict } from '../../domain/assessment.ts'
import { dateRecording, type DatedRecording } from '../../domain/date-recording.ts'
import { canBeHistory, isHistory, isImplausibleStart, isUndated } from '../../domain/dating.ts'
import { cutText, mostOf } from '../../domain/kept-text.ts'
import { zoneOffsetS } from '../../domain/patterns/local-day.ts'
import type { FileProblem } from '../../domain/reading-codes.ts'
import type { ClientAccess } from '../people/access.ts'
import { insertAssessment, listAssessments } from './assessments.ts'
import type { Database, Store } from '../database.ts'
import { judgeAsShown } from './judge-shown.ts'
import { isRemovedByClient, isRemovedSince } from '../rights/removals.ts'
import { raiseFlags } from '../review/raise-flags.ts'
import { findRunFile, insertRunFile, replaceRunFile } from './run-files.ts'
import { insertRun, listRunsOfFile, replaceRecording, type Run } from './runs.ts'
import { listStartsByClock } from './run-dates.ts'
import { findSecondSource, joinAsSecond, type SecondSource } from './second-source.ts'
import { sha256Hex } from '../sha256.ts'
import { findSettings } from '../settings/settings.ts'
import { reviseStarts } from '../clients/start-rates.ts'
import { listTwinsOf, lookForTwins } from './twins.ts'
import { findZoneOfRun } from '../clients/zones.ts'
import type { RecordingHead } from '../../domain/recording.ts'
import type { PackedRecording } from '../columns.ts'
import { findCombination } from './combinations.ts'
import { judgeRecording, type Judged } from './judge.ts'
import { work } from '../work/work.ts'

export interface ImportedRun {
  readonly part: number | null
  readonly result: 'added' | 'already_there' | 'near_duplicate'
  readonly runId: string
  readonly verdict: Verdict | null
  /** As the run is shown; the offset is of where it was. */
  readonly startedAtMs: number
  readonly startOffsetS: number | null
  /** Null where nothing was judged. */
  readonly movingS: number | null
  /** Its device's date cannot be right: when it was is asked (rule T4). */
  readonly asksDate: boolean
}
export type ImportResult =
  | { readonly ok: true; readonly runs: readonly ImportedRun[] }
  | { readonly ok: false; readonly code: FileProblem; readonly detail?: string }

export interface ImportContext {
  readonly access: ClientAccess<'run.add' | 'run.record'>
  readonly plannedMin: number | null
  /** The zone version that a phone judged by; absent for a file that nobody watched. */
  readonly watchedZoneId?: string | null
  /** The starts of all that came in together, by their own clocks (rule T4); asked only where one of them cannot be right.
   *  Absent where a file came alone. */
  readonly startsTogether?: () => Promise<readonly number[]>
  /** The client brings it in themself, so that it comes in also where they removed it. */
  readonly isClient?: boolean
  /** An earlier try of the same import began then: what came in since is what this import added. */
  readonly begunAtMs?: number
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
  if (there !== null) return { ok: true, runs: await alreadyThere(store.db, context, there) }
  if (context.isClient !== true && (await isRemovedByClient(store.db, context.access, sha256)))
    return { ok: false, code: 'REMOVED_BY_CLIENT' }
  const { begunAtMs } = context
  // It came in by the earlier try, and whoever removed it meanwhile does not find it there again.
  if (begunAtMs !== undefined && (await isRemovedSince(store.db, context.access, sha256, begunAtMs)))
    return { ok: false, code: 'REMOVED_MEANWHILE' }
  const reading = await work(store.db, 'read', { name, bytes, nowMs: context.nowMs })
  if (!reading.ok) return reading
  const { recordings } = reading
  const isOdd = recordings.some(({ head }) => isImplausibleStart(head.startedAtMs, context.nowMs))
  const together = isOdd ? await context.startsTogether?.() : []
  const runs = await store.atomically((db) =>
    importRecordings(db, context, { name, bytes, sha256 }, recordings, together),
  )
  return { ok: true, runs }
}

export interface ReadFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly sha256: string
}

/** Import what was read of a file. Inside `atomically`.
 *  @param together starts of whatever else came in with it */
export async function importRecordings(
  db: Database,
  context: ImportContext,
  { name, bytes, sha256 }: ReadFile,
  recordings: readonly PackedRecording[],
  together: readonly number[] = [],
): Promise<ImportedRun[]> {
  const { access, nowMs, newId } = context
  // The same file may have come in by another upload since.
  const since = await findRunFile(db, access, sha256)
  if (since !== null) return alreadyThere(db, context, since)
  const fileId = newId()
  const keptName = cutText(name, mostOf.fileName)
  const runs: ImportedRun[] = []
  const { timeZone } = await findSettings(db)
  const ofHistory = await isUploadOfHistory(db, context, [...recordings.map(startOf), ...together])
  const dated = recordings.map((read) => datePacked(read, nowMs, timeZone, ofHistory))
  // Judged first: what has to be judged elsewhere undoes what was written by then, and a file may be large.
  const [first] = dated
  const judgedFirst = first === undefined ? null : await judgeAlone(db, context, first.recording)
  await insertRunFile(db, access, { id: fileId, sha256, name: keptName, createdAtMs: nowMs }, bytes)
  for (const [index, one] of dated.entries()) {
    const part = recordings.length > 1 ? index + 1 : null
    const judged = (index === 0 ? judgedFirst : null) ?? (await judgeAlone(db, context, one.recording))
    runs.push(await importRecording(db, context, { fileId, part, judged }, one))
  }
  if (dated.length > 0)
    await runsChanged(
      db,
      access,
      dated.map(({ recording }) => startOf(recording)),
      { nowMs, newId },
    )
  return runs
}

/** What rests on runs that came in, or moved, anew. */
async function runsChanged(
  db: Database,
  access: ImportContext['access'],
  starts: readonly number[],
  at: Pick<ImportContext, 'nowMs' | 'newId'>,
): Promise<void> {
  const [changedFromMs, changedToMs] = [Math.min(...starts), Math.max(...starts)]
  await reviseStarts(db, access, changedFromMs, { ...at, changedToMs })
  await raiseFlags(db, access, changedFromMs, { ...at, changedToMs })
}

/** An upload of years comes in several requests. */
const TOGETHER_MS = 3_600_000

async function isUploadOfHistory(
  db: Database,
  { access, nowMs }: ImportContext,
  startsMs: readonly number[],
): Promise<boolean> {
  if (!startsMs.some((startMs) => canBeHistory(startMs, nowMs))) return false
  return isHistory([...startsMs, ...(await listStartsByClock(db, access, nowMs - TOGETHER_MS))], nowMs)
}

/** What a file calls its sport and its device, no longer than is kept. */
const withKeptWords = (head: RecordingHead): RecordingHead => ({
  ...head,
  sport: cutText(head.sport, mostOf.sport),
  subSport: head.subSport === null ? null : cutText(head.subSport, mostOf.subSport),
  device: head.device === null ? null : cutText(head.device, mostOf.device),
})

const startOf = ({ head }: PackedRecording): number => head.startedAtMs

interface DatedPacked {
  readonly recording: PackedRecording
  readonly dating: DatedRecording['dating']
}

function datePacked(
  { head, packed }: PackedRecording,
  nowMs: number,
  timeZone: string,
  ofHistory = false,
): DatedPacked {
  const { recording, dating } = dateRecording(withKeptWords(head), nowMs, timeZone, ofHistory)
  return { recording: { head: recording, packed }, dating }
}

/** As it is by itself, by what holds now. */
async function judgeAlone(db: Database, context: ImportContext, recording: PackedRecording): Promise<Judged> {
  const { access, plannedMin, watchedZoneId = null } = context
  const zone = await findZoneOfRun(db, access, startOf(recording), watchedZoneId)
  return judgeRecording(db, access, { own: recording, other: null }, { plannedMin }, zone)
}

async function importRecording(
  db: Database,
  context: ImportContext,
  { fileId, part, judged }: { readonly fileId: string; readonly part: number | null; readonly judged: Judged },
  { recording, dating }: DatedPacked,
): Promise<ImportedRun> {
  const { access, plannedMin, nowMs, newId } = context
  const { startedAtMs, localOffsetS } = recording.head
  const otherSource = isUndated(dating) ? null : await findSecondSource(db, access, recording)
  const runId = newId()
  const { timeZone } = await findSettings(db)
  const offsetHereS = zoneOffsetS(startedAtMs, timeZone)
  const startOffsetS = isUndated(dating) ? offsetHereS : (localOffsetS ?? offsetHereS)
  const facts = { id: runId, fileId, part, plannedMin, importedAtMs: nowMs, startOffsetS, dating }
  await insertRun(db, access, facts, recording)
  await insertAssessment(db, access, { id: newId(), runId, assessedAtMs: nowMs, ...judged })
  if (otherSource !== null) {
    await showWithBoth(db, context, otherSource, runId)
    const [shown] = await toldAsShown(db, access, [otherSource.run])
    if (shown !== undefined) return { ...shown, part, result: 'added' }
  }
  const twins = await lookForTwins(db, access, runId, nowMs)
  return {
    part,
    result: twins.length === 0 ? 'added' : 'near_duplicate',
    runId,
    verdict: judged.assessment.verdict,
    startedAtMs,
    startOffsetS,
    movingS: judged.assessment.zoneTime.movingS,
    asksDate: isUndated(dating),
  }
}

/** A run of which more is here than when it came in: its file and columns become those, an assessment is added. Inside
 *  `atomically`. @param run came from a file of its own, with one activity */
export async function replaceRun(
  db: Database,
  context: ImportContext,
  run: Run,
  { bytes, sha256 }: ReadFile,
  read: PackedRecording,
): Promise<void> {
  const { access, plannedMin, nowMs } = context
  await replaceRunFile(db, access, run.fileId, sha256, bytes)
  const { recording, dating } = dateAgain(run, datePacked(read, nowMs, (await findSettings(db)).timeZone))
  await replaceRecording(db, access, run.id, plannedMin, recording, dating)
  await judgeAsShown(db, context, run.id)
  const combination = await findCombination(db, access, run.id)
  if (combination?.otherRunId === run.id) await judgeAsShown(db, context, combination.runId)
  const otherSource = combination === null && !isUndated(dating) ? await findSecondSource(db, access, recording) : null
  if (otherSource === null) await lookForTwins(db, access, run.id, nowMs)
  else await showWithBoth(db, context, otherSource, run.id)
  // It may have been moved: what rested on where it was is looked at too.
  await runsChanged(db, access, [run.head.startedAtMs, startOf(recording)], { nowMs, newId: context.newId })
}

/** What a person said of its date stays said. */
function dateAgain({ head, dating }: Run, dated: DatedPacked): DatedPacked {
  if (dating === null || isUndated(dating)) return dated
  const { recording } = dated
  return { recording: { ...recording, head: { ...recording.head, startedAtMs: head.startedAtMs } }, dating }
}

/** The run that was there is shown with the new one as its second source from now on, and judged by both. */
async function showWithBoth(
  db: Database,
  context: ImportContext,
  source: SecondSource,
  otherRunId: string,
): Promise<Verdict | null> {
  await joinAsSecond(db, context.access, source, otherRunId, context.nowMs)
  return judgeAsShown(db, context, source.run.id)
}

async function alreadyThere(
  db: Database,
  { access, begunAtMs = Infinity }: ImportContext,
  fileId: string,
): Promise<ImportedRun[]> {
  const runs = await listRunsOfFile(db, access, fileId)
  const results: ImportedRun[] = []
  for (const [index, one] of (await toldAsShown(db, access, runs)).entries()) {
    const isOwn = (runs[index]?.importedAtMs ?? 0) >= begunAtMs
    const isNear = isOwn && (await listTwinsOf(db, access, one.runId)).some(({ answer }) => answer === null)
    results.push({ ...one, result: isNear ? 'near_duplicate' : isOwn ? 'added' : 'already_there' })
  }
  return results
}

/** Runs that are there, with the assessment that counts. */
async function toldAsShown(db: Database, access: ClientAccess, runs: readonly Run[]): Promise<ImportedRun[]> {
  const assessments = await listAssessments(
    db,
    access,
    runs.map(({ id }) => id),
  )
  return runs.map(({ id, part, dating, head, startOffsetS }) => {
    const latest = assessments.findLast(({ runId }) => runId === id)
    return {
      part,
      result: 'already_there',
      runId: id,
      verdict: latest?.assessment.verdict ?? null,
      startedAtMs: head.startedAtMs,
      startOffsetS: startOffsetS ?? head.localOffsetS,
      movingS: latest?.assessment.zoneTime.movingS ?? null,
      asksDate: isUndated(dating),
    }
  })
}
