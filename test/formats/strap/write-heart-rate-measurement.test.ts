import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeHeartRateMeasurement } from '../../../src/formats/strap/heart-rate-measurement.ts'
import { encodeHeartRateMeasurement } from '../../../src/formats/strap/write-heart-rate-measurement.ts'

describe('encodeHeartRateMeasurement', () => {
  // flags | heart rate | energy, kJ | RR, 1/1024 s
  // 1F    | 2C 01      | 4D 00      | 58 02
  it('writes every field in its place', () => {
    const bytes = encodeHeartRateMeasurement({ heartRateBpm: 300, contact: 'yes', energyKj: 77, rr1024: [600] })
    expect([...bytes]).toEqual([0x1f, 0x2c, 0x01, 0x4d, 0x00, 0x58, 0x02])
  })

  it('is read back as what was written', () => {
    const measurement = fc.record({
      heartRateBpm: fc.integer({ min: 1, max: 65_535 }),
      contact: fc.constantFrom('unsupported', 'no', 'yes'),
      rr1024: fc.array(fc.integer({ min: 0, max: 65_535 }), { maxLength: 9 }),
      energyKj: fc.integer({ min: 0, max: 65_535 }),
    })
    fc.assert(
      fc.property(measurement, ({ rr1024, ...rest }) => {
        const { buffer } = encodeHeartRateMeasurement({ ...rest, rr1024 })
        const rrMs = rr1024.map((raw) => (raw * 1000) / 1024)
        const value = { ...rest, rrMs, warnings: [] }
        expect(decodeHeartRateMeasurement(new DataView(buffer))).toEqual({ ok: true, value })
      }),
    )
  })
})
