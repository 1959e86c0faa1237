// A file as it comes out of an archive, piece by piece: looked at, taken, left out or kept whole, while what comes out is
// counted. Memory holds what was asked for, and one piece.
import { type FlowEnd, type PieceFlow } from './inflate.ts'
import { joinBytes } from './join-bytes.ts'

/** Told of all that comes out. @returns whether it goes on */
export type Meter = (bytes: number) => boolean

export type Kept =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly code: 'TOO_LARGE' | 'STOPPED' }
  /** With what came before the damage. */
  | { readonly ok: false; readonly code: 'BROKEN'; readonly bytes: Uint8Array<ArrayBuffer> }

const nothing = new Uint8Array()

export class Pieces {
  readonly #flow: PieceFlow
  readonly #meter: Meter
  #ready: Uint8Array = nothing
  #taken = 0
  /** Null while there may be more; `stopped` where the meter would not go on. */
  #end: FlowEnd | 'stopped' | null = null

  constructor(flow: PieceFlow, meter: Meter = () => true) {
    this.#flow = flow
    this.#meter = meter
  }

  /** How many were taken. */
  get taken(): number {
    return this.#taken
  }

  /** How it ended; null while it has not. */
  get end(): FlowEnd | 'stopped' | null {
    return this.#ready.length > 0 ? null : this.#end
  }

  /** The next bytes, which stay to be taken; fewer where it ends. */
  async peek(count: number): Promise<Uint8Array> {
    const parts = [this.#ready]
    for (let size = this.#ready.length; size < count;) {
      const piece = await this.#pull()
      if (piece === null) break
      parts.push(piece)
      size += piece.length
    }
    if (parts.length > 1) this.#ready = joinBytes(parts)
    return this.#ready.subarray(0, count)
  }

  /** The next bytes; fewer where it ends. */
  async take(count: number): Promise<Uint8Array> {
    const bytes = await this.peek(count)
    this.#ready = this.#ready.subarray(bytes.length)
    this.#taken += bytes.length
    return bytes
  }

  /** All that comes, or only so many bytes of it: ends as `broken` where it has fewer. */
  async *flow(count = Infinity): PieceFlow {
    for (let left = count; left > 0;) {
      const piece = this.#ready.length > 0 ? this.#ready : await this.#pull()
      if (piece === null) return count === Infinity && this.#isAll ? 'whole' : 'broken'
      const part = piece.subarray(0, Math.min(left, piece.length))
      this.#ready = piece.subarray(part.length)
      this.#taken += part.length
      left -= part.length
      yield part
    }
    return 'whole'
  }

  /** All of it, at most so many bytes. */
  async keep(mostBytes: number): Promise<Kept> {
    const parts: Uint8Array[] = []
    let size = 0
    for (let piece: Uint8Array | null = this.#ready; piece !== null; piece = await this.#pull()) {
      size += piece.length
      if (size > mostBytes) return { ok: false, code: 'TOO_LARGE' }
      parts.push(piece)
    }
    this.#ready = nothing
    if (this.#end === 'stopped') return { ok: false, code: 'STOPPED' }
    const bytes = joinBytes(parts)
    return this.#isAll ? { ok: true, bytes } : { ok: false, code: 'BROKEN', bytes }
  }

  /** Whether all of it came, whatever may stand behind it. */
  get #isAll(): boolean {
    return this.#end === 'whole' || this.#end === 'trailing'
  }

  async #pull(): Promise<Uint8Array | null> {
    while (this.#end === null) {
      const next = await this.#flow.next()
      if (next.done === true) this.#end = next.value
      else if (!this.#meter(next.value.length)) this.#end = 'stopped'
      else if (next.value.length > 0) return next.value
    }
    return null
  }
}
