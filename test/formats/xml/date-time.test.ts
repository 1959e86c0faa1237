import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeDateTime } from '../../../src/formats/xml/date-time.ts'

const eight = Date.UTC(2026, 8, 1, 8) / 1000

describe('decodeDateTime', () => {
  it.each([
    ['2026-09-01T08:00:00Z', { epochS: eight, offsetS: null, hasZone: true, hasSeconds: true }],
    ['2026-09-01T08:00:00.999Z', { epochS: eight, offsetS: null, hasZone: true, hasSeconds: true }],
    ['2026-09-01T10:00:00+02:00', { epochS: eight, offsetS: 7200, hasZone: true, hasSeconds: true }],
    ['2026-09-01T04:30:00-0330', { epochS: eight, offsetS: -12_600, hasZone: true, hasSeconds: true }],
    ['2026-09-01T08:00:00+00:00', { epochS: eight, offsetS: null, hasZone: true, hasSeconds: true }],
    ['2026-09-01T08:00:00', { epochS: eight, offsetS: null, hasZone: false, hasSeconds: true }],
    ['2026-09-01 08:00:00', { epochS: eight, offsetS: null, hasZone: false, hasSeconds: true }],
    ['2026-08-31T24:00:00Z', { epochS: eight - 8 * 3600, offsetS: null, hasZone: true, hasSeconds: true }],
    ['2026-09-01T10:00:00+02', { epochS: eight, offsetS: 7200, hasZone: true, hasSeconds: true }],
    ['2026-09-01T10:00:00+0200', { epochS: eight, offsetS: 7200, hasZone: true, hasSeconds: true }],
    [
      '2026-09-01T10:00:00.000+02:00[Europe/Brussels]',
      { epochS: eight, offsetS: 7200, hasZone: true, hasSeconds: true },
    ],
    ['2026-09-01T10:00:00[Europe/Brussels]', { epochS: eight, offsetS: 7200, hasZone: true, hasSeconds: true }],
    [
      '2026-10-25T02:30:00[Europe/Brussels]',
      { epochS: Date.UTC(2026, 9, 25, 0, 30) / 1000, offsetS: 7200, hasZone: true, hasSeconds: true },
    ],
    ['2026-09-01T08:00:00Z[UTC]', { epochS: eight, offsetS: null, hasZone: true, hasSeconds: true }],
    ['2026-09-01T08:00:00[Middle/Earth]', { epochS: eight, offsetS: null, hasZone: false, hasSeconds: true }],
    ['2026-09-01T08:00:00ZZ', { epochS: eight, offsetS: null, hasZone: true, hasSeconds: true }],
    ['2026-09-01 08:00:00 UTC', { epochS: eight, offsetS: null, hasZone: true, hasSeconds: true }],
    ['2026-9-1T8:0:0Z', { epochS: eight, offsetS: null, hasZone: true, hasSeconds: true }],
    ['2026/9/1 8:00:00 AM', { epochS: eight, offsetS: null, hasZone: false, hasSeconds: true }],
    ['2026-09-01 08:00:00 p.m.Z', { epochS: eight + 12 * 3600, offsetS: null, hasZone: true, hasSeconds: true }],
    ['2026-09-01T12:00:00AM+02:00', { epochS: eight - 10 * 3600, offsetS: 7200, hasZone: true, hasSeconds: true }],
    ['2026-09-01T08:07:00+00:07', { epochS: eight, offsetS: null, hasZone: true, hasSeconds: true }],
    [
      '2026-09-01 10:00:00\u00A0p.\u00A0m.',
      { epochS: eight + 14 * 3600, offsetS: null, hasZone: false, hasSeconds: true },
    ],
    ['2026-09-01 08:00:00Z PM', { epochS: eight + 12 * 3600, offsetS: null, hasZone: true, hasSeconds: true }],
    ['2026-09-01 08:00:00 WET', { epochS: eight, offsetS: null, hasZone: true, hasSeconds: true }],
    ['2026-09-01T08:00Z', { epochS: eight, offsetS: null, hasZone: true, hasSeconds: false }],
    ['2026-09-01T10:00+02:00[Europe/Brussels]', { epochS: eight, offsetS: 7200, hasZone: true, hasSeconds: false }],
    ['2026-09-01 8:00 AM', { epochS: eight, offsetS: null, hasZone: false, hasSeconds: false }],
  ])('reads %s', (text, time) => {
    expect(decodeDateTime(text)).toEqual(time)
  })

  it.each([
    '2026-09-01T10:00:00+02:00[!Europe/Brussels]',
    '2026-09-01T10:00:00+02:00[Europe/Brussels][u-ca=iso8601]',
    '2026-09-01T10:00:00+02:00[+02:00]',
    '2026-09-01T10:00:00[+02:00]',
    '2026-09-01T10:00:00[!Europe/Brussels][!u-ca=gregory][some=thing]',
    '2026-09-01T10:00:00+02:00:00',
    '2026-09-01 10:00:00 CEST',
    '2026-09-01 10:00:00 EET',
    '2026-09-01T10:00:00 UTC+2',
    '2026-09-01 10:00:00 GMT+02:00',
    '2026-09-01 10:00:00 a. m. +02:00',
    '2026-09-01\u00A010:00:00\u202Fa.\u00A0m.\u00A0+02:00',
    '2026-09-01 10:00:00 +02:00 AM',
    '\u200E2026-09-01T\u200F10:00:00+02:00\u200E',
    '\u200F ٢٠٢٦-٠٩-٠١ ١٠:٠٠:٠٠ +02:00',
    '۲۰۲۶/۹/۱ ۱۰:۰:۰ +02:00',
    '2026\u201109\u201101T10\uFF1A00\uFF1A00+02:00',
  ])('reads %s', (text) => {
    expect(decodeDateTime(text)).toEqual({ epochS: eight, offsetS: 7200, hasZone: true, hasSeconds: true })
  })

  it.each([
    '',
    'yesterday',
    '2026-02-30T08:00:00Z',
    '2026-13-01T08:00:00Z',
    '2026-09-01T08:61:00Z',
    '2026-09-01',
    '2026-09-01T13:00:00PM',
    '2026-09-01T0:00:00AM',
    '01/09/2026 08:00:00',
    '2026-09-01T08',
    '2026-09-01T08:00:',
    '2026-09-01T08:00:00 AM Z PM',
    ...['EST', 'IST', 'BST', 'PST', 'CST', 'EDT', 'MST'].map((word) => `2026-09-01T08:00:00 ${word}`),
    '2026-09-01T08:00:00Z[!some=thing]',
    '2026-09-01T08:00:00Z[Europe/Brussels][!Europe/Paris]',
    '2026-09-01T08:00:00+15:00',
    `2026-09-01T08:00:00${' '.repeat(5000)}x`,
  ])('reads no time in "%s"', (text) => {
    expect(decodeDateTime(text)).toBeNull()
  })

  it('takes no longer for a text made to be slow', () => {
    const parts = ['\u00A0', ' ', 'a', '.', 'm', '[', ']', '[a]', 'Z', '+', '0', '1', ':']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 12 }), fc.nat(9), (some, at) => {
        const text = `2026-09-01T08:00:00${some.slice(0, at).join('')}${some.slice(at).join('').repeat(3000)}x`
        expect(decodeDateTime(text)).toBeNull()
      }),
      { numRuns: 300 },
    )
  })

  it('reads back every time of the calendar, the first centuries too', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
        (date) => {
          expect(decodeDateTime(date.toISOString())?.epochS).toBe(Math.floor(date.getTime() / 1000))
        },
      ),
    )
  })
})
