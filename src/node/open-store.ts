// The store on Node: one SQLite file through Node's own driver.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { Store } from '../store/database.ts'
import { migrate } from '../store/migrations.ts'
import { openKysely } from '../store/sqlite.ts'

/** Open (and make, and migrate) the database in a folder.
 *  @param folder null keeps it in memory */
export async function openStore(folder: string | null): Promise<Store & { readonly close: () => Promise<void> }> {
  if (folder !== null) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const sqlite = new DatabaseSync(folder === null ? ':memory:' : join(folder, 'calmpace.sqlite'))
  sqlite.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 5000',
  )
  const db = openKysely(
    (query) => {
      const statement = sqlite.prepare(query)
      const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
      }
    },
    () => sqlite.close(),
  )
  const store: Store = { db, atomically: (work) => db.transaction().execute(work) }
  await migrate(store)
  return { ...store, close: () => db.destroy() }
}
