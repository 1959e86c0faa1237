// A lock on a file. The system releases it when the process ends, however it ends. Node has no such lock; SQLite has
// one.
// @source https://sqlite.org/lockingv3.html
import { DatabaseSync } from 'node:sqlite'
import { sqliteCodeOf } from '../store/sqlite-code.ts'

const SQLITE_BUSY = 5

/** @param path a file of its own, made where it is missing; nothing else opens it, for closing it would let the lock go
 *  @param kind  many may hold it `shared` at a time, or one `alone`
 *  @returns what lets go of it; null where another holds it
 *  @throws the system's or SQLite's error, e.g. where the file cannot be made */
export function lockFile(path: string, kind: 'shared' | 'alone'): (() => void) | null {
  const lock = new DatabaseSync(path, { timeout: 0 })
  try {
    lock.exec(kind === 'alone' ? 'begin exclusive' : 'begin; select count(*) from sqlite_schema')
    return () => lock.close()
  } catch (error) {
    lock.close()
    if (sqliteCodeOf(error) === SQLITE_BUSY) return null
    throw error
  }
}
