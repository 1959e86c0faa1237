import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeDateTime } from '../../../src/formats/xml/date-time.ts'

const eight = Date.UTC(2026, 8, 1, 8) / 1000

describe('decodeDateTime', () => {
  it.each([
    ['2026-09-01T08:00:00Z', { epochS: eight, offsetS: null, hasZone: true }],
    ['2026-09-01T08:00:00.999Z', { epochS: eight, offsetS: null, hasZone: true }],
    ['2026-09-01T10:00:00+02:00', { epochS: eight, offsetS: 7200, hasZone: true }],
    ['2026-09-01T04:30:00-0330', { epochS: eight, offsetS: -12_600, hasZone: true }],
    ['2026-09-01T08:00:00+00:00', { epochS: eight, offsetS: null, hasZone: true }],
    ['2026-09-01T08:00:00', { epochS: eight, offsetS: null, hasZone: false }],
    ['2026-09-01 08:00:00', { epochS: eight, offsetS: null, hasZone: false }],
    ['2026-08-31T24:00:00Z', { epochS: eight - 8 * 3600, offsetS: null, hasZone: true }],
  ])('reads %s', (text, time) => {
    expect(decodeDateTime(text)).toEqual(time)
  })

  it.each(['', 'yesterday', '2026-02-30T08:00:00Z', '2026-13-01T08:00:00Z', '2026-09-01T08:61:00Z', '2026-09-01'])(
    'reads no time in "%s"',
    (text) => {
      expect(decodeDateTime(text)).toBeNull()
    },
  )

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
