// One process serves a data folder, and no other beside it: each would hold what the other does not know of (turns, pace, who is
// asked to wait), and their writes would stand in each other's way.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ExpectedError } from '../store/expected-error.ts'
import { makePrivateFile, openPrivateFolder } from './private-folder.ts'

/** SQLite's lock on a file of its own: the system lets go of it with the process, however that ends. Node has no other.
 *  @source https://sqlite.org/rescode.html */
const SQLITE_BUSY = 5

/** @returns what lets go of the folder
 *  @throws ExpectedError ALREADY_SERVED */
export function serveAlone(folder: string): () => void {
  openPrivateFolder(folder)
  const path = join(folder, 'serving.lock')
  makePrivateFile(path)
  const lock = new DatabaseSync(path, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (error instanceof Error && 'errcode' in error && Number(error.errcode) === SQLITE_BUSY)
      throw new ExpectedError(
        'ALREADY_SERVED',
        `another calmpace serves the data in ${folder}: end that one first, or name another folder in CALMPACE_DATA`,
        { cause: error },
      )
    throw error
  }
  return () => lock.close()
}
