// How much room there is on the disk of the data folder. Whatever writes much looks first: a disk that is filled to its last byte takes
// no line of the log either, and nothing is shown that is not logged.
import { statfsSync, type StatsFs } from 'node:fs'
import { statfs } from 'node:fs/promises'

/** product choice: what uploads and copies leave for small writes (lines of the log, batches of group runs, SQLite's own log of changes). */
export const KEPT_FREE_BYTES = 32 * 2 ** 20

/** Bytes that this process may still write beside this path. */
export const freeBytes = async (folder: string): Promise<number> => freeOf(await statfs(folder))

/** The same at once, for a command that nobody else waits for. */
export const freeBytesSync = (folder: string): number => freeOf(statfsSync(folder))

const freeOf = ({ bavail, bsize }: StatsFs): number => bavail * bsize
