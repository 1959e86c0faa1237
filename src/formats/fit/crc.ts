// The checksum of FIT headers and files (FIT protocol, "CRC": CRC-16/ARC, polynomial 0xA001, start 0).

const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1
  return crc
})

const BLOCK_BYTES = 64

/** CRC of `bytes[from, to)`. */
export function fitCrc(bytes: Uint8Array, from: number, to: number): number {
  const blocks = Math.floor((to - from) / BLOCK_BYTES)
  if (blocks < 2) return continueCrc(0, bytes, from, to)
  const folded = foldBlocks(new DataView(bytes.buffer, bytes.byteOffset + from, blocks * BLOCK_BYTES))
  return continueCrc(continueCrc(0, folded, 0, BLOCK_BYTES), bytes, from + blocks * BLOCK_BYTES, to)
}

function continueCrc(before: number, bytes: Uint8Array, from: number, to: number): number {
  let crc = before
  for (let i = from; i < to; i++) crc = (crc >>> 8) ^ table[(crc ^ bytes[i]) & 0xff]
  return crc
}

/** The 64 bytes that have the same CRC as all the blocks of `view`: several times faster than a table.
 *  The polynomial is (x+1)(x^15+x+1). Squaring doubles exponents, so x^15 = x+1 gives x^480 = x^32+1, and times x^32+1:
 *  x^512 = x^480+x^64+1. So a 32-bit word may be left out where it is added (XOR) to the words 1, 14 and 16 behind it. */
function foldBlocks(view: DataView): Uint8Array {
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0]
  let [i, j, k, l, m, n, o, p] = [0, 0, 0, 0, 0, 0, 0, 0]
  const last = view.byteLength - BLOCK_BYTES
  for (let at = 0; at < last; at += BLOCK_BYTES) {
    a ^= view.getInt32(at, true) ^ p ^ c
    b ^= view.getInt32(at + 4, true) ^ a ^ d
    c ^= view.getInt32(at + 8, true) ^ b ^ e
    d ^= view.getInt32(at + 12, true) ^ c ^ f
    e ^= view.getInt32(at + 16, true) ^ d ^ g
    f ^= view.getInt32(at + 20, true) ^ e ^ h
    g ^= view.getInt32(at + 24, true) ^ f ^ i
    h ^= view.getInt32(at + 28, true) ^ g ^ j
    i ^= view.getInt32(at + 32, true) ^ h ^ k
    j ^= view.getInt32(at + 36, true) ^ i ^ l
    k ^= view.getInt32(at + 40, true) ^ j ^ m
    l ^= view.getInt32(at + 44, true) ^ k ^ n
    m ^= view.getInt32(at + 48, true) ^ l ^ o
    n ^= view.getInt32(at + 52, true) ^ m ^ p
    o ^= view.getInt32(at + 56, true) ^ n ^ a
    p ^= view.getInt32(at + 60, true) ^ o ^ b
  }
  const words = [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
  const folded = new DataView(new ArrayBuffer(BLOCK_BYTES))
  for (const [word, before] of words.entries()) {
    const added = before ^ (word === 0 ? p : 0) ^ (words[word + 2] ?? 0)
    folded.setInt32(4 * word, view.getInt32(last + 4 * word, true) ^ added, true)
  }
  return new Uint8Array(folded.buffer)
}
