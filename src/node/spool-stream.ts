// Writes the data of a pipe to a file, so that the command line can read any part of it. The file has no name, so
// nothing stays behind.
import type { FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MAX_UPLOAD_BYTES } from '../http/runs/read-upload.ts'
import { appendPieces, openNameless } from './nameless-file.ts'

/** More came than an upload may bring. */
export class TooLongError extends Error {}

/** @returns an open file; the caller closes it
 *  @throws TooLongError, and what the stream or the disk says */
export async function spoolStream(
  stream: AsyncIterable<Uint8Array>,
  mostBytes = MAX_UPLOAD_BYTES,
): Promise<FileHandle> {
  const file = await openNameless(join(tmpdir(), `calmpace-${crypto.randomUUID()}.part`))
  try {
    await appendPieces(file, limited(stream, mostBytes), 0)
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

async function* limited(stream: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of stream) {
    bytes += piece.length
    if (bytes > mostBytes) throw new TooLongError()
    yield piece
  }
}
