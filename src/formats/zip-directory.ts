// Lists what a zip archive says it holds, from its central directory, without unpacking anything: `unpack.ts` decides
// by it what to open. Where the directory does not tell of all of it, `zip-local.ts` finds the rest. It exists beside fflate
// because fflate trusts the sizes an archive declares and wants it whole.
import { partOfSource, type ByteSource } from './byte-source.ts'
import { crc32 } from './crc32.ts'
import { flowOf, inflateDeclared, type PieceFlow } from './inflate.ts'
import { joinBytes } from './join-bytes.ts'
import { decodeName } from './member-name.ts'
import { findDirectory, type DirectoryPlace } from './zip-end.ts'
import { CENTRAL, LOCAL, saidCrc32, viewOf, widen, WRAP, type ZipEntry } from './zip-entry.ts'
import { holdsLocal, scanLocals } from './zip-local.ts'

/** Read of a directory at once; a record has at most three times 64 kB behind its 46 bytes. */
const READ_BYTES = 1024 * 1024

/** The members of an archive: those that its directory lists, to its real end, whatever its count says. Where the directory is gone,
 *  lists a part only, or is that of an archive inside, the members are found by the headers before them as well.
 *  @returns whether all that was packed is here and was listed; null where there is neither directory nor member */
export async function* walkZip(source: ByteSource): AsyncGenerator<ZipEntry, 'whole' | 'broken' | null> {
  const place = await findDirectory(source)
  const listed = new Map<number, number>()
  if (place !== null && !(await isOfArchiveInside(source, place))) {
    const isComplete = yield* walkDirectory(source, place, listed)
    if (isComplete && place.isAtEnd) return 'whole'
  }
  let { size: count } = listed
  for await (const entry of scanLocals(source, listed)) {
    count++
    yield entry
  }
  return place === null && count === 0 ? null : 'broken'
}

/** Whether members lie before all that a directory lists: then it is not that of the whole, which is cut, or something else was
 *  put behind it. What makes an archive open itself has none. */
async function isOfArchiveInside(source: ByteSource, place: DirectoryPlace): Promise<boolean> {
  let first = place.at
  for await (const { localAt } of listDirectory(source, place)) {
    first = Math.min(first, localAt % WRAP)
    if (first === 0) return false
  }
  return holdsLocal(source, first)
}

/** @param listed gets what each entry takes behind its local header, by its place modulo 4 GB
 *  @returns whether all that it announces was listed */
async function* walkDirectory(
  source: ByteSource,
  place: DirectoryPlace,
  listed: Map<number, number>,
): AsyncGenerator<ZipEntry, boolean> {
  let seen = 0
  for await (const entry of listDirectory(source, place)) {
    seen++
    listed.set(entry.localAt % WRAP, entry.packedBytes)
    yield entry
  }
  return isComplete(place, seen)
}

/** @source PKWARE APPNOTE 6.3.10 §4.3.12 */
async function* listDirectory(source: ByteSource, { at: from, end, shift }: DirectoryPlace): AsyncGenerator<ZipEntry> {
  let bytes: Uint8Array = new Uint8Array()
  let at = 0
  for (let readTo = from; ;) {
    let record = readRecord(bytes, at, shift)
    if (record === 'cut' && readTo < end) {
      const to = Math.min(end, readTo + READ_BYTES)
      bytes = joinBytes([bytes.subarray(at), await source.read(readTo, to)])
      at = 0
      readTo = to
      record = readRecord(bytes, at, shift)
    }
    if (record === 'cut' || record === 'other') return
    at += record.recordBytes
    yield record
  }
}

/** A count of 65,535 is what some writers say of all that is more. */
const isComplete = ({ count, isCountExact }: DirectoryPlace, seen: number): boolean =>
  isCountExact ? seen === count : seen % 0x10000 === count || (count === 0xffff && seen > count)

/** The entries in memory, at most so many.
 *  @returns null where there is no directory */
export async function listZip(
  source: ByteSource,
  mostEntries: number,
): Promise<{ readonly entries: readonly ZipEntry[]; readonly isWhole: boolean } | null> {
  const entries: ZipEntry[] = []
  const walk = walkZip(source)
  for (;;) {
    const next = await walk.next()
    if (next.done === true) return next.value === null ? null : { entries, isWhole: next.value === 'whole' }
    if (entries.length >= mostEntries) return { entries, isWhole: false }
    entries.push(next.value)
  }
}

/** The packed bytes of an entry; null where the archive is cut or lies about the place. */
export async function findPacked(source: ByteSource, entry: ZipEntry): Promise<ByteSource | null> {
  let otherName: ByteSource | null = null
  // Places in an archive beyond 4 GB may have lost whole multiples of that: the one with the right name is meant.
  for (
    let at = entry.localAt >= source.size ? entry.localAt - WRAP : entry.localAt;
    at + 30 <= source.size;
    at += WRAP
  ) {
    if (at < 0) continue
    const header = viewOf(await source.read(at, at + 30))
    if (header.byteLength < 30 || header.getUint32(0, true) !== LOCAL) continue
    const nameBytes = header.getUint16(26, true)
    const from = at + 30 + nameBytes + header.getUint16(28, true)
    if (from + entry.packedBytes > source.size) continue
    const packed = partOfSource(source, from, entry.packedBytes)
    if (source.size <= WRAP || decodeName(await source.read(at + 30, at + 30 + nameBytes)) === entry.path) return packed
    otherName ??= packed
  }
  return otherName
}

/** The record at `at`; `cut` where the bytes end inside it, `other` where something else begins. */
function readRecord(bytes: Uint8Array, at: number, shift: number): ZipEntry | 'cut' | 'other' {
  if (at + 4 > bytes.length) return 'cut'
  const view = viewOf(bytes)
  if (view.getUint32(at, true) !== CENTRAL) return 'other'
  if (at + 46 > bytes.length) return 'cut'
  const nameAt = at + 46
  const extraAt = nameAt + view.getUint16(at + 28, true)
  const extraEnd = extraAt + view.getUint16(at + 30, true)
  const next = extraEnd + view.getUint16(at + 32, true)
  if (next > bytes.length) return 'cut'
  const said = {
    packedBytes: view.getUint32(at + 20, true),
    sizeBytes: view.getUint32(at + 24, true),
    localAt: view.getUint32(at + 42, true),
  }
  const places = widen(bytes.subarray(extraAt, extraEnd), said)
  return {
    path: decodeName(bytes.subarray(nameAt, extraAt)),
    method: view.getUint16(at + 10, true),
    encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
    crc32: saidCrc32(view.getUint32(at + 16, true)),
    recordBytes: next - at,
    isCut: false,
    ...places,
    localAt: places.localAt + shift,
  }
}

/** What comes out of a member; `broken` where it is cut, or its checksum says that it is not what was packed. */
export function flowOfEntry(packed: ByteSource, { method, sizeBytes, crc32: said, isCut }: ZipEntry): PieceFlow {
  const flow = method === 0 ? flowOf(packed) : inflateDeclared(packed, sizeBytes)
  if (isCut) return checked(flow, () => false)
  return said === null ? flow : checked(flow, (found) => found === said)
}

async function* checked(flow: PieceFlow, isRight: (crc32: number) => boolean): PieceFlow {
  let crc = 0
  for (;;) {
    const next = await flow.next()
    if (next.done === true) return isRight(crc) ? next.value : 'broken'
    crc = crc32(next.value, crc)
    yield next.value
  }
}
