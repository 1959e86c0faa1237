// Lists what a zip archive says it holds, from its central directory, without unpacking anything: `unpack.ts` decides
// by it what to open. It exists beside fflate because fflate trusts the sizes an archive declares and wants it whole.
import { partOfSource, type ByteSource } from './byte-source.ts'

export interface ZipEntry {
  readonly path: string
  /** 0 stored, 8 deflate; others are not supported. */
  readonly method: number
  readonly encrypted: boolean
  readonly packedBytes: number
  /** Where its local header is said to begin. */
  readonly localAt: number
}

const END = 0x06054b50
const ZIP64_LOCATOR = 0x07064b50
const ZIP64_END = 0x06064b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50

/** Longest comment behind the end record, with the record and the zip64 locator before it. */
const TAIL_BYTES = 0xffff + 22 + 20
/** A directory of this size lists some hundred thousand files; a larger one is not read to its end. */
const MAX_DIRECTORY_BYTES = 32 * 1024 * 1024

/** Read the central directory.
 *  @returns entries in archive order and whether the list could be read to its end; null where there is no directory
 *  @source  PKWARE APPNOTE 6.3.10 §4.3 */
export async function listZip(
  source: ByteSource,
): Promise<{ readonly entries: readonly ZipEntry[]; readonly complete: boolean } | null> {
  const place = await findDirectory(source)
  if (place === null) return null
  const bytes = await source.read(place.at, Math.min(source.size, place.at + MAX_DIRECTORY_BYTES))
  const view = viewOf(bytes)
  const entries: ZipEntry[] = []
  let at = 0
  for (let i = 0; i < place.count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) return { entries, complete: false }
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true)
    if (next > bytes.length) return { entries, complete: false }
    entries.push({
      path: decodeName(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      ...readPlaces(view, at, at + 46 + nameLength, extraLength),
    })
    at = next
  }
  return { entries, complete: true }
}

/** The packed bytes of an entry; null where the archive is cut or lies about the place. */
export async function findPacked(source: ByteSource, { localAt, packedBytes }: ZipEntry): Promise<ByteSource | null> {
  const header = await source.read(localAt, localAt + 30)
  const view = viewOf(header)
  if (header.length < 30 || view.getUint32(0, true) !== LOCAL) return null
  const from = localAt + 30 + view.getUint16(26, true) + view.getUint16(28, true)
  return from + packedBytes <= source.size ? partOfSource(source, from, packedBytes) : null
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

async function findDirectory(source: ByteSource): Promise<{ readonly at: number; readonly count: number } | null> {
  const tailAt = Math.max(0, source.size - TAIL_BYTES)
  const view = viewOf(await source.read(tailAt, source.size))
  let end = view.byteLength - 22
  while (end >= 0 && view.getUint32(end, true) !== END) end--
  if (end < 0) return null
  const place = { count: view.getUint16(end + 10, true), at: view.getUint32(end + 16, true) }
  if (end < 20 || view.getUint32(end - 20, true) !== ZIP64_LOCATOR) return place
  const end64 = Number(view.getBigUint64(end - 12, true))
  if (end64 + 56 > source.size) return place
  const large = viewOf(await source.read(end64, end64 + 56))
  if (large.getUint32(0, true) !== ZIP64_END) return place
  return { count: Number(large.getBigUint64(32, true)), at: Number(large.getBigUint64(48, true)) }
}

/** Packed size and place, from the zip64 extra field where the 32-bit fields are full (APPNOTE §4.5.3). */
function readPlaces(view: DataView, at: number, extraAt: number, extraLength: number) {
  let packedBytes = view.getUint32(at + 20, true)
  let localAt = view.getUint32(at + 42, true)
  const unpackedFull = view.getUint32(at + 24, true) === 0xffffffff
  const extraEnd = extraAt + extraLength
  for (let p = extraAt; p + 4 <= extraEnd;) {
    const size = view.getUint16(p + 2, true)
    if (view.getUint16(p, true) === 1 && p + 4 + size <= extraEnd) {
      let q = p + 4 + (unpackedFull ? 8 : 0)
      if (packedBytes === 0xffffffff && q + 8 <= extraEnd) {
        packedBytes = Number(view.getBigUint64(q, true))
        q += 8
      }
      if (localAt === 0xffffffff && q + 8 <= extraEnd) localAt = Number(view.getBigUint64(q, true))
    }
    p += 4 + size
  }
  return { packedBytes, localAt }
}

/** UTF-8, and Latin-1 for what is not: a name is shown to people, never opened by. */
function decodeName(raw: Uint8Array): string {
  const latin = Array.from(raw, (byte) => String.fromCharCode(byte)).join('')
  try {
    return decodeURIComponent(
      latin.replaceAll(/[^\w./ -]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`),
    )
  } catch {
    return latin
  }
}
