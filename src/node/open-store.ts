// The store on Node: one SQLite file through Node's own driver.
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { sql } from 'kysely'
import type { Database, Store } from '../store/database.ts'
import { ExpectedError } from '../store/expected-error.ts'
import { migrate } from '../store/migrations.ts'
import { openKysely, type Statement } from '../store/sqlite.ts'
import { makePrivateFile, openPrivateFolder } from './private-folder.ts'

/** Open (and make, and migrate) the database in a folder.
 *  @param folder null keeps it in memory
 *  @param upToStep as it was before later steps, for tests of them
 *  @throws where others can enter the folder */
export async function openStore(
  folder: string | null,
  upToStep?: number,
): Promise<Store & { readonly close: () => Promise<void> }> {
  const sqlite = new DatabaseSync(folder === null ? ':memory:' : makeDatabaseFile(folder))
  sqlite.exec(
    `pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
     pragma secure_delete = on`,
  )
  const db = toKysely(sqlite)
  const store: Store = {
    db,
    atomically: (work) => db.transaction().execute(work),
    compact: () => compact(db),
  }
  // What a step took away is in no page and no log of changes any more; where a reader hinders that, the daily job does it.
  if (await migrate(store, upToStep)) await compact(db).catch(() => undefined)
  return { ...store, close: () => db.destroy() }
}

function makeDatabaseFile(folder: string): string {
  openPrivateFolder(folder)
  const path = join(folder, 'calmpace.sqlite')
  makePrivateFile(path)
  return path
}

/** Open what is there, change nothing, migrate nothing, and see it as it is at this moment.
 *  @throws where there is no database, or none of SQLite's */
export function openToRead(path: string): { readonly db: Database; readonly close: () => Promise<void> } {
  const sqlite = new DatabaseSync(path, { readOnly: true })
  sqlite.exec('pragma busy_timeout = 5000; begin; select count(*) from sqlite_master')
  const db = toKysely(sqlite)
  return { db, close: () => db.destroy() }
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

/** Statements that are kept prepared: the same few come again and again, and preparing one costs more than running it. */
const KEPT_STATEMENTS = 300

function toKysely(sqlite: DatabaseSync): Database {
  const kept = new Map<string, Statement>()
  const prepare = (query: string): Statement => {
    const statement = sqlite.prepare(query)
    const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => statement.all(...values(parameters)),
      run: (parameters) => statement.run(...values(parameters)),
    }
  }
  return openKysely(
    (query) => {
      const known = kept.get(query)
      if (known !== undefined) return known
      const statement = prepare(query)
      if (kept.size >= KEPT_STATEMENTS) kept.clear()
      kept.set(query, statement)
      return statement
    },
    () => sqlite.close(),
  )
}
