// One process serves a data folder, and no other beside it: each would hold what the other does not know of (turns, pace, who is
// asked to wait), and their writes would stand in each other's way.
import { join } from 'node:path'
import { ExpectedError } from '../store/expected-error.ts'
import { lockFile } from './file-lock.ts'
import { makePrivateFile, openPrivateFolder } from './private-folder.ts'

/** @returns what lets go of the folder
 *  @throws ExpectedError ALREADY_SERVED */
export function serveAlone(folder: string): () => void {
  openPrivateFolder(folder)
  const path = join(folder, 'serving.lock')
  makePrivateFile(path)
  const letGo = lockFile(path, 'alone')
  if (letGo !== null) return letGo
  throw new ExpectedError(
    'ALREADY_SERVED',
    `another calmpace serves the data in ${folder}: end that one first, or name another folder in CALMPACE_DATA`,
  )
}
