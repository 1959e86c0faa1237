// Finds where the central directory of a zip lies: by its end record, by zip64, and where neither says it as it is. The
// Mac's Finder counts and places modulo 2^16 and 2^32 in archives beyond that, without zip64; other writers put something
// before an archive and leave its places as they were.
import type { ByteSource } from './byte-source.ts'
import { CENTRAL, viewOf, WRAP } from './zip-entry.ts'

const END = 0x06054b50
const ZIP64_LOCATOR = 0x07064b50
const ZIP64_END = 0x06064b50

const END_BYTES = 22
/** product choice: zeros that are looked through, so much at once. */
const MOST_ZEROS = 64 * 1024 * 1024
const READ_BYTES = 1024 * 1024
/** Longest comment behind the end record, with the record and the zip64 locator before it. */
const TAIL_BYTES = 0xffff + END_BYTES + 20

export interface DirectoryPlace {
  readonly at: number
  /** Where the records behind it begin. */
  readonly end: number
  /** How many entries it has: exactly, or modulo 2^16 where only the end record says it. */
  readonly count: number
  readonly isCountExact: boolean
  /** What each place in it is off by, beside multiples of 2^32. */
  readonly shift: number
  /** Nothing but zeros follows the end record and its comment, and the comment is all there. */
  readonly isAtEnd: boolean
}

/** @returns null where there is none
 *  @source PKWARE APPNOTE 6.3.10 §4.3.14 to §4.3.16 */
export async function findDirectory(source: ByteSource): Promise<DirectoryPlace | null> {
  const found = (await readTail(source, source.size)) ?? (await readTail(source, await sizeBeforeZeros(source)))
  if (found === null) return null
  const { tail, tailAt, endAt } = found
  const isAtEnd = await isEnd(source, tailAt + endAt + END_BYTES + tail.getUint16(endAt + 20, true))
  const zip64 = await readZip64(source, tail, tailAt, endAt)
  const said = zip64 ?? {
    at: tail.getUint32(endAt + 16, true),
    size: tail.getUint32(endAt + 12, true),
    count: tail.getUint16(endAt + 10, true),
    end: tailAt + endAt,
  }
  const { count, end } = said
  const isCountExact = zip64 !== null
  // It lies right before what follows it, wherever it says that it does.
  for (let at = end - said.size; at >= 0; at -= WRAP)
    if (await isDirectory(source, at)) return { at, end, count, isCountExact, isAtEnd, shift: modulo(at - said.at) }
  // Or something lies in between, and it is where it says.
  for (let { at } = said; at < end; at += WRAP)
    if (await isDirectory(source, at)) return { at, end, count, isCountExact, isAtEnd, shift: 0 }
  return { at: Math.min(said.at, end), end, count, isCountExact, isAtEnd, shift: 0 }
}

async function readTail(source: ByteSource, end: number) {
  const tailAt = Math.max(0, end - TAIL_BYTES)
  const tail = viewOf(await source.read(tailAt, end))
  const endAt = findEnd(tail)
  return endAt === null ? null : { tail, tailAt, endAt }
}

/** Behind an archive that was copied in blocks there may be zeros, more than any comment has.
 *  @returns where they begin, or a little behind that: an end record may itself end in zeros */
async function sizeBeforeZeros(source: ByteSource): Promise<number> {
  const least = Math.max(0, source.size - MOST_ZEROS)
  for (let end = source.size; end > least; end -= READ_BYTES) {
    const from = Math.max(0, end - READ_BYTES)
    const last = (await source.read(from, end)).findLastIndex((byte) => byte !== 0)
    if (last >= 0) return Math.min(source.size, from + last + 1 + END_BYTES)
  }
  return 0
}

/** Whether what was written ends there, with nothing but padding behind it. */
async function isEnd(source: ByteSource, end: number): Promise<boolean> {
  if (end > source.size) return false
  for (let at = end; at < source.size; at += READ_BYTES) {
    if (at - end > MOST_ZEROS) return false
    if ((await source.read(at, at + READ_BYTES)).some((byte) => byte !== 0)) return false
  }
  return true
}

async function isDirectory(source: ByteSource, at: number): Promise<boolean> {
  const bytes = await source.read(at, at + 4)
  return bytes.length === 4 && viewOf(bytes).getUint32(0, true) === CENTRAL
}

/** The last end record whose comment ends with the file; else the last one there is: a comment may hold anything. */
function findEnd(tail: DataView): number | null {
  let last: number | null = null
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END) continue
    if (at + END_BYTES + tail.getUint16(at + 20, true) === tail.byteLength) return at
    last ??= at
  }
  return last
}

async function readZip64(source: ByteSource, tail: DataView, tailAt: number, endAt: number) {
  if (endAt < 20 || tail.getUint32(endAt - 20, true) !== ZIP64_LOCATOR) return null
  const said = Number(tail.getBigUint64(endAt - 12, true))
  // With something before the archive the record still lies right before its locator, as a rule.
  for (const at of [said, tailAt + endAt - 20 - 56]) {
    if (at < 0 || at + 56 > source.size) continue
    const record = viewOf(await source.read(at, at + 56))
    if (record.getUint32(0, true) !== ZIP64_END) continue
    const [count, size] = [Number(record.getBigUint64(32, true)), Number(record.getBigUint64(40, true))]
    return { at: Number(record.getBigUint64(48, true)), size, count, end: at }
  }
  return null
}

const modulo = (value: number): number => ((value % WRAP) + WRAP) % WRAP
