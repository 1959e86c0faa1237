// Reads the files of an upload into runs: one fate for each. A bad file does not stop the others.
import { fileProblems, problemSentence, type FileProblem } from '../../domain/reading-codes.ts'
import { LeftFiles, type LeftOfArchive } from '../../formats/left-files.ts'
import { readFile } from '../../formats/read-file.ts'
import { unpack, type UnpackedFile } from '../../formats/unpack.ts'
import { unpackLimits } from '../../formats/unpack-budget.ts'
import { causeOf } from '../../live/cause.ts'
import { logEvent } from '../../live/server-log.ts'
import type { ClientAccess } from '../../store/people/access.ts'
import { isDiskFull } from '../../store/disk-full.ts'
import type { Store } from '../../store/database.ts'
import { importFile, type ImportContext, type ImportResult } from '../../store/runs/import-file.ts'
import type { AppContext } from '../app-context.ts'
import { ProblemError } from '../problem.ts'
import type { UploadForm } from './read-upload.ts'
import type { Upload, UploadResult } from './upload-schema.ts'
import { isTooHeavy } from '../../store/work/work.ts'

/** product choice: more runs than anybody has; an answer has to be in memory. */
const MOST_RESULTS = 50_000
/** product choice: the length of all reported names together. */
const MOST_TOLD_CHARS = 4 * 1024 * 1024
/** product choice: somebody waits for the answer, and no connection on which nothing moves lasts longer than five minutes. */
const READ_MS = 240_000
/** Others are answered meanwhile. */
const PAUSE_EVERY = 500
const pause = () => new Promise((resolve) => setTimeout(resolve, 0))

export async function importForm(
  context: AppContext,
  asking: Pick<ImportContext, 'isClient'> & { readonly access: ClientAccess<'run.add'> },
  form: UploadForm,
  stillMay: () => Promise<void>,
  tellsAll: boolean,
): Promise<Upload> {
  const { store, nowMs, newId } = context
  requireFiles(form)
  const plannedMin = readPlannedMin(form.fields.get('plannedMin'))
  const results: UploadResult[] = []
  const left = new LeftFiles(tellsAll ? { mostTold: MOST_RESULTS, isListing: true } : {})
  const untilMs = nowMs() + READ_MS
  const isTimeUp = () => nowMs() > untilMs
  let toldChars = 0
  let looked = 0
  const tell = (result: UploadResult) => {
    toldChars += result.file.length
    results.push(result)
  }
  const isFull = () => results.length >= MOST_RESULTS || toldChars > MOST_TOLD_CHARS
  let starts: Promise<number[]> | null = null
  const startsTogether = () => (starts ??= listStarts(form, nowMs(), isTimeUp))
  reading: for (const { name, source } of form.files)
    for await (const file of unpack(name, source, unpackLimits, isTimeUp)) {
      if (++looked % PAUSE_EVERY === 0) await pause()
      if (isFull()) {
        results.push(notUsable(file.path, 'TOO_MANY_FILES'))
        break reading
      }
      const imported = file.ok ? await importAlone(file) : file
      if (imported.ok)
        for (const run of imported.runs) tell({ file: file.path, ...run, code: null, message: null, detail: null })
      else if (left.take({ path: file.path, archive: file.archive, code: imported.code }))
        tell(notUsable(file.path, imported.code, 'detail' in imported ? imported.detail : undefined))
    }
  return { results, left: left.lines.map(toLeft) }

  async function importAlone(file: UnpackedFile): Promise<ImportResult> {
    await stillMay()
    return importOne(store, { ...asking, plannedMin, nowMs: nowMs(), newId, startsTogether }, file)
  }
}

const toLeft = ({ archive, counts }: LeftOfArchive): Upload['left'][number] => ({
  archive,
  counts: counts.map(({ code, count }) => ({ code, message: fileProblems[code], count })),
})

/** One file, one fate: what fails with one, by a fault of ours too, is told of that one, and the next is read. */
async function importOne(
  store: Store,
  context: ImportContext,
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
): Promise<ImportResult> {
  try {
    return await importFile(store, context, path, bytes)
  } catch (error) {
    // It would be so of every next one.
    if (isDiskFull(error)) throw error
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
async function listStarts(form: UploadForm, nowMs: number, isTimeUp: () => boolean): Promise<number[]> {
  const starts: number[] = []
  for (const { name, source } of form.files)
    for await (const file of unpack(name, source, unpackLimits, isTimeUp)) {
      const reading = file.ok ? readFile(file.path, file.bytes, nowMs) : file
      if (reading.ok) starts.push(...reading.recordings.map(({ startedAtMs }) => startedAtMs))
    }
  return starts
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
