// A temporary file without a name. Its data disappear when the process that holds it ends, whatever happens.
import { open, unlink, type FileHandle } from 'node:fs/promises'

/** @param path where it is made; nothing stays there
 *  @returns an open file; whoever asked closes it */
export async function openNameless(path: string): Promise<FileHandle> {
  const file = await open(path, 'wx+', 0o600)
  await unlink(path)
  return file
}

/** Write all pieces from `end` on, also where the disk takes a part of one at once.
 *  @returns the new end */
export async function appendPieces(file: FileHandle, pieces: AsyncIterable<Uint8Array>, end: number): Promise<number> {
  let at = end
  for await (const piece of pieces)
    for (let from = 0; from < piece.length;) {
      const { bytesWritten } = await file.write(piece, from, piece.length - from, at)
      from += bytesWritten
      at += bytesWritten
    }
  return at
}
