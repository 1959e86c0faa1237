// Checks whether a data folder holds a clinic. A new clinic begins only when somebody asks for it. Otherwise a locked
// encrypted disk, or a typing error in CALMPACE_DATA, would show an empty clinic with a link for its first
// administrator.
import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ExpectedError } from '../store/expected-error.ts'

/** The folder that `npm start` uses by itself. */
const ownFolder = fileURLToPath(new URL('../../data', import.meta.url))

/** A database file with something in it, or changes that are not in it yet; what that is SQLite finds out. */
export const hasClinic = (folder: string): boolean =>
  ['calmpace.sqlite', 'calmpace.sqlite-wal'].some(
    (name) => (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0) > 0,
  )

/** Nothing is made here.
 *  @throws ExpectedError NO_CLINIC, where there is none and nobody asked for a new one */
export function requireClinic(folder: string): void {
  if (hasClinic(folder)) return
  // The first start of a checkout: its own folder is not there yet, so no disk can be missing from it.
  if (resolve(folder) === resolve(ownFolder) && !existsSync(folder)) return
  const what = existsSync(join(folder, 'calmpace.sqlite'))
    ? `the database in ${folder} is empty: was a copy broken off?`
    : `there is no clinic in ${folder}: is its disk opened and mounted, and is this the folder that CALMPACE_DATA should name?`
  throw new ExpectedError(
    'NO_CLINIC',
    `${what} Nothing was made. For a new clinic run once: npm run -s calmpace -- init`,
  )
}
