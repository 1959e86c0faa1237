// The checksum that zip and gzip keep of what they pack: tells whether what came out is what went in.

/** How many bytes are taken in one step: a table for each. */
const STEP = 4
const tables = makeTables()

/** CRC-32 of all bytes so far, of which `before` is that of those before these; 0 at the beginning.
 *  @source RFC 1952 §8; PKWARE APPNOTE 6.3.10 §4.4.7 */
export function crc32(bytes: Uint8Array, before = 0): number {
  const [t0, t1, t2, t3] = tables
  let crc = ~before
  let at = 0
  for (const end = bytes.length - (bytes.length % STEP); at < end; at += STEP) {
    crc ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)
    crc = t3[crc & 0xff] ^ t2[(crc >>> 8) & 0xff] ^ t1[(crc >>> 16) & 0xff] ^ t0[crc >>> 24]
  }
  for (; at < bytes.length; at++) crc = t0[(crc ^ bytes[at]) & 0xff] ^ (crc >>> 8)
  return ~crc >>> 0
}

function makeTables(): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
  const made = [new Int32Array(256), new Int32Array(256), new Int32Array(256), new Int32Array(256)] as const
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ 0xedb88320
    made[0][byte] = crc
  }
  for (let step = 1; step < STEP; step++)
    for (let byte = 0; byte < 256; byte++) {
      const before = made[step - 1]?.[byte] ?? 0
      const table = made[step]
      if (table !== undefined) table[byte] = made[0][before & 0xff] ^ (before >>> 8)
    }
  return made
}
