// Runs several short pieces of work in one SQLite transaction, because writing to the disk is the largest cost of a
// short one. Each succeeds or fails alone (a savepoint). No caller gets its result before everything is on disk.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../store/database.ts'

/** product choice: as many as a small practice asks at the same moment; more wait for the next. */
const MOST_TOGETHER = 32
/** product choice: the first work does not wait longer for later ones. */
const LONGEST_MS = 10

interface Waiting {
  readonly run: (db: Database) => Promise<void>
  /** Called once all of it is on disk, or with the reason why nothing of theirs is. */
  readonly tell: (reason: unknown) => void
}

/** A connection, and its statements for each work. */
interface Connection {
  readonly sqlite: DatabaseSync
  readonly begin: StatementSync
  readonly commit: StatementSync
  readonly savepoint: StatementSync
  readonly release: StatementSync
}

/** @param db over this connection, with turns of its own */
export function makeGroups(sqlite: DatabaseSync, db: Database): <T>(work: (db: Database) => Promise<T>) => Promise<T> {
  const connection: Connection = {
    sqlite,
    begin: sqlite.prepare('begin immediate'),
    commit: sqlite.prepare('commit'),
    savepoint: sqlite.prepare('savepoint one'),
    release: sqlite.prepare('release one'),
  }
  const waiting: Waiting[] = []
  let isUnderWay = false
  const runAll = async () => {
    isUnderWay = true
    try {
      while (waiting.length > 0) await db.connection().execute((held) => runGroup(connection, held, waiting))
    } catch (error) {
      // The store is closed.
      for (const one of waiting.splice(0)) one.tell(error)
    } finally {
      isUnderWay = false
    }
  }
  return async <T>(work: (db: Database) => Promise<T>) => {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    let succeed: (() => void) | null = null
    waiting.push({
      run: async (held) => {
        const done = await work(held)
        succeed = () => resolve(done)
      },
      tell: (reason) => (reason === undefined && succeed !== null ? succeed() : reject(reason)),
    })
    if (!isUnderWay) void runAll()
    return promise
  }
}

/** Never throws: each work gets its own result. */
async function runGroup(connection: Connection, db: Database, waiting: Waiting[]): Promise<void> {
  const { sqlite } = connection
  const ends: (() => void)[] = []
  const came: Waiting[] = []
  const from = performance.now()
  try {
    connection.begin.run()
    for (;;) {
      // Requests of this moment are accepted before the write.
      if (waiting.length === 0) await nextTurn()
      const one = waiting.shift()
      if (one === undefined) break
      came.push(one)
      ends.push(await runOne(connection, db, one))
      if (came.length >= MOST_TOGETHER || performance.now() - from > LONGEST_MS) break
    }
    connection.commit.run()
  } catch (error) {
    // A full disk ends the whole transaction by itself.
    if (sqlite.isTransaction) sqlite.exec('rollback')
    for (const one of came) one.tell(error)
    return
  }
  for (const end of ends) end()
}

/** @returns how it is told
 *  @throws where the transaction of all is gone */
async function runOne(
  { sqlite, savepoint, release }: Connection,
  db: Database,
  { run, tell }: Waiting,
): Promise<() => void> {
  savepoint.run()
  try {
    await run(db)
    release.run()
    return () => tell(undefined)
  } catch (error) {
    if (!sqlite.isTransaction) throw error
    sqlite.exec('rollback to one; release one')
    return () => tell(error)
  }
}
