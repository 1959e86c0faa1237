// Reads the files of an upload into runs: one fate for each. A bad file does not stop the others.
import { fileProblems, problemSentence, type FileProblem } from '../../domain/reading-codes.ts'
import type { ByteSource } from '../../formats/byte-source.ts'
import { KIND_BYTES, kindOf } from '../../formats/kind.ts'
import { LeftFiles, type LeftOfArchive } from '../../formats/left-files.ts'
import { readFile } from '../../formats/read-file.ts'
import { unpack, type LeftFile, type Unpacked, type UnpackedFile } from '../../formats/unpack.ts'
import { unpackLimits } from '../../formats/unpack-budget.ts'
import { causeOf } from '../../live/cause.ts'
import type { ReceiveContext } from '../../live/receive-batches.ts'
import { logEvent } from '../../live/server-log.ts'
import type { ClientAccess } from '../../store/people/access.ts'
import { isDiskFull } from '../../store/disk-full.ts'
import type { Store } from '../../store/database.ts'
import { importFile, type ImportContext, type ImportResult } from '../../store/runs/import-file.ts'
import { ProblemError } from '../problem.ts'
import type { UploadForm } from './read-upload.ts'
import type { Upload, UploadResult } from './upload-schema.ts'
import { isTooHeavy } from '../../store/work/work.ts'

/** product choice: more runs than anybody has; an answer has to be in memory. */
const MOST_RESULTS = 50_000
/** product choice: the length of all reported names together. */
const MOST_TOLD_CHARS = 4 * 1024 * 1024
/** product choice: nobody waits on a connection for it, but a turn of theirs does (in-turn.ts). By a clock that nobody sets. */
const READ_MS = 30 * 60_000
/** Others are answered meanwhile. */
const PAUSE_EVERY = 500
const pause = () => new Promise((resolve) => setTimeout(resolve, 0))

/** How far an import is. It grows while the import goes on. */
export class ImportProgress {
  readonly results: UploadResult[] = []
  readonly left: LeftFiles
  /** Files that were looked at, those of archives too. */
  filesDone = 0
  /** Null where archives are among them: how many they hold is known at their end. */
  filesTotal: number | null = null
  bytesDone = 0
  bytesTotal = 0
  /** What is being read. */
  file: string | null = null
  #toldChars = 0

  constructor(tellsAll: boolean) {
    this.left = new LeftFiles(tellsAll ? { mostTold: MOST_RESULTS, isListing: true } : {})
  }

  tell(result: UploadResult): void {
    this.#toldChars += result.file.length
    this.results.push(result)
  }

  get isFull(): boolean {
    return this.results.length >= MOST_RESULTS || this.#toldChars > MOST_TOLD_CHARS
  }

  /** As it is told. */
  get upload(): Upload {
    return { results: this.results, left: this.left.lines.map(toLeft) }
  }
}

/** Thrown where the process ends, or nobody wants the import any more. */
export class ImportStopped extends Error {}

interface Going {
  /** @throws ProblemError where whoever asked may not any more */
  readonly stillMay: () => Promise<void>
  readonly isStopped: () => boolean
}

/** Read all files of an upload, and tell `progress` what came of each.
 *  @throws ImportStopped; ProblemError of `stillMay`; where the disk is full */
export async function importForm(
  context: ReceiveContext,
  asking: Pick<ImportContext, 'isClient' | 'plannedMin' | 'begunAtMs'> & { readonly access: ClientAccess<'run.add'> },
  { files }: Pick<UploadForm, 'files'>,
  { stillMay, isStopped }: Going,
  progress: ImportProgress,
): Promise<void> {
  const { store, nowMs, newId } = context
  const untilMs = performance.now() + READ_MS
  const isTimeUp = () => isStopped() || performance.now() > untilMs
  let starts: Promise<number[]> | null = null
  const startsTogether = () => (starts ??= listStarts(files, nowMs(), isTimeUp))
  progress.bytesTotal = files.reduce((sum, { source }) => sum + source.size, 0)
  progress.filesTotal = (await isBare(files)) ? files.length : null
  /** What this try has told as added, for a file that lies in it twice. */
  const reported = new Set<string>()
  let bytesBefore = 0
  for (const { name, source } of files) {
    let at = 0
    for await (const file of unpack(
      name,
      watched(source, (to) => (at = to)),
      unpackLimits,
      isTimeUp,
    )) {
      if (isStopped()) throw new ImportStopped()
      if (progress.filesDone % PAUSE_EVERY === PAUSE_EVERY - 1) await pause()
      if (progress.isFull) {
        progress.results.push(notUsable(file.path, 'TOO_MANY_FILES'))
        return
      }
      progress.file = file.path
      progress.bytesDone = bytesBefore + at
      take(file, file.ok ? await importAlone(file) : file)
      progress.filesDone++
    }
    bytesBefore += source.size
  }
  if (isStopped()) throw new ImportStopped()
  progress.bytesDone = bytesBefore
  progress.file = null

  function take({ path, archive }: Unpacked, imported: ImportResult | LeftFile): void {
    if (imported.ok)
      for (const run of imported.runs) {
        const result = reported.has(run.runId) && run.result === 'added' ? 'already_there' : run.result
        reported.add(run.runId)
        progress.tell({ file: path, ...run, result, code: null, message: null, detail: null })
      }
    else if (progress.left.take({ path, archive, code: imported.code }))
      progress.tell(notUsable(path, imported.code, 'detail' in imported ? imported.detail : undefined))
  }

  async function importAlone(file: UnpackedFile): Promise<ImportResult> {
    await stillMay()
    return importOne(store, { ...asking, nowMs: nowMs(), newId, startsTogether }, file, isStopped)
  }
}

/** Whether none of them is an archive, or packed. */
async function isBare(files: UploadForm['files']): Promise<boolean> {
  for (const { name, source } of files)
    if (['zip', 'gzip', 'tar'].includes(kindOf(name, await source.read(0, KIND_BYTES)))) return false
  return true
}

const watched = (source: ByteSource, onRead: (to: number) => void): ByteSource => ({
  size: source.size,
  read: (from, to) => {
    onRead(Math.min(to, source.size))
    return source.read(from, to)
  },
})

const toLeft = ({ archive, counts }: LeftOfArchive): Upload['left'][number] => ({
  archive,
  counts: counts.map(({ code, count }) => ({ code, message: fileProblems[code], count })),
})

/** One file, one fate: what fails with one, by a fault of ours too, is told of that one, and the next is read. */
async function importOne(
  store: Store,
  context: ImportContext,
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
  isStopped: () => boolean,
): Promise<ImportResult> {
  try {
    return await importFile(store, context, path, bytes)
  } catch (error) {
    // It would be so of every next one.
    if (isDiskFull(error)) throw error
    // What ends with the process fails like a file that cannot be read, and is none.
    if (isStopped()) throw new ImportStopped()
    logEvent('upload.file_failed', 'a file of an upload failed; the others were read', { cause: causeOf(error) })
    return { ok: false, code: isTooHeavy(error) ? 'TOO_HEAVY' : 'NOT_TAKEN' }
  }
}

const notUsable = (file: string, code: FileProblem, detail?: string): UploadResult => ({
  file,
  part: null,
  result: 'not_usable',
  runId: null,
  code,
  message: problemSentence(code, detail),
  detail: detail ?? null,
  verdict: null,
  startedAtMs: null,
  startOffsetS: null,
  movingS: null,
  asksDate: false,
})

/** The starts of all runs of an upload, by their own clocks. Reads it once more, so only where rule T4 asks. */
async function listStarts(files: UploadForm['files'], nowMs: number, isTimeUp: () => boolean): Promise<number[]> {
  const starts: number[] = []
  for (const { name, source } of files)
    for await (const file of unpack(name, source, unpackLimits, isTimeUp)) {
      const reading = file.ok ? readFile(file.path, file.bytes, nowMs) : file
      if (reading.ok) starts.push(...reading.recordings.map(({ startedAtMs }) => startedAtMs))
    }
  return starts
}

/** What the form asks, before anything of it is taken.
 *  @returns minutes that were planned
 *  @throws ProblemError INVALID_REQUEST */
export function readAsked(form: UploadForm): number | null {
  requireFiles(form)
  return readPlannedMin(form.fields.get('plannedMin'))
}

/** Nothing that was sent is passed over: a part that is no file, or of another name, is told before anything is taken.
 *  @throws ProblemError INVALID_REQUEST */
function requireFiles({ fields, files }: UploadForm): void {
  if (fields.has('files'))
    throw new ProblemError('INVALID_REQUEST', 'files: a part without a filename is no file; nothing was taken')
  if (files.length === 0)
    throw new ProblemError('INVALID_REQUEST', 'files: at least one file, in a part with a filename')
  const unknown = [...fields.keys()].filter((name) => name !== 'plannedMin')
  if (unknown.length > 0)
    throw new ProblemError(
      'INVALID_REQUEST',
      `${JSON.stringify(unknown[0])}: this takes files and plannedMin; nothing was taken`,
    )
}

function readPlannedMin(value = ''): number | null {
  if (value === '') return null
  const minutes = Number(value)
  if (!(minutes > 0 && minutes <= 1440)) throw new ProblemError('INVALID_REQUEST', 'plannedMin: minutes from 1 to 1440')
  return minutes
}
