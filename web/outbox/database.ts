// The database of this browser: its stores, and a connection that is reopened if the browser closes it. Only this file
// uses IndexedDB (docs/decisions/0011-offline-page.md).
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

/** `blocked`: another version of this page holds the database. `newer`: a newer one has it now, and this one cannot read it any
 *  more. `gone`: it cannot be opened, does not answer, or was closed. */
export type ConnectionProblem = 'blocked' | 'newer' | 'gone'

/** A database that takes longer to open does not answer … product choice. It is still waited for. */
const OPENS_WITHIN_MS = 4000

export interface Connection {
  /** null while there is none. */
  readonly current: () => Database | null
  /** The one there is, or a new one. @throws what the browser says */
  readonly open: () => Promise<Database>
  /** The current one does not work any more. */
  readonly lose: () => void
  /** Somebody waits for the database, and may have it by now. */
  readonly isWanted: () => boolean
  /** Gives the database to a tab that waits for it. */
  readonly giveWay: () => void
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
  /** What it is wanted for while it could not be had: a browser asks once. */
  let wantedFor: ConnectionProblem | null = null
  const giveWay = () => {
    if (wantedFor === null) return
    current?.close()
    current = null
    hear(wantedFor)
    wantedFor = null
  }
  const lose = () => {
    current?.close()
    current = null
    hear('gone')
  }
  const openAnew = async (): Promise<Database> => {
    const late = setTimeout(() => hear('gone'), OPENS_WITHIN_MS)
    try {
      const db = await openDB<Stores>(name, VERSION, {
        upgrade: makeStores,
        blocked: () => hear('blocked'),
        blocking: (_version, wantedVersion) => {
          // Without a version somebody deletes it, in the settings of the browser perhaps.
          wantedFor = wantedVersion === null ? 'gone' : 'newer'
          if (mayGiveWay()) giveWay()
        },
        terminated: lose,
      })
      await prepare(db)
      current = db
      hear(null)
      return db
    } catch (error) {
      hear(isNewer(error) ? 'newer' : 'gone')
      throw error
    } finally {
      clearTimeout(late)
      opening = null
    }
  }
  return {
    current: () => current,
    open: () => (current === null ? (opening ??= openAnew()) : Promise.resolve(current)),
    lose,
    isWanted: () => wantedFor !== null && mayGiveWay(),
    giveWay,
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

/** The data of one write. A runner's first batch is always written with the runner. */
export interface Rows {
  readonly runs: readonly StoredGroupRun[]
  readonly participations: readonly StoredParticipation[]
  readonly batches: readonly BatchRow[]
}

const isNewer = (error: unknown): boolean => error instanceof DOMException && error.name === 'VersionError'

/** Put rows in one transaction that is on the disk, not only on its way there, when it is done: these rows are what an empty
 *  battery may not take. Asked of the database within this call, so that a page that is about to go still gets it out.
 *  @throws what the browser says; then nothing of it is there */
export async function putRows(db: Database, { runs, participations, batches }: Rows): Promise<void> {
  const change = db.transaction(['groupRuns', 'participations', 'batches'], 'readwrite', { durability: 'strict' })
  const puts: Promise<unknown>[] = [
    ...runs.map((run) => change.objectStore('groupRuns').put(run)),
    ...participations.map((one) => change.objectStore('participations').put(one)),
    ...batches.map((row) => change.objectStore('batches').put(row)),
  ]
  change.commit()
  // One failed put fails the whole; each is heard, so that none is an unhandled rejection.
  await Promise.all([...puts, change.done])
}
