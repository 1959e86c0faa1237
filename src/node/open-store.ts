// The store on Node: one SQLite file through Node's own driver.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Store } from '../store/database.ts'
import { migrate } from '../store/migrations.ts'
import { noteRewrite } from '../store/rights/rewrite-due.ts'
import { compact, rewrite, SMALL_BYTES } from './compact.ts'
import { makeLogCheck } from './log-check.ts'
import { toKysely } from './open-to-read.ts'
import { makePrivateFile, openPrivateFolder } from './private-folder.ts'

/** Open (and make, and migrate) the database in a folder.
 *  @param folder null keeps it in memory
 *  @param upToStep as it was before later steps, for tests of them
 *  @param smallBytes for tests: up to which size it is rewritten at once
 *  @throws where others can enter the folder */
export async function openStore(
  folder: string | null,
  upToStep?: number,
  smallBytes: number = SMALL_BYTES,
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
    compact: () => compact(db, path === null ? Number.POSITIVE_INFINITY : smallBytes),
    ...(path === null || logCheck === null ? {} : { rewrite: () => rewrite(db, path), checkLog: logCheck.check }),
  }
  // What a step took away is in no page and no log of changes any more; where a reader hinders that, the daily job does it.
  if (await migrate(store, upToStep)) {
    if (upToStep === undefined) await noteRewrite(db, Date.now())
    await store.compact?.().catch(() => undefined)
  }
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
