import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeHeartRateMeasurement } from '../../../src/formats/strap/heart-rate-measurement.ts'

const decode = (...bytes: number[]) => decodeHeartRateMeasurement(new DataView(Uint8Array.from(bytes).buffer))

describe('decodeHeartRateMeasurement', () => {
  // flags | heart rate | energy, kJ  | RR, 1/1024 s
  // 1F    | 8C 00      | 10 27       | 58 02, 60 02
  it('decodes heart rate, contact, energy and RR intervals, oldest first', () => {
    expect(decode(0x1f, 0x8c, 0x00, 0x10, 0x27, 0x58, 0x02, 0x60, 0x02)).toEqual({
      ok: true,
      value: { heartRateBpm: 140, contact: 'yes', energyKj: 10_000, rrMs: [585.9375, 593.75], warnings: [] },
    })
  })

  it('drops an odd trailing RR byte and warns', () => {
    expect(decode(0x10, 72, 0x20)).toMatchObject({ value: { rrMs: [], warnings: ['RR_ODD_BYTE', 'RR_FLAG_NO_DATA'] } })
  })

  it('reads from wherever its bytes begin in a larger buffer', () => {
    const view = new DataView(Uint8Array.from([9, 9, 0x00, 72]).buffer, 2)
    expect(decodeHeartRateMeasurement(view)).toMatchObject({ ok: true, value: { heartRateBpm: 72 } })
  })

  it('never throws, and never gives more RR intervals than the bytes hold', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const decoded = decodeHeartRateMeasurement(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
        if (decoded.ok) expect(decoded.value.rrMs.length).toBeLessThanOrEqual(Math.floor((bytes.length - 2) / 2))
        else expect(bytes.length).toBeLessThan(5)
      }),
    )
  })
})
