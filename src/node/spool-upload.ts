// Uploads on Node: the body streams into one file beside the database, so that an export of years never is in memory. The
// file is nameless from the start: whatever happens to the process, nothing of an upload stays behind.
import { open, readdir, rm, unlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream } from '@fastify/busboy'
import { partOfSource, type ByteSource } from '../formats/byte-source.ts'
import { ProblemError } from '../http/problem.ts'
import { MAX_UPLOAD_BYTES, noForm, type ReadUpload } from '../http/read-upload.ts'
import { sourceOfFile } from './file-source.ts'

const SPOOL = /^upload-[0-9a-f-]+\.part$/

/** @param folder where the bytes wait; what a crash left there is removed */
export async function makeSpool(folder: string): Promise<ReadUpload> {
  for (const name of await readdir(folder)) if (SPOOL.test(name)) await rm(join(folder, name))
  return async (request) => {
    const type = request.headers.get('content-type')
    if (request.body === null || type === null || !/^multipart\/form-data\b/i.test(type)) throw noForm()
    const spool = await openNameless(join(folder, `upload-${crypto.randomUUID()}.part`))
    try {
      return await spoolForm(Readable.from(request.body), type, spool)
    } catch (error) {
      await spool.close()
      throw error instanceof ProblemError ? error : noForm()
    }
  }
}

async function openNameless(path: string): Promise<FileHandle> {
  const file = await open(path, 'wx+', 0o600)
  await unlink(path)
  return file
}

async function spoolForm(body: Readable, type: string, spool: FileHandle) {
  const fields = new Map<string, string>()
  const files: { name: string; source: ByteSource }[] = []
  let end = 0
  let written = Promise.resolve()
  const append = async (name: string, stream: BusboyFileStream) => {
    const from = end
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      await spool.write(chunk, 0, chunk.length, end)
      end += chunk.length
    }
    files.push({ name, source: partOfSource(sourceOfFile(spool, end), from, end - from) })
  }
  const parser = new Busboy({ headers: { 'content-type': type }, preservePath: true, limits: { fieldSize: 10_000 } })
  parser.on('field', (name, value) => fields.set(name, value))
  parser.on('file', (_field, stream, name) => {
    written = written.then(() => append(name, stream))
    // Heard below, or never where the form itself is broken.
    written.catch(() => undefined)
  })
  await pipeline(body, limitBytes(MAX_UPLOAD_BYTES), parser)
  await written
  return { fields, files, release: () => spool.close() }
}

/** Passes bytes on until there are too many. */
function limitBytes(most: number): Transform {
  let count = 0
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      count += chunk.length
      if (count > most) done(new ProblemError('UPLOAD_TOO_LARGE'))
      else done(null, chunk)
    },
  })
}
