// Unpacks deflate and gzip while counting what really comes out, never what an archive declares: it stops in the step in
// which a limit is passed, so that at most 64 KiB of packed bytes is expanded beyond it.
import { Gunzip, Inflate } from 'fflate'
import type { FileProblem } from '../domain/reading-codes.ts'
import type { ByteSource } from './byte-source.ts'

export type Inflated =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly code: FileProblem }

/** How much may come out: of this file, and of all of one upload together (`spent` is counted up). */
export interface InflateBudget {
  readonly fileBytes: number
  readonly unpackedBytes: number
  readonly spent: { unpackedBytes: number }
}

const STEP_BYTES = 64 * 1024
/** Read from the source at once: few enough calls, little enough memory. */
const READ_BYTES = 1024 * 1024

/** @returns codes: ARCHIVE_BROKEN (damaged or cut), TOO_LARGE, UNPACKED_TOO_LARGE */
export async function inflate(
  packed: ByteSource,
  how: 'gzip' | 'deflate' | 'stored',
  budget: InflateBudget,
): Promise<Inflated> {
  const tally = new Tally(budget)
  const stream: Unpacker = how === 'gzip' ? new Gunzip() : how === 'deflate' ? new Inflate() : new Stored()
  let finished = false
  stream.ondata = (part, final) => {
    tally.take(part)
    finished ||= final
  }
  for (let at = 0; at < packed.size && tally.over === null; at += READ_BYTES) {
    const bytes = await packed.read(at, at + READ_BYTES)
    if (!pushAll(stream, bytes, at + READ_BYTES >= packed.size, tally)) return { ok: false, code: 'ARCHIVE_BROKEN' }
  }
  if (tally.over !== null) return { ok: false, code: tally.over }
  return finished ? { ok: true, bytes: tally.join() } : { ok: false, code: 'ARCHIVE_BROKEN' }
}

interface Unpacker {
  ondata: (part: Uint8Array<ArrayBuffer>, final: boolean) => void
  push(bytes: Uint8Array, final?: boolean): void
}

class Stored implements Unpacker {
  ondata: Unpacker['ondata'] = () => undefined
  push(bytes: Uint8Array, final = false): void {
    // A source may give a view on memory that it uses again.
    this.ondata(bytes.slice(), final)
  }
}

/** @returns false where the packed bytes are damaged */
function pushAll(stream: Unpacker, bytes: Uint8Array, isLast: boolean, tally: Tally): boolean {
  try {
    for (let at = 0; at < bytes.length && tally.over === null; at += STEP_BYTES) {
      const end = Math.min(bytes.length, at + STEP_BYTES)
      stream.push(bytes.subarray(at, end), isLast && end === bytes.length)
    }
    return true
  } catch {
    return tally.over !== null
  }
}

/** Gathers what comes out, and knows when it is too much. */
class Tally {
  over: FileProblem | null = null
  #size = 0
  readonly #parts: Uint8Array[] = []
  readonly #budget: InflateBudget

  constructor(budget: InflateBudget) {
    this.#budget = budget
  }

  take(part: Uint8Array): void {
    if (this.over !== null) return
    const { spent, unpackedBytes, fileBytes } = this.#budget
    this.#size += part.length
    spent.unpackedBytes += part.length
    if (spent.unpackedBytes > unpackedBytes) this.over = 'UNPACKED_TOO_LARGE'
    else if (this.#size > fileBytes) this.over = 'TOO_LARGE'
    else this.#parts.push(part)
  }

  join(): Uint8Array {
    const [only] = this.#parts
    if (this.#parts.length === 1 && only !== undefined) return only
    const whole = new Uint8Array(this.#size)
    let at = 0
    for (const part of this.#parts) {
      whole.set(part, at)
      at += part.length
    }
    return whole
  }
}
