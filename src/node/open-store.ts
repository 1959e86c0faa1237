// The store on Node: one SQLite file through Node's own driver.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import type { Database, Store } from '../store/database.ts'
import { ExpectedError } from '../store/expected-error.ts'
import { migrate } from '../store/migrations.ts'
import { makeLogCheck } from './log-check.ts'
import { toKysely } from './open-to-read.ts'
import { makePrivateFile, openPrivateFolder } from './private-folder.ts'

/** Open (and make, and migrate) the database in a folder.
 *  @param folder null keeps it in memory
 *  @param upToStep as it was before later steps, for tests of them
 *  @throws where others can enter the folder */
export async function openStore(
  folder: string | null,
  upToStep?: number,
): Promise<Store & { readonly close: () => Promise<void> }> {
  const path = folder === null ? null : makeDatabaseFile(folder)
  const sqlite = new DatabaseSync(path ?? ':memory:')
  sqlite.exec(
    `pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
     pragma secure_delete = on`,
  )
  const db = toKysely(sqlite)
  const logCheck = path === null ? null : makeLogCheck(path)
  const store: Store = {
    db,
    atomically: (work) => db.transaction().execute(work),
    compact: () => compact(db),
    ...(logCheck === null ? {} : { checkLog: logCheck.check }),
  }
  // What a step took away is in no page and no log of changes any more; where a reader hinders that, the daily job does it.
  if (await migrate(store, upToStep)) await compact(db).catch(() => undefined)
  const close = async () => {
    await logCheck?.close()
    await db.destroy()
  }
  return { ...store, close }
}

function makeDatabaseFile(folder: string): string {
  openPrivateFolder(folder)
  const path = join(folder, 'calmpace.sqlite')
  makePrivateFile(path)
  return path
}

/** Rewrite the file without what was deleted, and empty the log of changes beside it.
 *  @throws where another process reads at this moment: what was deleted is gone from the tables all the same */
async function compact(db: Database): Promise<void> {
  await db.connection().execute(async (connection) => {
    const truncate = async () => {
      const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(connection)
      if (rows[0]?.busy !== 0)
        throw new ExpectedError('BEING_READ', 'the database is being read; what was deleted may still be in its files')
    }
    await truncate()
    // What stood in pages that are in use is overwritten already (secure_delete): without free pages there is nothing to do.
    const free = await sql<{ freelist_count: number }>`pragma freelist_count`.execute(connection)
    if (free.rows[0]?.freelist_count === 0) return
    await sql`vacuum`.execute(connection)
    await truncate()
  })
}
