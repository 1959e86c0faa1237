// Sends the chosen files in small batches. It opens archives here, so only files that may be runs are sent. A lost
// connection loses one batch, and repeating the upload sends what is missing. Memory holds one batch at a time. A file
// that the server cannot accept is reported and left out, so it does not stop the others, now or when they are chosen
// again.
import { fileProblems, isFileProblem, type FileProblem } from '../../../../../src/domain/reading-codes.ts'
import { sourceOfBlob, type ByteSource } from '../../../../../src/formats/byte-source.ts'
import { mayHoldRun } from '../../../../../src/formats/kind.ts'
import { LeftFiles, type LeftOfArchive } from '../../../../../src/formats/left-files.ts'
import { unpack, type Unpacked } from '../../../../../src/formats/unpack.ts'
import type { UploadResult } from '../../../../api/imports.ts'

const BATCH_FILES = 20
const BATCH_BYTES = 4 * 1024 * 1024
/** Names kept behind a count; more are no help to anybody. */
const MOST_NAMES = 200

/** One step of a long import: what this batch came to, and how far all of it is. */
export interface SendStep {
  readonly results: readonly UploadResult[]
  /** What was left of archives and folders until now, counted. */
  readonly left: readonly LeftOfArchive[]
  /** 0 to 1, by bytes looked at. */
  readonly doneShare: number
}

type Send = (batch: readonly File[]) => Promise<readonly UploadResult[]>

/** @param chosen files and where they lay in the folder that was chosen, if one was
 *  @param send uploads one batch; the results come in its order. @throws what `send` throws: what was sent before stays
 *  @param wordsOf what is told of a file that failed alone; null where the failure is not about a file */
export async function* sendFiles(
  chosen: readonly File[],
  send: Send,
  wordsOf: (error: unknown) => string | null,
): AsyncGenerator<SendStep> {
  const totalBytes = chosen.reduce((sum, { size }) => sum + size, 0)
  let bytesBefore = 0
  let bytesNow = 0
  let batch: File[] = []
  let batchBytes = 0
  let results: UploadResult[] = []
  let looked = 0
  const left = new LeftFiles({ mostNames: MOST_NAMES })
  /** Of what is in the batch: where it lay. */
  const archives = new Map<string, string | null>()
  const isTold = ({ file, code }: UploadResult) =>
    !isFileProblem(code) || left.take({ path: file, archive: archives.get(file) ?? null, code })
  const step = async (): Promise<SendStep> => {
    const sent = batch.length === 0 ? [] : await sendOrApart(batch, send, wordsOf)
    const all = [...results, ...sent].filter(isTold)
    batch = []
    batchBytes = 0
    results = []
    archives.clear()
    looked = 0
    return { results: all, left: left.lines, doneShare: totalBytes === 0 ? 1 : (bytesBefore + bytesNow) / totalBytes }
  }
  for (const file of chosen) {
    const name = folderPathOf(file) ?? file.name
    const source = watched(sourceOfBlob(file), (at) => (bytesNow = at))
    for await (const one of openOne(name, file, source)) {
      looked++
      archives.set(one.path, one.archive ?? folderOf(file))
      if (!one.ok) results.push(leftHere(one.path, one.code))
      else {
        batch.push(new File([Uint8Array.from(one.bytes)], one.path))
        batchBytes += one.bytes.length
      }
      if (batch.length >= BATCH_FILES || batchBytes >= BATCH_BYTES || looked >= 10 * BATCH_FILES) yield await step()
    }
    bytesBefore += file.size
    bytesNow = 0
  }
  yield await step()
}

/** All together; where that fails for what may be one of them, each alone.
 *  @throws where it is not about a file, or where none of several is taken */
async function sendOrApart(
  batch: readonly File[],
  send: Send,
  wordsOf: (error: unknown) => string | null,
): Promise<readonly UploadResult[]> {
  try {
    return await send(batch)
  } catch (error) {
    if (wordsOf(error) === null) throw error
    const results: UploadResult[] = []
    let taken = 0
    for (const file of batch)
      try {
        results.push(...(await send([file])))
        taken++
      } catch (alone) {
        const words = wordsOf(alone)
        if (words === null) throw alone
        results.push({ ...leftHere(file.name, 'UNREADABLE'), code: null, message: words })
      }
    if (taken === 0 && batch.length > 1) throw error
    return results
  }
}

/** Where the file lay in a folder that was chosen; null where it was chosen by itself. */
const folderPathOf = (file: File): string | null => file.webkitRelativePath || null

/** The folder that was chosen, whose files are counted as an archive's are. */
const folderOf = (file: File): string | null => folderPathOf(file)?.split('/')[0] ?? null

/** What lies beside the runs in a folder is left without opening it; a file that was chosen by itself is always tried. */
async function* openOne(name: string, file: File, source: ByteSource): AsyncGenerator<Unpacked> {
  if (folderPathOf(file) !== null && !mayHoldRun(name))
    yield { path: name, archive: null, ok: false, code: 'UNKNOWN_KIND' }
  else yield* unpack(name, source)
}

const watched = (source: ByteSource, onRead: (at: number) => void): ByteSource => ({
  size: source.size,
  read: async (from, to) => {
    const bytes = await source.read(from, to)
    onRead(Math.min(to, source.size))
    return bytes
  },
})

const leftHere = (file: string, code: FileProblem): UploadResult => ({
  file,
  part: null,
  result: 'not_usable',
  runId: null,
  code,
  message: fileProblems[code],
  detail: null,
  verdict: null,
  startedAtMs: null,
  startOffsetS: null,
  movingS: null,
  asksDate: false,
})
