// Removes deleted data from the files of a SQLite database: from the write-ahead log, from free pages, and, by
// rewriting every page, from unused space inside pages (store/rights/rewrite-due.ts).
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { CopiesLeft, Database } from '../store/database.ts'
import { ExpectedError } from '../store/expected-error.ts'
import { clearRewrite, rewriteDueMs } from '../store/rights/rewrite-due.ts'
import type { FileWork } from './work/rewrite-file.ts'
import { KEPT_FREE_BYTES, freeBytes } from './disk-space.ts'
import { startThread } from './work/thread.ts'

/** product choice: rewritten in a quarter of a second, where it stands. */
export const SMALL_BYTES = 32 * 2 ** 20
const script = fileURLToPath(new URL('work/rewrite-file.cjs', import.meta.url))
/** product choice: some 100 MB a second, of ten years of a large practice too. */
const LIMIT_MS = 60 * 60_000
/** SQLite's own pages are no part of it. */
const MEMORY_MB = 32

/** product choice: more than this of the log of changes holds up others while it is brought into the file. */
const LONG_LOG_BYTES = 4 * 2 ** 20

/** Empty the log of changes, and rewrite a store that is small. Free pages of a large one hold nothing already.
 *  @param path null where it is in memory alone
 *  @throws where another process reads at this moment, or a small one has no room to be rewritten: what was deleted is gone from the tables
 *          all the same */
export async function compact(db: Database, path: string | null, smallBytes: number): Promise<CopiesLeft> {
  // Most of a long one while others are answered; only what came since is waited for.
  if (path !== null && sizeOf(`${path}-wal`) > LONG_LOG_BYTES) await inThread(path, 'checkpoint')
  return db.connection().execute(async (connection) => {
    await truncate(connection)
    const isDue = (await rewriteDueMs(connection)) !== null
    if ((await sizeInPages(connection)) > smallBytes) {
      if (!isDue) return 'none'
      const { needed, free } = await roomToRewrite(connection, path)
      return free < needed ? 'until_room' : 'until_rewritten'
    }
    if (isDue || (await pragma(connection, 'freelist_count')) > 0)
      await rewriteWithRoom(connection, path, () => sql`vacuum`.execute(connection))
    return 'none'
  })
}

/** Rewrite all of it, in a thread: whoever asks the database meanwhile waits, and all else goes on.
 *  @throws as `compact`, and WorkError */
export async function rewrite(db: Database, path: string): Promise<void> {
  await db.connection().execute(async (connection) => {
    await truncate(connection)
    await rewriteWithRoom(connection, path, () => inThread(path, 'rewrite'))
  })
}

/** SQLite writes the whole database into a file of its own, and then into its log of changes: without room for both, the disk would be
 *  full until somebody notices.
 *  @throws ExpectedError NO_ROOM_TO_REWRITE, before anything was written */
async function rewriteWithRoom(
  connection: Database,
  path: string | null,
  write: () => Promise<unknown>,
): Promise<void> {
  const { needed, free } = await roomToRewrite(connection, path)
  if (free < needed)
    throw new ExpectedError(
      'NO_ROOM_TO_REWRITE',
      `what was deleted is gone from the database, but copies of it may still be in its file: writing the file anew needs ${inMb(needed)} MB of free ` +
        `disk, and there are ${inMb(free)}. It is tried again every day; make room`,
    )
  try {
    await write()
    await clearRewrite(connection)
  } finally {
    // What a rewrite that failed left in the log of changes keeps the disk full.
    await truncate(connection)
  }
}

async function roomToRewrite(connection: Database, path: string | null): Promise<{ needed: number; free: number }> {
  const needed = 2 * (await sizeInPages(connection)) + KEPT_FREE_BYTES
  return { needed, free: path === null ? Number.POSITIVE_INFINITY : await freeBytes(dirname(path)) }
}

const sizeInPages = async (connection: Database): Promise<number> =>
  (await pragma(connection, 'page_count')) * (await pragma(connection, 'page_size'))

const inMb = (bytes: number): number => Math.ceil(bytes / 2 ** 20)

async function inThread(path: string, what: FileWork): Promise<void> {
  const thread = startThread({ script, knows: path, memoryMb: MEMORY_MB, limitMs: LIMIT_MS }, () => undefined)
  threads++
  try {
    await thread.ask(what)
  } finally {
    await thread.end('WORK_STOPPED')
    threads--
  }
}
let threads = 0

/** Whether a thread of this process is within SQLite, which nothing can end but the end of the process. */
export const isRewriting = (): boolean => threads > 0

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

async function truncate(connection: Database): Promise<void> {
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(connection)
  if (rows[0]?.busy !== 0)
    throw new ExpectedError('BEING_READ', 'the database is being read; what was deleted may still be in its files')
}

async function pragma(connection: Database, name: 'page_count' | 'page_size' | 'freelist_count'): Promise<number> {
  const { rows } = await sql.raw<Record<string, number>>(`pragma ${name}`).execute(connection)
  return rows[0]?.[name] ?? 0
}
