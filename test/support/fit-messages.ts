// A second, slow and simple reading of where the messages of a FIT file end: the oracle of the fuzz tests. It shares no
// code with the reader, on purpose, and knows nothing about values but times.

export interface Message {
  readonly global: number
  /** Behind its last byte. */
  readonly end: number
  /** FIT seconds, null where the message has none. */
  readonly time: number | null
}

interface Shape {
  readonly global: number
  readonly size: number
  readonly bigEndian: boolean
  readonly timeAt: number | null
}

/** Every data message of every part, in the order of the file. */
export function listMessages(bytes: Uint8Array): Message[] {
  const messages: Message[] = []
  for (let at = 0; at !== -1 && at < bytes.length;) {
    const from = at + (bytes[at] ?? 0)
    const following = findHeader(bytes, from)
    const announced = from + sizeAt(bytes, at)
    const isRight = announced > from && (announced + 2 === bytes.length || startsPart(bytes, announced + 2))
    const end = isRight ? announced : following === -1 ? bytes.length : following
    walk(bytes, from, end, messages)
    at = isRight && announced + 2 < bytes.length ? announced + 2 : following
  }
  return messages
}

/** Whether the bytes are whole parts, each with the size and the checksum that it says, and nothing behind: then nobody
 *  can tell that anything is missing or wrong. */
export function isWhole(bytes: Uint8Array): boolean {
  let at = 0
  while (at < bytes.length) {
    if (!startsPart(bytes, at)) return false
    const end = at + (bytes[at] ?? 0) + sizeAt(bytes, at)
    if (end + 2 > bytes.length || checksum(bytes, at, end) !== uint(bytes, end, 2, false)) return false
    at = end + 2
  }
  return at > 0
}

const startsPart = (bytes: Uint8Array, at: number): boolean =>
  (bytes[at] === 12 || bytes[at] === 14) && String.fromCharCode(...bytes.subarray(at + 8, at + 12)) === '.FIT'

function findHeader(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 12 <= bytes.length; at++) if (bytes[at + 8] === 0x2e && startsPart(bytes, at)) return at
  return -1
}

const sizeAt = (bytes: Uint8Array, header: number): number => uint(bytes, header + 4, 4, false)

function uint(bytes: Uint8Array, at: number, size: number, bigEndian: boolean): number {
  let value = 0
  for (let i = 0; i < size; i++) value = value * 256 + (bytes[bigEndian ? at + i : at + size - 1 - i] ?? 0)
  return value
}

function walk(bytes: Uint8Array, from: number, end: number, messages: Message[]): void {
  const shapes = new Map<number, Shape>()
  let now: number | null = null
  for (let at = from; at < end;) {
    const header = bytes[at] ?? 0
    if (header >= 0x40 && header < 0x80) {
      const next = define(bytes, at, shapes)
      if (next > end) return
      at = next
      continue
    }
    const shape = shapes.get(header < 0x80 ? header & 15 : (header >> 5) & 3)
    if (shape === undefined || at + 1 + shape.size > end) return
    let time: number | null = null
    if (header < 0x80) time = shape.timeAt === null ? null : uint(bytes, at + 1 + shape.timeAt, 4, shape.bigEndian)
    else if (now !== null) time = now + (((header & 31) - (now % 32) + 32) % 32)
    if (time === 0xffffffff) time = null
    now = time ?? now
    at += 1 + shape.size
    messages.push({ global: shape.global, end: at, time })
  }
}

function define(bytes: Uint8Array, at: number, shapes: Map<number, Shape>): number {
  const header = bytes[at] ?? 0
  const bigEndian = bytes[at + 2] !== 0
  let size = 0
  let timeAt: number | null = null
  let next = at + 6
  for (let field = bytes[at + 5] ?? 0; field > 0; field--, next += 3) {
    const [number, length = 0, type = 0] = bytes.subarray(next, next + 3)
    const isLong =
      [0x05, 0x06, 0x08, 0x0c].includes(type & 0x7f) && (type & 0x7f) !== 0 && length > 0 && length % 4 === 0
    if (number === 253 && timeAt === null && isLong) timeAt = size
    size += length
  }
  if ((header & 0x20) !== 0) {
    const developerFields = bytes[next++] ?? 0
    for (let field = developerFields; field > 0; field--, next += 3) size += bytes[next + 1] ?? 0
  }
  shapes.set(header & 15, { global: uint(bytes, at + 3, 2, bigEndian), size, bigEndian, timeAt })
  return next
}

function checksum(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0
  for (const byte of bytes.subarray(from, to)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1
  }
  return crc
}
