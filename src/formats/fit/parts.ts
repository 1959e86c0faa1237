// Splits a file into its chained parts. What a header announces is a hint: the bytes decide where a part ends.
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import { fitCrc } from './crc.ts'
import { decodePart } from './decode-part.ts'
import { isHeader } from './header.ts'
import type { FitPart } from './part.ts'

/** Far more than any device chains. Bytes that are nothing but headers must not become a million parts. */
const MOST_PARTS = 1000
/** Checksums may go over this many times the file: headers that lie must not make each part look at all the rest. */
const CHECKED_TIMES = 8

/** Decode every part, in file order; empty where the bytes do not start like a FIT file. */
export function decodeParts(bytes: Uint8Array): FitPart[] {
  const parts: FitPart[] = []
  const checksums = new Checksums(bytes)
  let at = 0
  while (isHeader(bytes, at) && parts.length < MOST_PARTS) {
    const { part, next } = decodeOne(bytes, at, checksums)
    parts.push(part)
    at = next
  }
  const last = parts.at(-1)
  if (last !== undefined && at < bytes.length) last.warnings.add('TRAILING_BYTES')
  return parts
}

function decodeOne(
  bytes: Uint8Array,
  at: number,
  checksums: Checksums,
): { readonly part: FitPart; readonly next: number } {
  const warnings: ReadingWarning[] = []
  const headerSize = bytes[at]
  const from = Math.min(bytes.length, at + headerSize)
  const announced = from + (bytes[at + 4] | (bytes[at + 5] << 8) | (bytes[at + 6] << 16)) + bytes[at + 7] * 0x1000000
  if (headerSize >= 14 && at + 14 <= bytes.length) {
    const headerCrc = bytes[at + 12] | (bytes[at + 13] << 8)
    if (headerCrc !== 0 && headerCrc !== fitCrc(bytes, at, at + 12)) warnings.push('HEADER_CRC_MISMATCH')
  }
  const place = findEnd(bytes, { at, from, announced }, checksums, warnings)
  const { part, at: stopped } = decodePart(bytes, from, place.end)
  for (const warning of warnings) part.warnings.add(warning)
  if (stopped === place.end || place.next < bytes.length) return { part, next: place.next }
  // Damage in the middle: a later part may still be whole.
  return { part, next: findHeader(bytes, stopped + 1) ?? bytes.length }
}

interface Header {
  readonly at: number
  /** Behind the header. */
  readonly from: number
  /** Where the data ends, if the header is right. */
  readonly announced: number
}

function findEnd(
  bytes: Uint8Array,
  { at, from, announced }: Header,
  checksums: Checksums,
  warnings: ReadingWarning[],
): { readonly end: number; readonly next: number } {
  const whole = bytes.length - 2
  if (announced > from && announced <= whole) {
    const crcFits = checksums.fit(at, announced)
    if (crcFits || announced === whole || isHeader(bytes, announced + 2)) {
      if (!crcFits) warnings.push('CRC_MISMATCH')
      return { end: announced, next: announced + 2 }
    }
  }
  // The header lies, or the file is cut: follow the bytes to the next header or to the end.
  const following = findHeader(bytes, from)
  const limit = following ?? bytes.length
  const isCut = announced > whole && following === null
  // Of a cut file the last two bytes may look like its checksum, but they are the end of a record.
  if (!isCut && limit - 2 > from && checksums.fit(at, limit - 2)) {
    warnings.push('HEADER_SIZE_MISMATCH')
    return { end: limit - 2, next: limit }
  }
  if (isCut) warnings.push('TRUNCATED')
  else warnings.push('HEADER_SIZE_MISMATCH', 'CRC_MISMATCH')
  return { end: limit, next: limit }
}

class Checksums {
  readonly #bytes: Uint8Array
  #left: number

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#left = bytes.length * CHECKED_TIMES
  }

  /** Whether the two bytes at `end` are the checksum of what lies between; false once too much was looked at. */
  fit(from: number, end: number): boolean {
    this.#left -= end - from
    const [low, high] = [this.#bytes[end], this.#bytes[end + 1]]
    return this.#left >= 0 && fitCrc(this.#bytes, from, end) === (low | (high << 8))
  }
}

function findHeader(bytes: Uint8Array, from: number): number | null {
  for (let at = bytes.indexOf(0x2e, from + 8); at !== -1; at = bytes.indexOf(0x2e, at + 1))
    if (isHeader(bytes, at - 8) && (bytes[at - 8] === 12 || bytes[at - 8] === 14)) return at - 8
  return null
}
