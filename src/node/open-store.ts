// The store on Node: one SQLite file through Node's own driver.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { nextTurn } from '../http/next-turn.ts'
import type { Store } from '../store/database.ts'
import { migrate } from '../store/migrations.ts'
import { noteRewrite } from '../store/rights/rewrite-due.ts'
import { compact, rewrite, SMALL_BYTES } from './compact.ts'
import { makeGroups } from './group-commit.ts'
import { makeLogCheck } from './log-check.ts'
import { openToRead, prepareOn, toKysely } from './open-to-read.ts'
import { makePrivateFile, openPrivateFolder } from './private-folder.ts'
import { openTwo } from './two-connections.ts'

/** Open (and make, and migrate) the database in a folder.
 *  @param folder null keeps it in memory
 *  @param upToStep as it was before later steps, for tests of them
 *  @param smallBytes for tests: up to which size it is rewritten at once
 *  @param synchronous `full`: what was answered is on the disk. `normal`, for made people: a power cut may take the last moments back,
 *                     and nothing waits for the disk
 *  @throws where others can enter the folder */
export async function openStore(
  folder: string | null,
  upToStep?: number,
  smallBytes: number = SMALL_BYTES,
  synchronous: 'full' | 'normal' = 'full',
): Promise<Store & { readonly close: () => Promise<void> }> {
  const path = folder === null ? null : makeDatabaseFile(folder)
  const sqlite = new DatabaseSync(path ?? ':memory:')
  sqlite.exec(
    `pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = ${synchronous}; pragma foreign_keys = on;
     pragma secure_delete = on`,
  )
  const writer = toKysely(sqlite)
  const logCheck = path === null ? null : makeLogCheck(path)
  const store: Store = {
    db: writer,
    atomically: (work) => writer.transaction().execute(work),
    shortly: makeGroups(sqlite, writer),
    compact: () => compact(writer, path, path === null ? Number.POSITIVE_INFINITY : smallBytes),
    ...(path === null || logCheck === null
      ? {}
      : { atOneMoment: lookAt(path), rewrite: () => rewrite(writer, path), checkLog: logCheck.check }),
  }
  // What a step took away is in no page and no log of changes any more; where a reader hinders that, the daily job does it.
  if (await migrate(store, upToStep)) {
    if (upToStep === undefined) await noteRewrite(writer, Date.now())
    await store.compact?.().catch(() => undefined)
  }
  if (path === null) return { ...store, close: () => writer.destroy() }
  const reading = new DatabaseSync(path, { readOnly: true })
  reading.exec('pragma busy_timeout = 5000')
  const close = async () => {
    await logCheck?.close()
    if (reading.isOpen) reading.close()
    await writer.destroy()
  }
  return { ...store, db: openTwo(writer, prepareOn(reading), close), close }
}

const lookAt =
  (path: string): NonNullable<Store['atOneMoment']> =>
  async (look) => {
    const { db, close } = openToRead(path)
    try {
      return await look(db, nextTurn)
    } finally {
      await close()
    }
  }

function makeDatabaseFile(folder: string): string {
  openPrivateFolder(folder)
  const path = join(folder, 'calmpace.sqlite')
  makePrivateFile(path)
  return path
}
