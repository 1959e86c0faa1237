// Opens what people bring: a bare file, a gzipped one, a zip, a tar, a zip in a zip, an export of years. It reads through a
// `ByteSource` and yields one file at a time, so that memory holds one, and stops at limits counted on the bytes that
// really come out, and at a moment that somebody else keeps: never at a number of files. What cannot be a run costs a name, or a
// look at its first bytes. Called by the command line, by the server, and by the page before it sends anything.
import type { FileProblem } from '../domain/reading-codes.ts'
import { sourceOfBytes, type ByteSource } from './byte-source.ts'
import { saysNoRun } from './fit/says-no-run.ts'
import { flowOf, gunzipFlow, type PieceFlow } from './inflate.ts'
import { isArchiveName, isNamedOther, kindOf, KIND_BYTES } from './kind.ts'
import { packingOf, problemOfMethod } from './packings.ts'
import { Pieces, type Kept } from './pieces.ts'
import { readTar } from './tar.ts'
import { Budget, unpackLimits, type UnpackLimits } from './unpack-budget.ts'
import { findPacked, flowOfEntry, walkZip } from './zip-directory.ts'
import type { ZipEntry } from './zip-entry.ts'

interface Place {
  readonly path: string
  /** The innermost archive that it lies in; null for what was handed in itself. */
  readonly archive: string | null
}
export interface UnpackedFile extends Place {
  readonly ok: true
  readonly bytes: Uint8Array
}
export interface LeftFile extends Place {
  readonly ok: false
  readonly code: FileProblem
}
export type Unpacked = UnpackedFile | LeftFile

/** Yield every file in a source, in archive order. A problem concerns its own path, and whatever else lies in that path; after
 *  a limit of the whole nothing more comes. Paths of archive members are `archive/member`.
 *  @param name the file's name; the kind is told from the bytes first, from the name where they say nothing
 *  @param isTimeUp asked again and again: who waits for this has a moment at which it ends */
export async function* unpack(
  name: string,
  source: ByteSource,
  limits: UnpackLimits = unpackLimits,
  isTimeUp: () => boolean = () => false,
): AsyncGenerator<Unpacked> {
  const found: Found = { path: name, archive: null, depth: 0 }
  const budget = new Budget(limits, source.size, isTimeUp)
  try {
    yield* openSource(found, source, budget)
    if (budget.stop === 'all') yield* problem(found, budget.isLate ? 'OUT_OF_TIME' : 'UNPACKED_TOO_LARGE')
  } catch {
    // The source itself failed: a file that was taken away or changed meanwhile.
    yield* problem(found, 'UNREADABLE')
  }
}

interface Found extends Place {
  readonly depth: number
}
type Files = AsyncGenerator<Unpacked>

/** What can be read at any place: handed in, or stored in an archive as it is. */
async function* openSource(found: Found, source: ByteSource, budget: Budget): Files {
  if (source.size === 0) return yield* problem(found, 'EMPTY')
  const head = await source.read(0, KIND_BYTES)
  if (kindOf(found.path, head) === 'zip' && !isAppleDouble(found.path, head)) yield* openZip(found, source, budget)
  else yield* openPieces(found, new Pieces(flowOf(source), budget.meter()), source.size, budget)
}

/** What comes one piece after another.
 *  @param sizeBytes as far as it is known; a file may be told from its beginning and its size alone */
async function* openPieces(found: Found, pieces: Pieces, sizeBytes: number | null, budget: Budget): Files {
  const { path } = found
  const { limits } = budget
  const head = await pieces.peek(KIND_BYTES)
  if (pieces.end === 'stopped') return
  if (head.length === 0) return yield* problem(found, pieces.end !== 'broken' ? 'EMPTY' : 'FILE_DAMAGED')
  if (isAppleDouble(path, head)) {
    if (found.archive === null) yield* problem(found, 'UNKNOWN_KIND')
    return
  }
  const kind = kindOf(path, head)
  switch (kind) {
    case 'fit':
      if (sizeBytes !== null && saysNoRun(head, sizeBytes)) return yield* problem(found, 'NOT_ACTIVITY')
      return yield* keepFile(found, await pieces.keep(limits.fileBytes))
    case 'tcx':
    case 'gpx':
    case 'stream':
      return yield* keepFile(found, await pieces.keep(limits.fileBytes))
    case 'other':
      return yield* problem(found, 'UNKNOWN_KIND')
    case 'packed':
      return yield* problem(found, packingOf(head) ?? 'PACKED_OTHERWISE')
    case 'gzip':
    case 'tar':
    case 'zip':
      if (found.depth >= limits.depth) return yield* problem(found, 'NESTED_TOO_DEEP')
      if (kind === 'tar') return yield* openTar(found, pieces, budget)
      if (kind === 'zip') return yield* openPackedZip(found, await pieces.keep(limits.archiveBytes), budget)
      return yield* openGzip(found, gunzipFlow(pieces.flow()), budget)
  }
}

async function* keepFile(found: Found, kept: Kept): Files {
  if (kept.ok) yield { path: found.path, archive: found.archive, ok: true, bytes: kept.bytes }
  else if (kept.code !== 'STOPPED') yield* problem(found, kept.code === 'BROKEN' ? 'FILE_DAMAGED' : kept.code)
}

/** What it holds counts by itself, as another archive's does: it may be a packed tar. */
async function* openGzip(found: Found, flow: PieceFlow, outer: Budget): Files {
  const budget = outer.forArchive(0)
  const pieces = new Pieces(flow, budget.meter())
  // A packed tar is one archive, not one in another.
  if (kindOf(found.path, await pieces.peek(KIND_BYTES)) === 'tar') yield* openTar(found, pieces, budget)
  else yield* openPieces({ ...found, depth: found.depth + 1 }, pieces, null, budget)
  if (pieces.end === 'trailing') yield* problem(found, 'ARCHIVE_TRAILING')
  yield* stopped(found, budget)
}

/** A zip that has to be in memory: its list stands at its end. */
async function* openPackedZip(found: Found, kept: Kept, budget: Budget): Files {
  if (kept.ok) yield* openZip(found, sourceOfBytes(kept.bytes), budget)
  else if (kept.code === 'BROKEN') yield* openZip(found, sourceOfBytes(kept.bytes), budget, true)
  else if (kept.code === 'TOO_LARGE') yield* problem(found, 'ARCHIVE_TOO_LARGE')
}

async function* openTar(found: Found, pieces: Pieces, budget: Budget): Files {
  const counts = new ArchiveCounts()
  const members = readTar(pieces)
  for (;;) {
    const next = await members.next()
    if (budget.stop !== null) return
    if (next.done === true) return yield* counts.end(found, next.value)
    const { path, sizeBytes, flow } = next.value
    if (isClutter(path)) continue
    const member = memberOf(found, path)
    // What comes out of the tar was counted when it came out of its gzip.
    for await (const one of isNamedOther(path)
      ? problem(member, 'UNKNOWN_KIND')
      : openPieces(member, new Pieces(flow), sizeBytes, budget)) {
      counts.take(one)
      yield one
    }
  }
}

/** @param isDamaged its own checksum says so, or it is cut */
async function* openZip(found: Found, source: ByteSource, outer: Budget, isDamaged = false): Files {
  if (found.depth >= outer.limits.depth) return yield* problem(found, 'NESTED_TOO_DEEP')
  const budget = outer.forArchive(source.size)
  const counts = new ArchiveCounts()
  const entries = walkZip(source)
  while (budget.stop === null) {
    const next = await entries.next()
    if (next.done === true) return yield* counts.end(found, next.value === 'whole' && !isDamaged)
    const entry = next.value
    budget.count(entry.recordBytes)
    if (isClutter(entry.path)) continue
    const member = memberOf(found, entry.path)
    for await (const one of isNamedOther(entry.path)
      ? problem(member, 'UNKNOWN_KIND')
      : openEntry(member, entry, source, budget)) {
      counts.take(one)
      yield one
    }
  }
  yield* stopped(found, budget)
}

async function* openEntry(found: Found, entry: ZipEntry, source: ByteSource, budget: Budget): Files {
  if (entry.encrypted) return yield* problem(found, 'ARCHIVE_ENCRYPTED')
  const { method, sizeBytes, isCut } = entry
  if (method !== 0 && method !== 8) return yield* problem(found, problemOfMethod(method))
  budget.count(budget.limits.openingBytes)
  const packed = await findPacked(source, entry)
  if (packed === null) return yield* problem(found, 'FILE_DAMAGED')
  // A zip that is only stored in another is read where it lies; each of its members has a checksum of its own.
  if (method === 0 && isArchiveName(found.path)) return yield* openSource(found, packed, budget)
  const pieces = new Pieces(flowOfEntry(packed, entry), budget.meter())
  yield* openPieces(found, pieces, isCut ? null : sizeBytes, budget)
}

/** What was told of an archive so far, by which its own word is found at its end. */
class ArchiveCounts {
  #count = 0
  #hasFile = false

  take({ ok }: Unpacked): void {
    this.#count++
    this.#hasFile ||= ok
  }

  async *end(archive: Found, isWhole: boolean): Files {
    if (!isWhole) yield* problem(archive, this.#hasFile ? 'ARCHIVE_BROKEN' : 'ARCHIVE_UNREADABLE')
    else if (this.#count === 0) yield* problem(archive, 'EMPTY')
  }
}

const memberOf = ({ path, depth }: Found, name: string): Found => ({
  path: `${path}/${shorten(name)}`,
  archive: path,
  depth: depth + 1,
})

/** Tell of an archive that took too much; where all of it did, that is told once, at the end. */
async function* stopped(found: Found, budget: Budget): Files {
  if (budget.stop === 'archive') yield* problem(found, 'UNPACKED_TOO_LARGE')
}

async function* problem({ path, archive }: Place, code: FileProblem): Files {
  yield { path, archive, ok: false, code }
}

/** product choice: a longer path is told by its end, which names the file; a member may have one of 64 kB, thousands of times. */
const TOLD_CHARS = 200
const shorten = (path: string): string => (path.length <= TOLD_CHARS ? path : `…${path.slice(1 - TOLD_CHARS)}`)

function isClutter(path: string): boolean {
  return path.endsWith('/') || /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$)/.test(path)
}

/** What a Mac writes beside a file where a disk or an archive has no place for it; it has the file's name and ending. */
const isAppleDouble = (path: string, head: Uint8Array): boolean =>
  /(^|\/)\._[^/]*$/.test(path) && APPLE_DOUBLE.every((byte, i) => head[i] === byte)
const APPLE_DOUBLE = [0x00, 0x05, 0x16, 0x07]
