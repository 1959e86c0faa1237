// Turns the paths of a command into files, in order. Folders give what may hold a run, by name; a path that was named is
// always tried, so that a person gets a word about it.
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileProblem } from '../domain/reading-codes.ts'
import type { ByteSource } from '../formats/byte-source.ts'
import { mayHoldRun } from '../formats/kind.ts'
import { sourceOfFile } from '../node/file-source.ts'

export type FoundFile =
  /** The source can be read until the next file is asked for. */
  | { readonly path: string; readonly ok: true; readonly source: ByteSource }
  | { readonly path: string; readonly ok: false; readonly code: FileProblem }

export async function* findFiles(paths: readonly string[]): AsyncGenerator<FoundFile> {
  for (const path of paths) {
    const kind = await stat(path).catch(() => null)
    if (kind === null) yield { path, ok: false, code: 'UNREADABLE' }
    else if (kind.isDirectory()) for (const file of await listFolder(path)) yield* openOne(file)
    else yield* openOne(path)
  }
}

async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile() && mayHoldRun(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

async function* openOne(path: string): AsyncGenerator<FoundFile> {
  const file = await open(path).catch(() => null)
  if (file === null) {
    yield { path, ok: false, code: 'UNREADABLE' }
    return
  }
  try {
    const { size } = await file.stat()
    yield { path, ok: true, source: sourceOfFile(file, size) }
  } finally {
    await file.close()
  }
}
