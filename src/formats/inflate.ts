// Unpacks deflate and gzip piece by piece, as they are asked for: who has seen enough stops, and what really comes out is
// counted by whoever asks (`pieces.ts`), never what an archive declares.
import { Gunzip, Inflate, inflateSync } from 'fflate'
import type { ByteSource } from './byte-source.ts'
import { GzipTrailer } from './gzip-trailer.ts'

/** Bytes one after another. Ends as `whole`, as `trailing` where something else follows what was packed and is whole, or as
 *  `broken` where what was packed is damaged or cut. */
export type PieceFlow = AsyncGenerator<Uint8Array, FlowEnd>
export type FlowEnd = 'whole' | 'trailing' | 'broken'

/** So much is expanded at once, a thousandfold at most. The first steps are smaller: many a file is left after a look. */
const FIRST_STEP_BYTES = 1024
const STEP_BYTES = 16 * 1024
/** Read from the source at once. The first read is small, for most of what lies in an archive is, or is left after a look. */
const FIRST_BYTES = 16 * 1024
const READ_BYTES = 1024 * 1024

/** What a source holds, as it is. */
export async function* flowOf(source: ByteSource): PieceFlow {
  for (let at = 0, to = FIRST_BYTES; at < source.size; at = to, to += READ_BYTES) {
    // A source may give a view on memory that it uses again.
    yield (await source.read(at, to)).slice()
  }
  return 'whole'
}

/** Raw deflate, as a zip holds it. */
export const inflateFlow = (packed: PieceFlow): PieceFlow => expand(packed, new Inflate())

/** A file is small up to here, packed and as it says that it comes out: thousands of them are, and a stream for each takes ten
 *  times as long. */
const SMALL_BYTES = 64 * 1024

/** Raw deflate of what a zip declares to be of this size; the declaration only says what to try first. */
export async function* inflateDeclared(packed: ByteSource, sizeBytes: number): PieceFlow {
  if (packed.size > SMALL_BYTES || sizeBytes > SMALL_BYTES) return yield* inflateFlow(flowOf(packed))
  const whole = inflateAtOnce(await packed.read(0, packed.size), sizeBytes)
  if (whole === null) return yield* inflateFlow(flowOf(packed))
  yield whole
  return 'whole'
}

/** @returns null where it is damaged, or of another size */
function inflateAtOnce(packed: Uint8Array, sizeBytes: number): Uint8Array | null {
  try {
    // One byte more shows that more would come.
    const bytes = inflateSync(packed, { out: new Uint8Array(sizeBytes + 1) })
    return bytes.length === sizeBytes ? bytes : null
  } catch {
    return null
  }
}

/** Several members one after another are one file; zeros behind the last are none, and what else follows there is left out, as
 *  gzip(1) does. Each member's checksum is compared. @source RFC 1952 §2.2 */
export function gunzipFlow(packed: PieceFlow): PieceFlow {
  const stream = new Gunzip()
  const trailer = new GzipTrailer()
  stream.onmember = (at) => trailer.beginMember(at)
  return expand(packed, stream, trailer)
}

interface Unpacker {
  ondata: (part: Uint8Array<ArrayBuffer>, final: boolean) => void
  push(bytes: Uint8Array, final?: boolean): void
}
interface Watcher {
  readonly takes: (step: Uint8Array) => void
  readonly gave: (part: Uint8Array) => void
  /** How it ended where nothing more comes. */
  readonly end: () => FlowEnd
  /** Whether an error of this step only means that what is packed ended before: what follows it there, null where it does not. */
  readonly findBehind: (error: unknown) => 'zeros' | 'other' | null
}

async function* expand(packed: PieceFlow, stream: Unpacker, watcher: Watcher | null = null): PieceFlow {
  const ready: Uint8Array[] = []
  let finished = false
  stream.ondata = (part, final) => {
    if (part.length > 0) ready.push(part)
    watcher?.gave(part)
    finished ||= final
  }
  // The last piece has to be told as such, so each waits for the one behind it.
  let piece = await nextPiece(packed)
  let stepBytes = FIRST_STEP_BYTES
  while (piece.bytes !== null) {
    const following = await nextPiece(packed)
    const isLast = following.bytes === null
    for (let at = 0; at < piece.bytes.length;) {
      const step = piece.bytes.subarray(at, at + stepBytes)
      at += step.length
      stepBytes = Math.min(STEP_BYTES, 2 * stepBytes)
      let failure: unknown = null
      watcher?.takes(step)
      try {
        stream.push(step, isLast && at === piece.bytes.length)
      } catch (error) {
        failure = error
      }
      yield* ready.splice(0)
      if (failure !== null) {
        const behind = watcher?.findBehind(failure) ?? null
        if (behind === null) return 'broken'
        const isPadding =
          behind === 'zeros' &&
          isZero(piece.bytes.subarray(at)) &&
          (following.bytes === null || (isZero(following.bytes) && (await holdsZeros(packed))))
        return isPadding ? 'whole' : 'trailing'
      }
    }
    if (isLast && following.end === 'broken') return 'broken'
    piece = following
  }
  return finished ? (watcher?.end() ?? 'whole') : 'broken'
}

type NextPiece = { readonly bytes: Uint8Array; readonly end: null } | { readonly bytes: null; readonly end: FlowEnd }

async function nextPiece(flow: PieceFlow): Promise<NextPiece> {
  for (;;) {
    const next = await flow.next()
    if (next.done === true) return { bytes: null, end: next.value }
    if (next.value.length > 0) return { bytes: next.value, end: null }
  }
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0)

async function holdsZeros(flow: PieceFlow): Promise<boolean> {
  for await (const piece of flow) if (!isZero(piece)) return false
  return true
}
