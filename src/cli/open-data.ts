// Finds the database of the data folder, for commands. It loads no store: those that only read need none.
import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'
import { ExpectedError } from '../store/expected-error.ts'

/** @returns the path of the database file that is there
 *  @throws in words, where there is none or it may not be read */
export function findDatabase(dataFolder: string): string {
  const path = join(dataFolder, 'calmpace.sqlite')
  if (isFolder(dataFolder) === false)
    throw new ExpectedError(
      'NOT_A_FOLDER',
      `${dataFolder} is a file, not a folder. Name the folder of the clinic in CALMPACE_DATA`,
    )
  const found = isFolder(path)
  if (found === null)
    throw new ExpectedError(
      'NO_DATABASE',
      `no database in ${dataFolder}. Which folder does the server use? Name it in CALMPACE_DATA`,
    )
  if (found) throw new ExpectedError('NOT_A_DATABASE', `${path} is a folder, not a database`)
  accessSync(path, constants.R_OK)
  return path
}

/** @returns null where nothing is there
 *  @throws the system's error, where that may not be known */
const isFolder = (path: string): boolean | null => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? null
