// A file on disk as a `ByteSource`: read where it is asked for, never whole.
import type { FileHandle } from 'node:fs/promises'
import type { ByteSource } from '../formats/byte-source.ts'

/** @param file stays open for as long as the source is used; whoever opened it closes it */
export const sourceOfFile = (file: FileHandle, size: number): ByteSource => ({
  size,
  read: async (from, to) => {
    const bytes = new Uint8Array(Math.max(0, Math.min(to, size) - from))
    let filled = 0
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  },
})
