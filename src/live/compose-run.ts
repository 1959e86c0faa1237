// Makes a stored run from the batches of a participation. This happens when somebody pressed stop and nothing is
// missing. On request it uses the batches that are there; they are kept, and the same run becomes complete when the
// missing ones come.
import { offsetsOf } from '../domain/recorder-clocks.ts'
import { shortId } from '../domain/short-id.ts'
import { decodeBatch } from '../formats/phone-recording/batch.ts'
import type { NumberedBatch } from '../formats/phone-recording/batch.ts'
import { isWhole, readStreamBatches, readStreamFile, writeStreamFile } from '../formats/phone-recording/stream-file.ts'
import type { Recording } from '../domain/recording.ts'
import type { ClientAccess } from '../store/people/access.ts'
import { deleteBatches, listBatches } from '../store/group-runs/batches.ts'
import type { Database } from '../store/database.ts'
import { importRecordings, replaceRun, type ReadFile } from '../store/runs/import-file.ts'
import { updateParticipation, type Participation } from '../store/group-runs/participations.ts'
import { findRunFile, readRunFile } from '../store/runs/run-files.ts'
import { findRun, listRunsOfFile } from '../store/runs/runs.ts'
import { sha256Hex } from '../store/sha256.ts'
import { packRecording } from '../store/columns.ts'

export interface Composing {
  readonly nowMs: number
  readonly newId: () => string
}

/** Make a run of what has come, or make it whole. Inside `atomically`.
 *  @param when `as_it_is` asks for a run of whatever is there
 *  @returns the participation as it is from now on */
export async function composeRun(
  db: Database,
  access: ClientAccess<'run.record'>,
  participation: Participation,
  when: 'when_whole' | 'as_it_is',
  composing: Composing,
): Promise<Participation> {
  const { hasNews, hasStop, closedAtMs } = participation
  if (!hasNews || closedAtMs !== null || (when === 'when_whole' && !hasStop)) return participation
  const batches = await listHeld(db, access, participation)
  if (when === 'when_whole' && !isWhole(batches)) return participation
  const bytes = writeStreamFile(batches, offsetsOf(participation.clocks))
  const reading = readStreamFile(bytes, composing.nowMs)
  const [recording] = reading.ok ? reading.recordings : []
  const isComplete = recording !== undefined && lacksNothing(recording)
  if (when === 'when_whole' && recording !== undefined && !isComplete) return participation
  const composed = { ...participation, hasNews: false }
  const next: Participation =
    recording === undefined
      ? { ...composed, state: 'checked_in_only' }
      : {
          ...(await storeRun(db, access, composed, batches, { bytes, recording }, composing)),
          state: isComplete ? 'composed' : 'composed_incomplete',
        }
  await updateParticipation(db, access, next)
  if (isComplete) await deleteBatches(db, access, next)
  return next
}

/** All batches of a participation: those that came, and those in the file of its run. */
export async function listHeld(
  db: Database,
  access: ClientAccess,
  participation: Participation,
): Promise<NumberedBatch[]> {
  return [...(await listFiled(db, access, participation)), ...(await listBatches(db, access, participation))]
}

/** Those in the file of its run. */
export async function listFiled(
  db: Database,
  access: ClientAccess,
  { runId }: Participation,
): Promise<readonly NumberedBatch[]> {
  const run = runId === null ? null : await findRun(db, access, runId)
  return run === null ? [] : readStreamBatches(await readRunFile(db, access, run.fileId)).batches
}

const lacksNothing = ({ warnings }: Recording): boolean =>
  !warnings.includes('BATCHES_MISSING') && !warnings.includes('NOT_STOPPED')

/** @returns the participation with its run, and the zone version that its stream says it was watched by */
async function storeRun(
  db: Database,
  access: ClientAccess<'run.record'>,
  participation: Participation,
  batches: readonly NumberedBatch[],
  { bytes, recording }: { readonly bytes: Uint8Array; readonly recording: Recording },
  composing: Composing,
): Promise<Participation> {
  const joined = findJoined(batches)
  const { guidance } = recording
  const zoneVersionId = guidance ? guidance.zoneVersionId : (joined?.zoneVersionId ?? participation.zoneVersionId)
  const context = { ...composing, access, plannedMin: joined?.plannedMin ?? null, watchedZoneId: zoneVersionId }
  const file: ReadFile = { name: nameOf(participation, recording), bytes, sha256: await sha256Hex(bytes) }
  const run = participation.runId === null ? null : await findRun(db, access, participation.runId)
  const sameFile = await findRunFile(db, access, file.sha256)
  if (run === null || (sameFile !== null && sameFile !== run.fileId)) {
    await importRecordings(db, context, file, [packRecording(recording)])
    const fileId = await findRunFile(db, access, file.sha256)
    // Its own row: the import tells the run that it is shown with.
    const [own] = fileId === null ? [] : await listRunsOfFile(db, access, fileId)
    return { ...participation, zoneVersionId, runId: own?.id ?? null }
  }
  if (sameFile === null) await replaceRun(db, context, run, file, packRecording(recording))
  return { ...participation, zoneVersionId }
}

function findJoined(batches: readonly NumberedBatch[]) {
  const joined = batches.flatMap(({ bytes }) => {
    const decoded = decodeBatch(bytes)
    return decoded.ok ? decoded.entries.filter((entry) => entry.kind === 'joined') : []
  })
  return joined.toSorted((a, b) => a.atMs - b.atMs)[0] ?? null
}

/** By the runner's own clock, as a watch names its files; with the recording's own number, since a whole group starts within
 *  one minute. */
function nameOf({ id }: Participation, { startedAtMs, localOffsetS }: Recording): string {
  const local = new Date(startedAtMs + (localOffsetS ?? 0) * 1000).toISOString()
  return `strap ${local.slice(0, 10)} ${local.slice(11, 16).replace(':', '.')} ${shortId(id)}.cprs`
}
