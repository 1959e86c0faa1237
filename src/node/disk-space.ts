// How much room there is on the disk of the data folder. Whatever writes much looks first: a disk that is filled to its last byte takes
// no line of the log either, and nothing is shown that is not logged.
import { statfs } from 'node:fs/promises'

/** product choice: what uploads and copies leave for small writes (lines of the log, batches of group runs, SQLite's own log of changes). */
export const KEPT_FREE_BYTES = 32 * 2 ** 20

/** Bytes that this process may still write beside this path. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
