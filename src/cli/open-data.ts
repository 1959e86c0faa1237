// The database of the data folder, for commands: those that only read it make, change and migrate nothing.
import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'
import { openToRead } from '../node/open-to-read.ts'
import { openStore } from '../node/open-store.ts'
import { serveAlone } from '../node/serve-alone.ts'
import { ExpectedError } from '../store/expected-error.ts'
import { isMigrated } from '../store/migrations.ts'

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

/** Open it for a command that changes something, also while a server runs. A database of an older calmpace is brought up to date only
 *  where no server runs: that one knows the older tables.
 *  @throws as `findDatabase` and `openStore`; ExpectedError ALREADY_SERVED, and nothing was changed */
export async function openToChange(dataFolder: string): ReturnType<typeof openStore> {
  const path = findDatabase(dataFolder)
  if (await isUpToDate(path)) return openStore(dataFolder)
  const letGo = serveAlone(dataFolder)
  const store = await openStore(dataFolder).catch((error: unknown) => {
    letGo()
    throw error
  })
  return { ...store, close: () => store.close().finally(letGo) }
}

/** What cannot be read so is not; opening it says why. */
async function isUpToDate(path: string): Promise<boolean> {
  try {
    const { db, close } = openToRead(path)
    return await isMigrated(db).finally(close)
  } catch {
    return false
  }
}
