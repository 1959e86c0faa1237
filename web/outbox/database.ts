// The database of this browser: its stores, and a connection that is made anew where the browser takes it away. The only
// file that knows IndexedDB (docs/decisions/0011-offline-page.md).
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { BatchRow, StoredGroupRun, StoredParticipation } from './stored.ts'

interface Stores extends DBSchema {
  kept: { key: string; value: unknown }
  groupRuns: { key: string; value: StoredGroupRun }
  participations: { key: string; value: StoredParticipation; indexes: { groupRunId: string } }
  batches: { key: [participationId: string, number: number]; value: BatchRow }
}
export type Database = IDBPDatabase<Stores>

const VERSION = 1

/** `blocked`: another version of this page holds the database, or has it now. `gone`: it cannot be opened, or was closed. */
export type ConnectionProblem = 'blocked' | 'gone'

export interface Connection {
  /** null while there is none. */
  readonly current: () => Database | null
  /** The one there is, or a new one. @throws what the browser says */
  readonly open: () => Promise<Database>
  /** The current one does not work any more. */
  readonly lose: () => void
}

/** @param prepare done with a new connection before anybody else has it
 *  @param hear null once all is well again
 *  @param mayGiveWay whether a newer version of this page, in another tab, may change the database now */
export function connect(
  name: string,
  prepare: (db: Database) => Promise<void>,
  hear: (problem: ConnectionProblem | null) => void,
  mayGiveWay: () => boolean,
): Connection {
  let current: Database | null = null
  let opening: Promise<Database> | null = null
  const lose = () => {
    current?.close()
    current = null
    hear('gone')
  }
  const openAnew = async (): Promise<Database> => {
    try {
      const db = await openDB<Stores>(name, VERSION, {
        upgrade: makeStores,
        blocked: () => hear('blocked'),
        blocking: () => {
          if (!mayGiveWay()) return
          current?.close()
          current = null
          hear('blocked')
        },
        terminated: lose,
      })
      await prepare(db)
      current = db
      hear(null)
      return db
    } catch (error) {
      hear('gone')
      throw error
    } finally {
      opening = null
    }
  }
  return {
    current: () => current,
    open: () => (current === null ? (opening ??= openAnew()) : Promise.resolve(current)),
    lose,
  }
}

function makeStores(db: Database): void {
  db.createObjectStore('kept')
  db.createObjectStore('groupRuns', { keyPath: 'id' })
  db.createObjectStore('participations', { keyPath: 'id' }).createIndex('groupRunId', 'groupRunId')
  db.createObjectStore('batches', { keyPath: ['participationId', 'number'] })
}

/** Every batch of one runner. */
export const batchesOf = (participationId: string): IDBKeyRange =>
  IDBKeyRange.bound([participationId], [participationId, []])

export const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError'

/** Put rows in one transaction that is on the disk, not only on its way there, when it is done: these rows are what an empty
 *  battery may not take. Asked of the database within this call, so that a page that is about to go still gets it out.
 *  @throws what the browser says; then nothing of it is there */
export async function putBatches(db: Database, rows: readonly BatchRow[]): Promise<void> {
  const change = db.transaction('batches', 'readwrite', { durability: 'strict' })
  const puts = rows.map((row) => change.store.put(row))
  change.commit()
  // One failed put fails the whole; each is heard, so that none is an unhandled rejection.
  await Promise.all([...puts, change.done])
}
