// `calmpace backup FILE`: a consistent copy of the database, while a server goes on writing to it.
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { findDatabase } from './open-data.ts'

/** The copy is made beside FILE and takes its name once it was read back whole: a FILE that is there is a good one.
 *  @returns the exit code: 0 there is a copy, 1 there is none */
export function backup(
  dataFolder: string,
  file: string,
  print: (line: string) => void,
  complain: (line: string) => void,
): 0 | 1 {
  const found = findDatabase(dataFolder)
  const reason = !found.ok ? found.reason : existsSync(file) ? `${file} is there already; it was not touched` : null
  if (!found.ok || reason !== null) {
    complain(reason ?? '')
    return 1
  }
  const part = `${file}.part`
  try {
    copyTo(found.value, part)
    const lines = readBack(part)
    giveName(part, file)
    print(`${file}: whole, ${lines} lines in its log`)
    return 0
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return 1
  } finally {
    rmSync(part, { force: true })
  }
}

/** Fails where somebody else made FILE meanwhile; a disk without hard links (a stick) cannot tell so surely. */
function giveName(part: string, file: string): void {
  try {
    linkSync(part, file)
  } catch (error) {
    if (existsSync(file)) throw error
    renameSync(part, file)
  }
}

/** `vacuum into` reads one moment of the database, whatever is written meanwhile, and takes no deleted page along. */
function copyTo(database: string, part: string): void {
  rmSync(part, { force: true })
  closeSync(openSync(part, 'wx', 0o600))
  const source = new DatabaseSync(database, { readOnly: true })
  try {
    source.exec('pragma busy_timeout = 5000')
    source.prepare('vacuum into ?').run(part)
  } finally {
    source.close()
  }
  const file = openSync(part, 'r+')
  fsyncSync(file)
  closeSync(file)
}

/** @throws where the copy is not whole */
function readBack(part: string): number {
  const copy = new DatabaseSync(part, { readOnly: true })
  try {
    const whole = copy.prepare('pragma integrity_check').all()
    const dangling = copy.prepare('pragma foreign_key_check').all()
    if (whole.length !== 1 || whole[0]?.['integrity_check'] !== 'ok' || dangling.length > 0)
      throw new Error('the copy is not whole: the database itself may be damaged')
    return Number(copy.prepare('select count(*) as lines from audit').get()?.['lines'])
  } finally {
    copy.close()
  }
}
