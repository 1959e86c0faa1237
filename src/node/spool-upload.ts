// Uploads on Node: streams the body into one file beside the database, so that a large export is never in memory, and so
// that an import goes on after a restart. The file goes with its import; the next start removes what no import names.
import { open as openFile, readdir, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream } from '@fastify/busboy'
import { partOfSource } from '../formats/byte-source.ts'
import { ProblemError } from '../http/problem.ts'
import {
  MAX_UPLOAD_BYTES,
  MAX_UPLOAD_PARTS,
  formTypeOf,
  noForm,
  type UploadForm,
  type Uploads,
} from '../http/runs/read-upload.ts'
import { isDiskFull } from '../store/disk-full.ts'
import type { KeptUpload } from '../store/runs/import-jobs.ts'
import { KEPT_FREE_BYTES, freeBytes } from './disk-space.ts'
import { sourceOfFile } from './file-source.ts'
import { appendPieces } from './nameless-file.ts'

const SPOOL = /^upload-[0-9a-f-]+\.part$/

/** product choice: a phone that lost its network has it back by then, or sends anew. */
const STALLED_MS = 60_000

/** Of one upload: itself, and what becomes of it in the database (original, columns, log of changes). product choice */
const ROOM_FOR_EACH_BYTE = 2
/** So often the room is looked at again while bytes come: others write too, and not every body says how long it is. */
const LOOK_EACH_BYTES = 8 * 2 ** 20

/** @param folder where the bytes wait. What a crash left there stays until it is taken up again or swept.
 *  @param stalledMs for so long an upload may bring nothing
 *  @param free how much room there is, for tests */
export function makeSpool(folder: string, stalledMs = STALLED_MS, free = freeBytes): Uploads {
  /** Those that this process has open. */
  const open = new Set<string>()
  const requireSpace = async (bytes: number) => {
    if ((await free(folder)) < bytes + KEPT_FREE_BYTES) throw new ProblemError('DISK_FULL')
  }
  const openSpool = async (name: string, flags: 'wx+' | 'r'): Promise<Spool> => {
    open.add(name)
    const path = join(folder, name)
    const file = await openFile(path, flags, 0o600).catch((error: unknown) => {
      open.delete(name)
      throw error
    })
    const leave = async () => {
      await file.close()
      open.delete(name)
    }
    const remove = async () => {
      await leave()
      await rm(path, { force: true })
    }
    return { name, file, leave, remove }
  }
  return {
    read: async (request, signal = new AbortController().signal) => {
      const type = formTypeOf(request)
      if (request.body === null) throw noForm()
      const said = Number(request.headers.get('content-length') ?? 0)
      await requireSpace(ROOM_FOR_EACH_BYTE * Math.min(Number.isSafeInteger(said) ? said : 0, MAX_UPLOAD_BYTES))
      const spool = await openSpool(`upload-${crypto.randomUUID()}.part`, 'wx+')
      try {
        return await spoolForm(readableOf(request.body), type, spool, { stalledMs, signal }, () => requireSpace(0))
      } catch (error) {
        await spool.remove()
        throw error instanceof ProblemError || isDiskFull(error) ? error : noForm()
      }
    },
    reopen: async ({ key, parts }) => {
      if (!SPOOL.test(key)) return null
      const spool = await openSpool(key, 'r').catch(() => null)
      return spool === null ? null : toForm(spool, new Map(), parts)
    },
    sweep: async (kept) => {
      const keys = new Set(kept.map(({ key }) => key))
      for (const name of await readdir(folder))
        if (SPOOL.test(name) && !keys.has(name) && !open.has(name)) await rm(join(folder, name), { force: true })
    },
  }
}

interface Spool {
  readonly name: string
  readonly file: FileHandle
  /** Close it; it stays where it is. */
  readonly leave: () => Promise<void>
  readonly remove: () => Promise<void>
}

const toForm = (spool: Spool, fields: UploadForm['fields'], parts: KeptUpload['parts']): UploadForm => ({
  fields,
  files: parts.map(({ name, from, size }) => ({
    name,
    source: partOfSource(sourceOfFile(spool.file, from + size), from, size),
  })),
  release: spool.remove,
  leave: spool.leave,
  keep: async () => {
    await spool.file.sync()
    return { key: spool.name, parts }
  },
})

async function spoolForm(
  body: Readable,
  type: string,
  spool: Spool,
  { stalledMs, signal }: { readonly stalledMs: number; readonly signal: AbortSignal },
  requireSpace: () => Promise<void>,
) {
  const fields = new Map<string, string>()
  const parts: { name: string; from: number; size: number }[] = []
  let end = 0
  let written = Promise.resolve()
  const append = async (name: string, stream: BusboyFileStream) => {
    const from = end
    end = await appendPieces(spool.file, looking(stream as AsyncIterable<Buffer>, requireSpace), from)
    parts.push({ name, from, size: end - from })
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
  await pipeline(body, limitBytes(MAX_UPLOAD_BYTES, stalledMs), parser, { signal })
  await written
  return toForm(spool, fields, parts)
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
