// Opens the clinic for commands that change something.
import { openStore } from '../node/open-store.ts'
import { openToRead } from '../node/open-to-read.ts'
import { serveAlone } from '../node/serve-alone.ts'
import { isMigrated } from '../store/migrations.ts'
import { findDatabase } from './open-data.ts'

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
