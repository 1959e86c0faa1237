// Text that comes in many small pieces, as bytes of UTF-8: the pieces of a run of days are hundreds of megabytes as texts.
import { strToU8 } from 'fflate'
import { joinBytes } from './join-bytes.ts'

const CHARS_AT_ONCE = 65_536

export function textBytes(pieces: Iterable<string>): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length < CHARS_AT_ONCE) continue
    parts.push(strToU8(text))
    text = ''
  }
  return joinBytes([...parts, strToU8(text)])
}
