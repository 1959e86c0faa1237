// One member of a zip as its directory, or the header before it, describes it; and what both have in common.

export interface ZipEntry {
  readonly path: string
  /** 0 stored, 8 deflate; others are not supported. */
  readonly method: number
  readonly encrypted: boolean
  readonly packedBytes: number
  /** As declared: only a hint. */
  readonly sizeBytes: number
  /** Of what comes out; null where nobody says it. Some writers leave it 0. */
  readonly crc32: number | null
  /** Where its local header begins, or some multiple of 4 GB before. */
  readonly localAt: number
  /** What its record takes where it is listed. */
  readonly recordBytes: number
  /** The archive ends inside it: `packedBytes` are those that are there. */
  readonly isCut: boolean
}

export const LOCAL = 0x04034b50
export const CENTRAL = 0x02014b50
export const WRAP = 2 ** 32
const FULL = 0xffffffff

export const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** A checksum of 0 is what some writers leave where they know none. */
export const saidCrc32 = (said: number): number | null => (said === 0 ? null : said)

/** Sizes, and the place where there is one, from the zip64 extra field where the 32-bit fields are full.
 *  @param extra the extra fields of a member
 *  @source PKWARE APPNOTE 6.3.10 §4.5.3 */
export function widen<T extends { readonly sizeBytes: number; readonly packedBytes: number; readonly localAt: number }>(
  extra: Uint8Array,
  said: T,
): T {
  let { sizeBytes, packedBytes, localAt } = said
  const view = viewOf(extra)
  for (let p = 0; p + 4 <= extra.length;) {
    const end = p + 4 + view.getUint16(p + 2, true)
    if (view.getUint16(p, true) === 1 && end <= extra.length) {
      let q = p + 4
      const take = (value: number): number => {
        if (value !== FULL || q + 8 > end) return value
        q += 8
        return Number(view.getBigUint64(q - 8, true))
      }
      sizeBytes = take(sizeBytes)
      packedBytes = take(packedBytes)
      localAt = take(localAt)
    }
    p = end
  }
  return { ...said, sizeBytes, packedBytes, localAt }
}
