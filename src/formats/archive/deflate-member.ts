// A member of a zip, deflated by itself.
import { deflateSync } from 'fflate'
import { crc32 } from '../crc32.ts'

export interface Deflated {
  readonly deflated: Uint8Array<ArrayBuffer>
  readonly crc: number
  readonly size: number
}

export const deflateMember = (bytes: Uint8Array): Deflated => ({
  deflated: deflateSync(bytes, { level: 6 }),
  crc: crc32(bytes),
  size: bytes.length,
})
