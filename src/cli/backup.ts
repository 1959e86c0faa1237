// `calmpace backup FILE`: a consistent copy of the database, while a server goes on writing to it.
import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, lstatSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { KEPT_FREE_BYTES, freeBytesSync } from '../node/disk-space.ts'
import { requireFailure } from '../node/failure.ts'
import { ExpectedError } from '../store/expected-error.ts'
import { findDatabase } from './open-data.ts'
import type { Output } from './output.ts'

/** The copy is made beside FILE and takes its name once it was read back whole: a FILE that is there is a good one.
 *  @param mayBeOlder also of a clinic that is older than the last copy beside FILE, or another one
 *  @param free how much room there is, for tests
 *  @returns the exit code: 0 there is a copy, 1 there is none */
export function backup(
  dataFolder: string,
  name: string,
  output: Output,
  mayBeOlder = false,
  free: (folder: string) => number = freeBytesSync,
): 0 | 1 {
  const file = resolve(name)
  const part = `${file}.calmpace-${randomUUID().slice(0, 8)}.part`
  try {
    const database = findDatabase(dataFolder)
    if (isThere(file)) throw thereAlready(file)
    const folder = dirname(file)
    removeLeftParts(folder)
    requireSomebody(database, resolve(dataFolder))
    if (!mayBeOlder) requireNotOlder(database, resolve(dataFolder), folder)
    requireSpace(database, folder, free(folder))
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
    for (const rest of ['', '-journal']) rmSync(`${part}${rest}`, { force: true })
  }
}

const megabytes = (path: string): number => Math.ceil(statSync(path).size / 1e6)
const thereAlready = (file: string) => new ExpectedError('FILE_THERE', `${file} is there already; it was not touched`)

const LEFT_MS = 86_400_000

/** What copies that were broken off left there, with what they had copied: under yesterday's name nothing else removes it. */
function removeLeftParts(folder: string): void {
  for (const name of readdirSync(folder).filter((one) => /\.calmpace-[0-9a-f]{8}\.part(-journal)?$/.test(one))) {
    const path = join(folder, name)
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found?.isFile() === true && found.mtimeMs < Date.now() - LEFT_MS) rmSync(path, { force: true })
  }
}

/** @throws where nobody and nothing is in it: a folder that nobody uses, of which a copy would only look like one */
function requireSomebody(database: string, folder: string): void {
  const isEmpty = reading(database, (sqlite) =>
    ['person', 'client', 'care_group'].every(
      (table) => sqlite.prepare(`select 1 from ${table} limit 1`).get() === undefined,
    ),
  )
  if (isEmpty)
    throw new ExpectedError(
      'EMPTY_CLINIC',
      `the clinic in ${folder} is empty; no copy was made. Which folder does the server use? Name it in CALMPACE_DATA`,
    )
}

/** The newest copy in the folder knows how far the log had come, and how its lines hang together.
 *  @throws where this clinic's log is shorter, or another one: after a restore the nightly copy may still take the folder of before */
function requireNotOlder(database: string, from: string, folder: string): void {
  const copies = readdirSync(folder)
    .filter((name) => name.endsWith('.sqlite'))
    .map((name) => join(folder, name))
    .flatMap((path) => {
      const found = statSync(path, { throwIfNoEntry: false })
      return found?.isFile() === true && path !== resolve(database) ? [{ path, atMs: found.mtimeMs }] : []
    })
    .toSorted((a, b) => b.atMs - a.atMs)
  for (const { path } of copies) {
    const head = headOf(path)
    if (head === null) continue
    const same = reading(database, (sqlite) => sqlite.prepare('select hash from audit where seq = ?').get(head.seq))
    if (same?.['hash'] === head.hash) return
    const why = same === undefined ? 'is older than' : 'is another one than that of'
    throw new ExpectedError(
      'OLDER_THAN_COPY',
      `the clinic in ${from} ${why} the last copy, ${path} (${head.seq} lines in its log); no copy was made. Which folder does the server use? ` +
        'Name it in CALMPACE_DATA. If this is the right one, after a restore: --allow-older',
    )
  }
}

/** @returns null where it is no copy of a clinic that this version reads, or nothing was ever logged in it */
function headOf(path: string): { readonly seq: number; readonly hash: unknown } | null {
  try {
    const last = reading(path, (sqlite) =>
      sqlite.prepare('select seq, hash, who_seal from audit order by seq desc limit 1').get(),
    )
    return last === undefined ? null : { seq: Number(last['seq']), hash: last['hash'] }
  } catch {
    return null
  }
}

/** On the disk of the clinic itself, what the server needs to go on stays free.
 *  @throws where the copy has no room */
function requireSpace(database: string, folder: string, free: number): void {
  const bytes = reading(database, (sqlite) => {
    const read = (name: string) => Number(Object.values(sqlite.prepare(`pragma ${name}`).get() ?? {})[0])
    return (read('page_count') - read('freelist_count')) * read('page_size')
  })
  const needed = bytes + (statSync(database).dev === statSync(folder).dev ? KEPT_FREE_BYTES : 0)
  if (free >= needed) return
  throw new ExpectedError(
    'DISK_FULL',
    `the copy needs ${Math.ceil(needed / 1e6)} MB, and the disk of ${folder} has ${Math.floor(free / 1e6)} MB: make room, or name another disk`,
  )
}

function reading<T>(path: string, read: (sqlite: DatabaseSync) => T): T {
  const sqlite = new DatabaseSync(path, { readOnly: true })
  try {
    sqlite.exec('pragma busy_timeout = 5000')
    return read(sqlite)
  } finally {
    sqlite.close()
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
