// Opens what people bring: a bare file, a gzipped one, a zip, a zip in a zip. It yields one file at a time, so that
// memory holds one, and stops at limits counted on the bytes that really come out, never on what an archive declares.
import { Gunzip, Inflate } from 'fflate'
import type { FileProblem } from '../domain/reading-codes.ts'
import { kindOf, mayHoldRun } from './kind.ts'
import { listZip, type ZipEntry } from './zip-directory.ts'

export interface UnpackLimits {
  readonly fileBytes: number
  readonly unpackedBytes: number
  readonly files: number
  readonly depth: number
}
export const unpackLimits: UnpackLimits = {
  fileBytes: 64 * 1024 * 1024,
  unpackedBytes: 512 * 1024 * 1024,
  files: 5000,
  depth: 3,
}

export type Unpacked =
  | { readonly path: string; readonly ok: true; readonly bytes: Uint8Array }
  | { readonly path: string; readonly ok: false; readonly code: FileProblem }

/** Yield every file in `bytes`, in archive order; a problem concerns its own path only, save the limits of the whole
 *  archive, after which nothing more comes. Paths of archive members are `archive/member`.
 *  @param name the file's name; the kind is told from the bytes first, from the name where they say nothing */
export function* unpack(name: string, bytes: Uint8Array, limits: UnpackLimits = unpackLimits): Generator<Unpacked> {
  yield* open({ path: name, bytes, depth: 0 }, limits, { unpackedBytes: 0, files: 0 })
}

interface Spent {
  unpackedBytes: number
  files: number
}
interface Found {
  readonly path: string
  readonly bytes: Uint8Array
  readonly depth: number
}

function* open(found: Found, limits: UnpackLimits, spent: Spent): Generator<Unpacked, boolean> {
  const { path, bytes, depth } = found
  if (bytes.length === 0) return yield* problem(path, 'EMPTY')
  if (bytes.length > limits.fileBytes) return yield* problem(path, 'TOO_LARGE')
  const kind = kindOf(path, bytes)
  switch (kind) {
    case 'fit':
    case 'tcx':
    case 'gpx':
      yield { path, ok: true, bytes }
      return true
    case 'other':
      return yield* problem(path, 'UNKNOWN_KIND')
    case 'gzip':
    case 'zip':
      if (depth >= limits.depth) return yield* problem(path, 'NESTED_TOO_DEEP')
      return yield* kind === 'zip' ? openZip(found, limits, spent) : openGzip(found, limits, spent)
  }
}

function* openGzip(found: Found, limits: UnpackLimits, spent: Spent): Generator<Unpacked, boolean> {
  const inner = inflate(found.bytes, 'gzip', limits, spent)
  if (!inner.ok) return yield* problem(found.path, inner.code)
  return yield* open({ path: found.path, bytes: inner.bytes, depth: found.depth + 1 }, limits, spent)
}

function* openZip(found: Found, limits: UnpackLimits, spent: Spent): Generator<Unpacked, boolean> {
  const list = listZip(found.bytes)
  if (list === null) return yield* problem(found.path, 'ARCHIVE_BROKEN')
  const entries = list.entries.filter((entry) => !isClutter(entry.path))
  if (entries.length === 0 && list.complete) return yield* problem(found.path, 'EMPTY')
  for (const entry of entries) {
    spent.files++
    if (spent.files > limits.files) {
      yield* problem(found.path, 'TOO_MANY_FILES')
      return false
    }
    if (!(yield* openEntry(entry, found, limits, spent))) return false
  }
  if (!list.complete) yield* problem(found.path, 'ARCHIVE_BROKEN')
  return true
}

function* openEntry(entry: ZipEntry, archive: Found, limits: UnpackLimits, spent: Spent): Generator<Unpacked, boolean> {
  const path = `${archive.path}/${entry.path}`
  if (!mayHoldRun(entry.path)) return yield* problem(path, 'UNKNOWN_KIND')
  if (entry.encrypted) return yield* problem(path, 'ARCHIVE_ENCRYPTED')
  if (entry.packed === null || (entry.method !== 0 && entry.method !== 8)) return yield* problem(path, 'ARCHIVE_BROKEN')
  const inner = inflate(entry.packed, entry.method === 0 ? 'stored' : 'deflate', limits, spent)
  if (!inner.ok) {
    yield* problem(path, inner.code)
    return inner.code !== 'UNPACKED_TOO_LARGE'
  }
  return yield* open({ path, bytes: inner.bytes, depth: archive.depth + 1 }, limits, spent)
}

/** Tell a problem of one file; `true`, because the others go on. */
function* problem(path: string, code: FileProblem): Generator<Unpacked, true> {
  yield { path, ok: false, code }
  return true
}

function isClutter(path: string): boolean {
  return path.endsWith('/') || /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$)/.test(path)
}

type Inflated = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly code: FileProblem }

const PUSH_BYTES = 64 * 1024

/** Unpack while counting: stops in the push in which a limit is passed, so at most 64 KiB of input is expanded beyond. */
function inflate(packed: Uint8Array, how: 'gzip' | 'deflate' | 'stored', limits: UnpackLimits, spent: Spent): Inflated {
  const tally = new Tally(limits, spent)
  if (how === 'stored') tally.take(packed)
  else if (!expand(packed, how, tally)) return { ok: false, code: 'ARCHIVE_BROKEN' }
  return tally.over === null ? { ok: true, bytes: join(tally.parts, tally.size) } : { ok: false, code: tally.over }
}

/** Gathers what comes out, and knows when it is too much. */
class Tally {
  readonly parts: Uint8Array[] = []
  size = 0
  over: FileProblem | null = null
  readonly #limits: UnpackLimits
  readonly #spent: Spent
  constructor(limits: UnpackLimits, spent: Spent) {
    this.#limits = limits
    this.#spent = spent
  }
  take(part: Uint8Array): void {
    if (this.over !== null) return
    this.size += part.length
    this.#spent.unpackedBytes += part.length
    if (this.#spent.unpackedBytes > this.#limits.unpackedBytes) this.over = 'UNPACKED_TOO_LARGE'
    else if (this.size > this.#limits.fileBytes) this.over = 'TOO_LARGE'
    else this.parts.push(part)
  }
}

/** @returns false where the packed bytes are damaged or end too early */
function expand(packed: Uint8Array, how: 'gzip' | 'deflate', tally: Tally): boolean {
  let finished = false
  const stream = how === 'gzip' ? new Gunzip() : new Inflate()
  stream.ondata = (part, final) => {
    tally.take(part)
    finished ||= final
  }
  try {
    for (let at = 0; at < packed.length && tally.over === null; at += PUSH_BYTES) {
      const end = Math.min(packed.length, at + PUSH_BYTES)
      stream.push(packed.subarray(at, end), end === packed.length)
    }
  } catch {
    return tally.over !== null
  }
  return finished || tally.over !== null
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const only = parts[0]
  if (parts.length === 1 && only !== undefined) return only
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
