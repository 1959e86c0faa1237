// Bytes that need not all be in memory: a file on disk, a file that a browser or a request holds, or bytes that are here.
// Whoever opens archives reads through this, so that an export of years needs no more memory than one of its files.

export interface ByteSource {
  readonly size: number
  /** The bytes `[from, to)`, fewer at the end. @throws where the source can no longer be read */
  readonly read: (from: number, to: number) => Promise<Uint8Array>
}

export const sourceOfBytes = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: async (from, to) => bytes.subarray(from, to),
})

/** What a browser's `File` and a request's have in common. */
interface BlobLike {
  readonly size: number
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

export const sourceOfBlob = (blob: BlobLike): ByteSource => ({
  size: blob.size,
  read: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()),
})

/** A stretch of another source, without a copy. */
export const partOfSource = (source: ByteSource, at: number, size: number): ByteSource => ({
  size,
  read: (from, to) => source.read(at + from, at + Math.min(to, size)),
})
