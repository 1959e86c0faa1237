// Small odd inputs from the field, in ../shared/field, which a fresh clone does not have: tests that use them skip by name
// without them.
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const folder = new URL('../../../shared/field/', import.meta.url)
export const fieldIsHere = existsSync(new URL('expected.json', folder))

/** The bytes of one of them, unpacked. */
export function readField(file: string): Uint8Array {
  const bytes = readFileSync(new URL(file, folder))
  return new Uint8Array(file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
}
