// The database of the data folder, for commands that only read it: nothing is made, changed or migrated.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Parsed } from './arguments.ts'

/** @returns the path of the database file that is there */
export function findDatabase(dataFolder: string): Parsed<string> {
  const path = join(dataFolder, 'calmpace.sqlite')
  if (existsSync(path)) return { ok: true, value: path }
  return { ok: false, reason: `no database in ${dataFolder}; CALMPACE_DATA names another folder` }
}
