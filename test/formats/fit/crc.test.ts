import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitCrc } from '../../../src/formats/fit/crc.ts'

/** Bit by bit, as CRC-16/ARC is defined. */
function crcByBits(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1
  }
  return crc
}

describe('fitCrc', () => {
  it('gives the check value of CRC-16/ARC', () => {
    expect(fitCrc(new TextEncoder().encode('123456789'), 0, 9)).toBe(0xbb3d)
  })

  it('is the bit by bit checksum of any stretch of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), fc.nat(70), fc.nat(70), (bytes, skip, drop) => {
        const from = Math.min(skip, bytes.length)
        const to = Math.max(from, bytes.length - drop)
        expect(fitCrc(bytes, from, to)).toBe(crcByBits(bytes.subarray(from, to)))
      }),
      { numRuns: 1000 },
    )
  })
})
