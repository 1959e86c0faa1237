// Lists what a zip archive says it holds, from its central directory, without unpacking anything: `unpack.ts` decides
// by it what to open. It exists beside fflate because fflate trusts the sizes an archive declares.

export interface ZipEntry {
  readonly path: string
  /** 0 stored, 8 deflate; others are not supported. */
  readonly method: number
  readonly encrypted: boolean
  readonly packedBytes: number
  /** The packed bytes, or null where the archive is cut or lies about the place. */
  readonly packed: Uint8Array | null
}

const END = 0x06054b50
const ZIP64_LOCATOR = 0x07064b50
const ZIP64_END = 0x06064b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50

/** Read the central directory.
 *  @returns entries in archive order and whether the list could be read to its end; null where there is no directory
 *  @source  PKWARE APPNOTE 6.3.10 §4.3 */
export function listZip(
  bytes: Uint8Array,
): { readonly entries: readonly ZipEntry[]; readonly complete: boolean } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end === null) return null
  let count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (end >= 20 && view.getUint32(end - 20, true) === ZIP64_LOCATOR) {
    const end64 = Number(view.getBigUint64(end - 12, true))
    if (end64 + 56 <= bytes.length && view.getUint32(end64, true) === ZIP64_END) {
      count = Number(view.getBigUint64(end64 + 32, true))
      at = Number(view.getBigUint64(end64 + 48, true))
    }
  }
  const entries: ZipEntry[] = []
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) return { entries, complete: false }
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true)
    if (next > bytes.length) return { entries, complete: false }
    const flags = view.getUint16(at + 8, true)
    const places = readPlaces(view, at, at + 46 + nameLength, extraLength)
    entries.push({
      path: decodeName(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      encrypted: (flags & 1) !== 0,
      packedBytes: places.packedBytes,
      packed: findPacked(view, bytes, places.localAt, places.packedBytes),
    })
    at = next
  }
  return { entries, complete: true }
}

function findEnd(view: DataView): number | null {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= lowest; at--) if (view.getUint32(at, true) === END) return at
  return null
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

function findPacked(view: DataView, bytes: Uint8Array, localAt: number, packedBytes: number): Uint8Array | null {
  if (localAt + 30 > bytes.length || view.getUint32(localAt, true) !== LOCAL) return null
  const from = localAt + 30 + view.getUint16(localAt + 26, true) + view.getUint16(localAt + 28, true)
  return from + packedBytes <= bytes.length ? bytes.subarray(from, from + packedBytes) : null
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
