// Writes zips as the field has them and fflate does not: counts and places that lost their upper bits (the Mac's Finder), zip64,
// data descriptors, methods that nobody here opens, something before the archive, gaps of gigabytes that no memory holds.
import { crc32 } from 'node:zlib'
import { deflateSync } from 'fflate'
import type { ByteSource } from '../../src/formats/byte-source.ts'
import { joinBytes } from '../../src/formats/join-bytes.ts'

export interface MadeMember {
  readonly path: string
  readonly bytes: Uint8Array
  /** Deflated unless said otherwise; of methods other than 0 and 8 the bytes are taken as packed. */
  readonly method?: number
  readonly flags?: number
  /** Bytes of nothing before it. */
  readonly gapBytes?: number
}
export interface ZipKind {
  readonly zip64?: boolean
  /** Sizes stand behind the bytes, as a stream is written. */
  readonly descriptors?: boolean
  /** Bytes before the archive, of which its places know nothing. */
  readonly before?: Uint8Array
  /** Writers leave the checksums 0. */
  readonly noCrc?: boolean
  /** Written behind the end record, and counted there. */
  readonly comment?: Uint8Array
  /** Data descriptors without their signature. */
  readonly unsigned?: boolean
  /** What the end record says instead of the real count. */
  readonly saysCount?: number
}
interface Piece {
  readonly at: number
  readonly bytes: Uint8Array
}

/** A source that is zeros wherever nothing was written. */
export function makeZip(members: readonly MadeMember[], kind: ZipKind = {}): ByteSource {
  const pieces: Piece[] = []
  let at = 0
  const put = (bytes: Uint8Array) => {
    pieces.push({ at, bytes })
    at += bytes.length
  }
  const base = kind.before?.length ?? 0
  if (kind.before !== undefined) put(kind.before)
  const central: Uint8Array[] = []
  for (const member of members) {
    at += member.gapBytes ?? 0
    const method = member.method ?? 8
    const packed = method === 8 ? deflateSync(member.bytes) : member.bytes
    const name = new TextEncoder().encode(member.path)
    const flags = (member.flags ?? 0) | 0x800 | (kind.descriptors === true ? 8 : 0)
    const crc = kind.noCrc === true ? 0 : crc32(member.bytes)
    const sizes = [packed.length, member.bytes.length]
    const localAt = at - base
    put(
      fields([
        ...([
          [4, 0x04034b50],
          [2, 20],
          [2, flags],
          [2, method],
          [4, 0],
          [4, kind.descriptors === true ? 0 : crc],
        ] as const),
        ...sizes.map((size) => [4, kind.descriptors === true ? 0 : size] as const),
        ...([
          [2, name.length],
          [2, 0],
        ] as const),
      ]),
    )
    put(name)
    put(packed)
    if (kind.descriptors === true)
      put(
        fields([
          ...(kind.unsigned === true ? [] : [[4, 0x08074b50] as const]),
          [4, crc],
          ...sizes.map((size) => [4, size] as const),
        ]),
      )
    const extra =
      kind.zip64 === true
        ? fields([[2, 1], [2, 24], ...sizes.toReversed().map((size) => [8, size] as const), [8, localAt]])
        : new Uint8Array()
    const full = (value: number) => (kind.zip64 === true ? 0xffffffff : value % 2 ** 32)
    central.push(
      fields([
        ...([
          [4, 0x02014b50],
          [2, 20],
          [2, 20],
          [2, flags],
          [2, method],
          [4, 0],
          [4, crc],
        ] as const),
        ...sizes.map((size) => [4, full(size)] as const),
        ...([
          [2, name.length],
          [2, extra.length],
          [2, 0],
          [2, 0],
          [2, 0],
          [4, 0],
          [4, full(localAt)],
        ] as const),
      ]),
      name,
      extra,
    )
  }
  const directoryAt = at - base
  const directory = joinBytes(central)
  put(directory)
  const count = members.length
  if (kind.zip64 === true) {
    const end64 = at
    put(
      fields([
        ...([
          [4, 0x06064b50],
          [8, 44],
          [2, 20],
          [2, 20],
          [4, 0],
          [4, 0],
        ] as const),
        ...([
          [8, count],
          [8, count],
          [8, directory.length],
          [8, directoryAt],
        ] as const),
      ]),
    )
    put(
      fields([
        [4, 0x07064b50],
        [4, 0],
        [8, end64 - base],
        [4, 1],
      ]),
    )
  }
  const says = kind.saysCount ?? (kind.zip64 === true ? 0xffff : count % 0x10000)
  const place = kind.zip64 === true ? [0xffffffff, 0xffffffff] : [directory.length, directoryAt % 2 ** 32]
  put(
    fields([
      [4, 0x06054b50],
      [2, 0],
      [2, 0],
      [2, says],
      [2, says],
      [4, place[0] ?? 0],
      [4, place[1] ?? 0],
      [2, kind.comment?.length ?? 0],
    ]),
  )
  if (kind.comment !== undefined) put(kind.comment)
  return sparse(pieces, at)
}

/** All of it in memory. */
export const bytesOf = async (source: ByteSource): Promise<Uint8Array> => (await source.read(0, source.size)).slice()

/** Numbers of so many bytes each, little endian. */
function fields(all: readonly (readonly [size: number, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(all.reduce((sum, [size]) => sum + size, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [size, value] of all) {
    if (size === 2) view.setUint16(at, value, true)
    else if (size === 4) view.setUint32(at, value, true)
    else view.setBigUint64(at, BigInt(value), true)
    at += size
  }
  return bytes
}

function sparse(pieces: readonly Piece[], size: number): ByteSource {
  return {
    size,
    read: async (from, to) => {
      const end = Math.min(to, size)
      const bytes = new Uint8Array(Math.max(0, end - from))
      // Pieces lie in their order: the first that reaches into what is asked for is found by halves.
      let [low, high] = [0, pieces.length]
      while (low < high) {
        const middle = (low + high) >> 1
        const piece = pieces[middle]
        if (piece !== undefined && piece.at + piece.bytes.length <= from) low = middle + 1
        else high = middle
      }
      for (let i = low; i < pieces.length; i++) {
        const piece = pieces[i]
        if (piece === undefined || piece.at >= end) break
        const [a, b] = [Math.max(from, piece.at), Math.min(end, piece.at + piece.bytes.length)]
        if (a < b) bytes.set(piece.bytes.subarray(a - piece.at, b - piece.at), a - from)
      }
      return bytes
    },
  }
}
