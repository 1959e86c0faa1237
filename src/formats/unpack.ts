// Opens what people bring: a bare file, a gzipped one, a zip, a zip in a zip, an export of years. It reads through a
// `ByteSource` and yields one file at a time, so that memory holds one, and stops at limits counted on the bytes that
// really come out. Called by the command line, by the server, and by the page before it sends anything.
import type { FileProblem } from '../domain/reading-codes.ts'
import { sourceOfBytes, type ByteSource } from './byte-source.ts'
import { inflate, type Inflated } from './inflate.ts'
import { isArchiveName, kindOf, KIND_BYTES, mayHoldRun } from './kind.ts'
import { findPacked, listZip, type ZipEntry } from './zip-directory.ts'

export interface UnpackLimits {
  /** One file as it comes out. */
  readonly fileBytes: number
  /** One packed archive inside another: it is unpacked to memory before it is opened. */
  readonly archiveBytes: number
  /** All that comes out of one source. */
  readonly unpackedBytes: number
  /** Files worth opening in one archive. */
  readonly files: number
  readonly depth: number
}
const MB = 1024 * 1024
export const unpackLimits: UnpackLimits = {
  fileBytes: 64 * MB,
  archiveBytes: 256 * MB,
  unpackedBytes: 512 * MB,
  files: 5000,
  depth: 3,
}

export type Unpacked =
  | { readonly path: string; readonly ok: true; readonly bytes: Uint8Array }
  | { readonly path: string; readonly ok: false; readonly code: FileProblem }

/** Yield every file in a source, in archive order; a problem concerns its own path only, save the limits of the whole,
 *  after which nothing more comes. Paths of archive members are `archive/member`.
 *  @param name the file's name; the kind is told from the bytes first, from the name where they say nothing */
export async function* unpack(
  name: string,
  source: ByteSource,
  limits: UnpackLimits = unpackLimits,
): AsyncGenerator<Unpacked> {
  try {
    yield* open({ path: name, source, depth: 0 }, { limits, spent: { unpackedBytes: 0 } })
  } catch {
    // The source itself failed: a file that was taken away or changed meanwhile.
    yield { path: name, ok: false, code: 'UNREADABLE' }
  }
}

interface Found {
  readonly path: string
  readonly source: ByteSource
  readonly depth: number
}
interface Budget {
  readonly limits: UnpackLimits
  readonly spent: { unpackedBytes: number }
}
/** The files of something, and whether to go on after it. */
type Opening = AsyncGenerator<Unpacked, boolean>

async function* open(found: Found, budget: Budget): Opening {
  const { path, source, depth } = found
  if (source.size === 0) return yield* problem(path, 'EMPTY')
  const kind = kindOf(path, await source.read(0, KIND_BYTES))
  switch (kind) {
    case 'fit':
    case 'tcx':
    case 'gpx':
    case 'stream':
      if (source.size > budget.limits.fileBytes) return yield* problem(path, 'TOO_LARGE')
      yield { path, ok: true, bytes: await source.read(0, source.size) }
      return true
    case 'other':
      return yield* problem(path, 'UNKNOWN_KIND')
    case 'gzip':
    case 'zip':
      if (depth >= budget.limits.depth) return yield* problem(path, 'NESTED_TOO_DEEP')
      return yield* kind === 'zip' ? openZip(found, budget) : openGzip(found, budget)
  }
}

async function* openGzip(found: Found, budget: Budget): Opening {
  const inner = await inflate(found.source, 'gzip', inflateBudget(budget, found.path))
  return yield* openInflated(found.path, inner, found.depth + 1, budget)
}

async function* openZip({ path, source, depth }: Found, budget: Budget): Opening {
  const list = await listZip(source)
  if (list === null) return yield* problem(path, 'ARCHIVE_BROKEN')
  const entries = list.entries.filter((entry) => !isClutter(entry.path))
  if (entries.length === 0 && list.complete) return yield* problem(path, 'EMPTY')
  let opened = 0
  for (const entry of entries) {
    const inside = `${path}/${entry.path}`
    if (!mayHoldRun(entry.path)) {
      yield* problem(inside, 'UNKNOWN_KIND')
      continue
    }
    if (++opened > budget.limits.files) {
      yield* problem(path, 'TOO_MANY_FILES')
      return false
    }
    if (!(yield* openEntry(entry, { path: inside, source, depth: depth + 1 }, budget))) return false
  }
  if (!list.complete) yield* problem(path, 'ARCHIVE_BROKEN')
  return true
}

/** @param archive where the entry lies, under the entry's own path */
async function* openEntry(entry: ZipEntry, archive: Found, budget: Budget): Opening {
  const { path, depth } = archive
  if (entry.encrypted) return yield* problem(path, 'ARCHIVE_ENCRYPTED')
  if (entry.method !== 0 && entry.method !== 8) return yield* problem(path, 'ARCHIVE_BROKEN')
  const packed = await findPacked(archive.source, entry)
  if (packed === null) return yield* problem(path, 'ARCHIVE_BROKEN')
  // A zip that is only stored in another is read where it lies.
  if (entry.method === 0 && isArchiveName(path)) return yield* open({ path, source: packed, depth }, budget)
  const inner = await inflate(packed, entry.method === 0 ? 'stored' : 'deflate', inflateBudget(budget, path))
  return yield* openInflated(path, inner, depth, budget)
}

async function* openInflated(path: string, inner: Inflated, depth: number, budget: Budget): Opening {
  if (inner.ok) return yield* open({ path, source: sourceOfBytes(inner.bytes), depth }, budget)
  yield* problem(path, inner.code)
  return inner.code !== 'UNPACKED_TOO_LARGE'
}

const inflateBudget = ({ limits, spent }: Budget, path: string) => ({
  fileBytes: isArchiveName(path) ? limits.archiveBytes : limits.fileBytes,
  unpackedBytes: limits.unpackedBytes,
  spent,
})

/** Tell a problem of one file; `true`, because the others go on. */
async function* problem(path: string, code: FileProblem): AsyncGenerator<Unpacked, true> {
  yield { path, ok: false, code }
  return true
}

function isClutter(path: string): boolean {
  return path.endsWith('/') || /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$)/.test(path)
}
