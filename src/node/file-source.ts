// A file on disk as a `ByteSource`: read where it is asked for, never whole.
import type { FileHandle } from 'node:fs/promises'
import type { ByteSource } from '../formats/byte-source.ts'

/** The disk gave an error in the middle of a file: nothing more of it can be read. */
export class ReadError extends Error {
  override readonly name = 'ReadError'
}

/** @param file stays open for as long as the source is used; whoever opened it closes it
 *  @throws ReadError where the disk gives one */
export const sourceOfFile = (file: FileHandle, size: number): ByteSource => ({
  size,
  read: async (from, to) => {
    const bytes = new Uint8Array(Math.max(0, Math.min(to, size) - from))
    let filled = 0
    while (filled < bytes.length) {
      const { bytesRead } = await file
        .read(bytes, filled, bytes.length - filled, from + filled)
        .catch((cause: unknown) => Promise.reject(new ReadError('a file cannot be read to its end', { cause })))
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  },
})
