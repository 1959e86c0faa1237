// What stands behind each member of a gzip: its checksum and its length, by which a damaged one is told from a whole one, and what
// else follows the last from damage. fflate looks at neither.
import { FlateErrorCode } from 'fflate'
import { crc32 } from './crc32.ts'
import { joinBytes } from './join-bytes.ts'

const TRAILER_BYTES = 8
/** Kept of what came before: a trailer lies before the header of the next member, which may hold a name. */
const KEPT_BYTES = 4096
/** So much at the end fflate does not look at. */
const UNSEEN_BYTES = 3

/** Sees what goes into a gunzip, and what comes out of it. */
export class GzipTrailer {
  #memberBytes = 0
  #crc = 0
  #isDamaged = false
  #takenBytes = 0
  #last: Uint8Array = new Uint8Array()

  takes(step: Uint8Array): void {
    this.#last = joinBytes([this.#last.subarray(-KEPT_BYTES), step])
    this.#takenBytes += step.length
  }

  gave(part: Uint8Array): void {
    this.#memberBytes += part.length
    this.#crc = crc32(part, this.#crc)
  }

  /** Another member begins: the one before it ended there. @param at of all that was taken */
  beginMember(at: number): void {
    const end = at - (this.#takenBytes - this.#last.length)
    if (end >= TRAILER_BYTES) this.#isDamaged ||= !this.#endsAt(this.#last, end)
    this.#memberBytes = 0
    this.#crc = 0
  }

  /** Nothing more comes. */
  end(): 'whole' | 'trailing' | 'broken' {
    if (this.#isDamaged) return 'broken'
    const { length } = this.#last
    for (let end = length; end >= length - UNSEEN_BYTES; end--)
      if (this.#endsAt(this.#last, end))
        return this.#last.subarray(end).some((byte) => byte !== 0) ? 'trailing' : 'whole'
    return 'broken'
  }

  /** Whether an error only means that what is packed ended before: what follows it there, null where it does not. A trailer may
   *  itself end in zeros. */
  findBehind(error: unknown): 'zeros' | 'other' | null {
    if (codeOf(error) !== FlateErrorCode.InvalidHeader || this.#isDamaged) return null
    const bytes = joinBytes([this.#last, new Uint8Array(TRAILER_BYTES)])
    const used = bytes.findLastIndex((byte) => byte !== 0) + 1
    for (let end = used; end <= used + TRAILER_BYTES && end <= bytes.length; end++)
      if (this.#endsAt(bytes, end)) return 'zeros'
    // What begins as another member is one that is damaged.
    for (let end = TRAILER_BYTES; end < used; end++)
      if (this.#endsAt(bytes, end)) return bytes[end] === 0x1f && bytes[end + 1] === 0x8b ? null : 'other'
    return null
  }

  #endsAt(bytes: Uint8Array, end: number): boolean {
    if (end < TRAILER_BYTES || end > bytes.length) return false
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const [crc, size] = [view.getUint32(end - TRAILER_BYTES, true), view.getUint32(end - 4, true)]
    return crc === this.#crc && size === this.#memberBytes % 2 ** 32
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : null
