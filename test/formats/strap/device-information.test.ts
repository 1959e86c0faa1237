import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeDeviceString, deviceName, maxStringBytes } from '../../../src/formats/strap/device-information.ts'

const decode = (bytes: Uint8Array) => decodeDeviceString(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
const utf8 = (text: string) => decode(Uint8Array.from(new TextEncoder().encode(text)))

describe('decodeDeviceString', () => {
  // P  o  l  a  r  NUL NUL
  // 50 6F 6C 61 72 00  00
  it('decodes UTF-8 without the NULs that fill it up', () => {
    expect(decode(Uint8Array.of(0x50, 0x6f, 0x6c, 0x61, 0x72, 0, 0))).toEqual({ ok: true, value: 'Polar' })
    expect(utf8(' Sigma\tHerzgurt – Größe M ')).toEqual({ ok: true, value: 'Sigma Herzgurt – Größe M' })
  })

  it('leaves out what could write elsewhere on a screen', () => {
    expect(utf8('H10\u001b[2J\u202e01\u2028')).toEqual({ ok: true, value: 'H10 [2J 01' })
  })

  it('takes neither nothing, nor what holds nothing to read, nor more than 64 bytes', () => {
    expect([utf8(''), utf8('\0\0 \n'), utf8('x'.repeat(65))]).toEqual([
      { ok: false, code: 'EMPTY' },
      { ok: false, code: 'EMPTY' },
      { ok: false, code: 'TOO_LONG' },
    ])
  })

  it('never throws, and gives no control character, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: maxStringBytes + 2 }), (bytes) => {
        const decoded = decode(bytes)
        if (decoded.ok) expect(decoded.value).not.toMatch(/^$|\p{Cc}|\uFFFD|^\s|\s$/u)
      }),
    )
  })
})

describe('deviceName', () => {
  it('says the maker once', () => {
    expect(deviceName('Polar', 'H10')).toBe('Polar H10')
    expect(deviceName('Wahoo', 'WAHOO TICKR')).toBe('WAHOO TICKR')
    expect([deviceName('Polar', null), deviceName(null, 'H10'), deviceName(null, null)]).toEqual(['Polar', 'H10', null])
  })
})
