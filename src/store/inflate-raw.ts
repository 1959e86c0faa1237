// Inflating columns that the store packed. Node's own is several times as fast as one in JavaScript; on workerd there is the latter.
import { inflateSync } from 'fflate'

const { process } = globalThis as {
  readonly process?: { readonly getBuiltinModule?: (id: string) => object | undefined }
}
const builtIn = process?.getBuiltinModule?.('node:zlib') as
  { readonly inflateRawSync: (bytes: Uint8Array) => Uint8Array } | undefined

/** @throws where the bytes are no whole deflate stream */
export function inflateRaw(packed: Uint8Array): Uint8Array {
  if (builtIn === undefined) return inflateSync(packed)
  // A Buffer's `slice` shares its bytes, a Uint8Array's copies them.
  const { buffer, byteOffset, byteLength } = builtIn.inflateRawSync(packed)
  return new Uint8Array(buffer, byteOffset, byteLength)
}
