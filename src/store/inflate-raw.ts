// Inflating columns that the store packed. Node's own is several times as fast as one in JavaScript; on workerd there is the latter.
import { Inflate, inflateSync } from 'fflate'
import { joinBytes } from '../formats/join-bytes.ts'

const { process } = globalThis as {
  readonly process?: { readonly getBuiltinModule?: (id: string) => object | undefined }
}
const builtIn = process?.getBuiltinModule?.('node:zlib') as
  | {
      readonly inflateRawSync: (
        bytes: Uint8Array,
        options?: { readonly finishFlush?: number; readonly chunkSize?: number },
      ) => Uint8Array
      readonly constants: { readonly Z_SYNC_FLUSH: number }
    }
  | undefined

/** @throws where the bytes are no whole deflate stream */
export function inflateRaw(packed: Uint8Array): Uint8Array {
  if (builtIn === undefined) return inflateSync(packed)
  return plain(builtIn.inflateRawSync(packed, { chunkSize: roomFor(packed) }))
}

/** Columns come to three or four times their packed size. What fits is written once; by itself zlib takes pieces of 16 kB and joins them. */
const roomFor = ({ length }: Uint8Array): number => Math.min(Math.max(4 * length, 1024), 1024 * 1024)

/** What comes out of the first so many bytes of a deflate stream, wherever in it they end; all of it where it is no longer.
 *  @throws where the bytes are none */
export function inflateBeginning(packed: Uint8Array, length: number): Uint8Array {
  if (packed.length <= length) return inflateRaw(packed)
  const first = packed.subarray(0, length)
  if (builtIn !== undefined)
    return plain(builtIn.inflateRawSync(first, { finishFlush: builtIn.constants.Z_SYNC_FLUSH, chunkSize: 4096 }))
  const parts: Uint8Array[] = []
  new Inflate((part) => parts.push(part)).push(first)
  return joinBytes(parts)
}

/** A Buffer's `slice` shares its bytes, a Uint8Array's copies them. */
const plain = ({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)
