// Uploads on Node: streams the body into one file beside the database, so that a large export is never in memory. The
// file has no name, so nothing of an upload stays behind, whatever happens to the process.
import { readdir, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream } from '@fastify/busboy'
import { partOfSource, type ByteSource } from '../formats/byte-source.ts'
import { ProblemError } from '../http/problem.ts'
import { MAX_UPLOAD_BYTES, MAX_UPLOAD_PARTS, formTypeOf, noForm, type ReadUpload } from '../http/runs/read-upload.ts'
import { isDiskFull } from '../store/disk-full.ts'
import { KEPT_FREE_BYTES, freeBytes } from './disk-space.ts'
import { sourceOfFile } from './file-source.ts'
import { appendPieces, openNameless } from './nameless-file.ts'

const SPOOL = /^upload-[0-9a-f-]+\.part$/

/** product choice: a phone that lost its network has it back by then, or sends anew. */
const STALLED_MS = 60_000

/** Of one upload: itself, and what becomes of it in the database (original, columns, log of changes). product choice */
const ROOM_FOR_EACH_BYTE = 2
/** So often the room is looked at again while bytes come: others write too, and not every body says how long it is. */
const LOOK_EACH_BYTES = 8 * 2 ** 20

/** @param folder where the bytes wait; what a crash left there is removed
 *  @param stalledMs for so long an upload may bring nothing
 *  @param free how much room there is, for tests */
export async function makeSpool(folder: string, stalledMs = STALLED_MS, free = freeBytes): Promise<ReadUpload> {
  for (const name of await readdir(folder)) if (SPOOL.test(name)) await rm(join(folder, name))
  const requireSpace = async (bytes: number) => {
    if ((await free(folder)) < bytes + KEPT_FREE_BYTES) throw new ProblemError('DISK_FULL')
  }
  return async (request) => {
    const type = formTypeOf(request)
    if (request.body === null) throw noForm()
    const said = Number(request.headers.get('content-length') ?? 0)
    await requireSpace(ROOM_FOR_EACH_BYTE * Math.min(Number.isSafeInteger(said) ? said : 0, MAX_UPLOAD_BYTES))
    const spool = await openNameless(join(folder, `upload-${crypto.randomUUID()}.part`))
    try {
      return await spoolForm(readableOf(request.body), type, spool, stalledMs, () => requireSpace(0))
    } catch (error) {
      await spool.close()
      throw error instanceof ProblemError || isDiskFull(error) ? error : noForm()
    }
  }
}

async function spoolForm(
  body: Readable,
  type: string,
  spool: FileHandle,
  stalledMs: number,
  requireSpace: () => Promise<void>,
) {
  const fields = new Map<string, string>()
  const files: { name: string; source: ByteSource }[] = []
  let end = 0
  let written = Promise.resolve()
  const append = async (name: string, stream: BusboyFileStream) => {
    const from = end
    end = await appendPieces(spool, looking(stream as AsyncIterable<Buffer>, requireSpace), from)
    files.push({ name, source: partOfSource(sourceOfFile(spool, end), from, end - from) })
  }
  const parser = new Busboy({
    headers: { 'content-type': type },
    preservePath: true,
    limits: { fieldSize: 10_000, parts: MAX_UPLOAD_PARTS },
  })
  parser.on('partsLimit', () => parser.destroy(new ProblemError('TOO_MANY_ITEMS')))
  parser.on('field', (name, value) => fields.set(name, value))
  parser.on('file', (_field, stream, name) => {
    written = written.then(() => append(name, stream))
    // Nobody reads the rest of the form then: it would wait for ever for room in its buffers.
    written.catch((error: Error) => parser.destroy(error))
  })
  await pipeline(body, limitBytes(MAX_UPLOAD_BYTES, stalledMs), parser)
  await written
  return { fields, files, release: () => spool.close() }
}

/** The same pieces, with a look at the room now and then. */
async function* looking(pieces: AsyncIterable<Buffer>, look: () => Promise<void>): AsyncGenerator<Buffer> {
  let unseen = 0
  for await (const piece of pieces) {
    unseen += piece.length
    if (unseen >= LOOK_EACH_BYTES) {
      await look()
      unseen = 0
    }
    yield piece
  }
}

/** A body as a stream that can be given up while a piece is waited for, which `Readable.from` cannot. */
function readableOf(body: ReadableStream<Uint8Array>): Readable {
  const reader = body.getReader()
  const readable = new Readable({
    read: () => {
      reader.read().then(
        ({ done, value }) => readable.push(done ? null : value),
        (error: Error) => readable.destroy(error),
      )
    },
  })
  readable.once('close', () => void reader.cancel().catch(() => undefined))
  return readable
}

/** Passes bytes on until there are too many, or for so long none. */
function limitBytes(most: number, stalledMs: number): Transform {
  let count = 0
  const limited = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      timer.refresh()
      count += chunk.length
      if (count > most) done(new ProblemError('UPLOAD_TOO_LARGE'))
      else done(null, chunk)
    },
    destroy(error, done) {
      clearTimeout(timer)
      done(error)
    },
  })
  const timer = setTimeout(() => limited.destroy(new ProblemError('BODY_TOO_SLOW')), stalledMs)
  return limited
}
