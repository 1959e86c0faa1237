// Makes sure that only one process serves a data folder. Two processes would not know each other's state (turns, rates,
// waits), and their writes would conflict.
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
