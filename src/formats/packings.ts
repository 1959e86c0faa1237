// Packings that are not opened, by what they are: a person is told which, and how to pack it so that it can be read.
import type { FileProblem } from '../domain/reading-codes.ts'

/** Methods of a zip beside stored (0) and deflate (8). @source PKWARE APPNOTE 6.3.10 §4.4.5 */
const methods: Readonly<Record<number, FileProblem>> = {
  9: 'PACKED_DEFLATE64',
  12: 'PACKED_BZIP2',
  14: 'PACKED_LZMA',
  20: 'PACKED_ZSTD',
  93: 'PACKED_ZSTD',
  95: 'PACKED_XZ',
  98: 'PACKED_PPMD',
  // AES: what is behind it says another field.
  99: 'ARCHIVE_ENCRYPTED',
}
export const problemOfMethod = (method: number): FileProblem => methods[method] ?? 'PACKED_OTHERWISE'

/** How such files begin. */
const beginnings: readonly (readonly [code: FileProblem, bytes: readonly number[]])[] = [
  ['PACKED_BZIP2', [0x42, 0x5a, 0x68]],
  ['PACKED_XZ', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ['PACKED_ZSTD', [0x28, 0xb5, 0x2f, 0xfd]],
  ['PACKED_7Z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['PACKED_RAR', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['PACKED_LZMA', [0x5d, 0, 0]],
  ['PACKED_LZMA', [0x4c, 0x5a, 0x49, 0x50]],
  ['PACKED_OTHERWISE', [0x1f, 0x9d]],
]

/** @returns null where the file begins as none of them */
export const packingOf = (bytes: Uint8Array): FileProblem | null =>
  beginnings.find(([, beginning]) => beginning.every((byte, i) => bytes[i] === byte))?.[0] ?? null
