// Checks whether a data folder holds a clinic. A new clinic begins only when somebody asks for it. Otherwise a locked
// encrypted disk, or a typing error in CALMPACE_DATA, would show an empty clinic with a link for its first
// administrator.
import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ExpectedError } from '../store/expected-error.ts'

/** The folder that `npm start` uses by itself. */
const ownFolder = fileURLToPath(new URL('../../data', import.meta.url))

const isFilled = (folder: string, name: string): boolean =>
  (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0) > 0

/** A database file with something in it; what that is SQLite finds out. Its first page is written before any log of changes. */
export const hasClinic = (folder: string): boolean => isFilled(folder, 'calmpace.sqlite')

/** Of a folder without a clinic: SQLite begins a new database beside what is left of another one, and deletes that. Nothing is made here.
 *  @throws ExpectedError PART_OF_CLINIC, where changes lie there without the database that they belong to */
export function requireNoPart(folder: string): void {
  const part = ['calmpace.sqlite-wal', 'calmpace.sqlite-journal'].find((name) => isFilled(folder, name))
  if (part !== undefined)
    throw new ExpectedError(
      'PART_OF_CLINIC',
      `${join(folder, part)} is there without its database: was a copy broken off, or calmpace.sqlite moved away? It may hold what was written ` +
        'last, and was not touched. Put back calmpace.sqlite beside it, or move it away',
    )
}

/** Nothing is made here.
 *  @throws ExpectedError PART_OF_CLINIC; NO_CLINIC, where there is none and nobody asked for a new one */
export function requireClinic(folder: string): void {
  if (hasClinic(folder)) return
  requireNoPart(folder)
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
