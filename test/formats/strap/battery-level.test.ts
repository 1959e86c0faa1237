import { describe, expect, it } from 'vitest'
import { decodeBatteryLevel } from '../../../src/formats/strap/battery-level.ts'

const decode = (...bytes: number[]) => decodeBatteryLevel(new DataView(Uint8Array.from(bytes).buffer))

describe('decodeBatteryLevel', () => {
  // offset 0: percent
  it('decodes percent, 0 and 100 included', () => {
    expect([decode(0x00), decode(0x5b), decode(0x64)].map((level) => level.ok && level.value)).toEqual([0, 91, 100])
  })

  it('takes neither no byte nor more than full', () => {
    expect([decode(), decode(0x65)]).toEqual([
      { ok: false, code: 'TOO_SHORT' },
      { ok: false, code: 'OUT_OF_RANGE' },
    ])
  })
})
