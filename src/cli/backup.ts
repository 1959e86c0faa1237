// `calmpace backup FILE`: a consistent copy of the database, while a server goes on writing to it.
import { closeSync, fsyncSync, linkSync, lstatSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { requireFailure } from '../node/failure.ts'
import { ExpectedError } from '../store/expected-error.ts'
import { findDatabase } from './open-data.ts'
import type { Output } from './output.ts'

/** The copy is made beside FILE and takes its name once it was read back whole: a FILE that is there is a good one.
 *  @returns the exit code: 0 there is a copy, 1 there is none */
export function backup(dataFolder: string, name: string, output: Output): 0 | 1 {
  const file = resolve(name)
  const part = `${file}.part`
  let isBegun = false
  try {
    const database = findDatabase(dataFolder)
    if (isThere(file)) throw thereAlready(file)
    removeLeftParts(dirname(file))
    isBegun = true
    output.progress.show(`copying ${megabytes(database)} MB`)
    copyDatabase(database, part)
    output.progress.show('reading the copy back')
    const logLines = readBack(part)
    giveName(part, file)
    const from = resolve(dataFolder)
    output.result([`${file}: whole, ${logLines} lines in its log, from ${from}`], {
      ok: true,
      file,
      bytes: statSync(file).size,
      logLines,
      dataFolder: from,
    })
    return 0
  } catch (error) {
    return output.fail(requireFailure(error, dataFolder))
  } finally {
    output.progress.clear()
    if (isBegun) for (const rest of ['', '-journal']) rmSync(`${part}${rest}`, { force: true })
  }
}

const megabytes = (path: string): number => Math.ceil(statSync(path).size / 1e6)
const thereAlready = (file: string) => new ExpectedError('FILE_THERE', `${file} is there already; it was not touched`)

const LEFT_MS = 86_400_000

/** What copies that were broken off left there, with what they had copied: under yesterday's name nothing else removes it. */
function removeLeftParts(folder: string): void {
  for (const name of readdirSync(folder).filter((one) => /\.sqlite\.part(-journal|-wal|-shm)?$/.test(one))) {
    const path = join(folder, name)
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found?.isFile() === true && found.mtimeMs < Date.now() - LEFT_MS) rmSync(path, { force: true })
  }
}

/** A link that leads nowhere too: to a disk that is not there at this moment. */
const isThere = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false }) !== undefined

/** Fails where somebody else made FILE meanwhile; a disk without hard links (a stick) cannot tell so surely. */
function giveName(part: string, file: string): void {
  try {
    linkSync(part, file)
  } catch {
    if (isThere(file)) throw thereAlready(file)
    renameSync(part, file)
  }
}

/** `vacuum into` reads one moment of the database, whatever is written meanwhile, and takes no deleted page along. */
export function copyDatabase(database: string, part: string): void {
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
      throw new ExpectedError('DAMAGED', 'the copy is not whole: the database itself may be damaged')
    return Number(copy.prepare('select count(*) as lines from audit').get()?.['lines'])
  } finally {
    copy.close()
  }
}
