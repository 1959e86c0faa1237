// Turns the paths of a command into files, in order. Folders give what may hold a run, by name, links in them too; a path that was
// named is always tried, so that a person gets a word about it. What cannot be looked into is told and ends nothing.
import type { Dirent, Stats } from 'node:fs'
import { open, readdir, realpath, stat, type FileHandle } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { FileProblem } from '../domain/reading-codes.ts'
import type { ByteSource } from '../formats/byte-source.ts'
import { mayHoldRun } from '../formats/kind.ts'
import { sourceOfFile } from '../node/file-source.ts'
import { spoolStream, TooLongError } from '../node/spool-stream.ts'

/** Standard input as a path. Where it is a socket the system's own names for it cannot be opened. */
const standardInput = ['-', '/dev/stdin', '/dev/fd/0']

export type FoundFile =
  /** The source can be read until the next file is asked for. */
  | { readonly path: string; readonly found: 'file'; readonly source: ByteSource }
  | { readonly path: string; readonly found: 'problem'; readonly code: FileProblem }
  /** A folder that was named, with nothing in it that may hold a run. */
  | { readonly path: string; readonly found: 'nothing' }

const problem = (path: string, code: FileProblem = 'UNREADABLE'): FoundFile => ({ path, found: 'problem', code })

export async function* findFiles(paths: readonly string[]): AsyncGenerator<FoundFile> {
  for (const path of paths) {
    const isInput = standardInput.includes(path)
    const kind = isInput ? null : await statOf(path)
    if (isInput) yield* readToItsEnd(path, process.stdin)
    else if (kind?.isDirectory() !== true) yield* openOne(path)
    else {
      let isEmpty = true
      for await (const found of listFolder(path, new Set())) {
        isEmpty = false
        yield* typeof found === 'string' ? openOne(found) : [found]
      }
      if (isEmpty) yield { path, found: 'nothing' }
    }
  }
}

const statOf = (path: string): Promise<Stats | null> => stat(path).catch(() => null)

/** Paths in their order, and what could not be looked into.
 *  @param seen folders by their real path: each is gone through once, however links lead to it */
async function* listFolder(folder: string, seen: Set<string>): AsyncGenerator<string | FoundFile> {
  const real = await realpath(folder).catch(() => null)
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null)
  if (real === null || entries === null) {
    yield problem(folder)
    return
  }
  if (seen.has(real)) return
  seen.add(real)
  // As their paths sort: what is in `a` stands behind `a.fit`.
  const key = (entry: Dirent) => (entry.isDirectory() ? `${entry.name}/` : entry.name)
  for (const entry of entries.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* listFolder(path, seen)
    else if (entry.isSymbolicLink()) yield* followLink(path, seen)
    else if (mayHoldRun(entry.name)) yield entry.isFile() ? path : problem(path)
  }
}

/** A link goes by its own name or that of what it leads to. One that leads nowhere is told, unless its name says that it is no run. */
async function* followLink(path: string, seen: Set<string>): AsyncGenerator<string | FoundFile> {
  const kind = await statOf(path)
  const target = await realpath(path).catch(() => path)
  if (kind?.isDirectory() === true) yield* listFolder(path, seen)
  else if (mayHoldRun(basename(path)) || mayHoldRun(basename(target)))
    yield kind?.isFile() === true ? path : problem(path)
  else if (kind === null && extname(path) === '') yield problem(path)
}

async function* openOne(path: string): AsyncGenerator<FoundFile> {
  const file = await open(path).catch(() => null)
  if (file === null) {
    yield problem(path)
    return
  }
  try {
    const kind = await file.stat()
    // What the system makes up on the way says 0 too.
    if (kind.isFile() && kind.size > 0) yield { path, found: 'file', source: sourceOfFile(file, kind.size) }
    else yield* readToItsEnd(path, file.createReadStream({ autoClose: false }))
  } finally {
    await file.close()
  }
}

/** A pipe has no size and cannot be read twice: all of it waits on disk. */
async function* readToItsEnd(path: string, stream: AsyncIterable<Uint8Array>): AsyncGenerator<FoundFile> {
  let spooled: FileHandle | null = null
  try {
    spooled = await spoolStream(stream)
    yield { path, found: 'file', source: sourceOfFile(spooled, (await spooled.stat()).size) }
  } catch (error) {
    if (spooled !== null) throw error
    yield problem(path, error instanceof TooLongError ? 'TOO_LARGE' : 'UNREADABLE')
  } finally {
    await spooled?.close()
  }
}
