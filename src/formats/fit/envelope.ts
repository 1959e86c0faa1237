// What stands around the messages of a FIT file: the header with its length and checksum, and the checksum of all.
import { fitCrc } from './crc.ts'

const PROTOCOL_2_0 = 0x20
/** Profile 21.40: every field that we write is in it. */
const PROFILE = 2140
const MAGIC = [0x2e, 0x46, 0x49, 0x54]

/** A FIT file around these messages.
 *  @param headerSize 14 has a checksum of its own, 12 has none
 *  @source FIT protocol 2.0, "File Header" and "CRC" */
export function wrapFit(messages: Uint8Array, headerSize: 12 | 14 = 14): Uint8Array {
  const file = new Uint8Array(headerSize + messages.length + 2)
  const view = new DataView(file.buffer)
  file[0] = headerSize
  file[1] = PROTOCOL_2_0
  view.setUint16(2, PROFILE, true)
  view.setUint32(4, messages.length, true)
  file.set(MAGIC, 8)
  if (headerSize === 14) view.setUint16(12, fitCrc(file, 0, 12), true)
  file.set(messages, headerSize)
  view.setUint16(file.length - 2, fitCrc(file, 0, file.length - 2), true)
  return file
}
