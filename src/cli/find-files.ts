// Turns the paths of a command into files, in order. Folders give what may hold a run, by name; a path that was named is
// always tried, so that a person gets a word about it.
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileProblem } from '../domain/reading-codes.ts'
import { mayHoldRun } from '../formats/kind.ts'
import { unpackLimits } from '../formats/unpack.ts'

export type FoundFile =
  | { readonly path: string; readonly ok: true; readonly bytes: Uint8Array }
  | { readonly path: string; readonly ok: false; readonly code: FileProblem }

export async function* findFiles(paths: readonly string[]): AsyncGenerator<FoundFile> {
  for (const path of paths) {
    const kind = await stat(path).catch(() => null)
    if (kind === null) yield { path, ok: false, code: 'UNREADABLE' }
    else if (kind.isDirectory()) for (const file of await listFolder(path)) yield await readOne(file)
    else yield await readOne(path)
  }
}

async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile() && mayHoldRun(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

async function readOne(path: string): Promise<FoundFile> {
  try {
    if ((await stat(path)).size > unpackLimits.fileBytes) return { path, ok: false, code: 'TOO_LARGE' }
    return { path, ok: true, bytes: new Uint8Array(await readFile(path)) }
  } catch {
    return { path, ok: false, code: 'UNREADABLE' }
  }
}
