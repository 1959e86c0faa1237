import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromStartFields, toStartFields } from '../../web/screens/runs/run/start-fields.ts'

it('reads back the minute that was proposed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 21_000_000, max: 66_000_000 }), (minute) => {
      const back = fromStartFields(toStartFields(minute * 60_000))
      // An hour that a clock shows twice a year may be the other one of the two.
      expect([0, 3_600_000]).toContain(Math.abs((back ?? 0) - minute * 60_000))
    }),
  )
})

it('proposes nothing where nothing is known, and takes no half an answer', () => {
  expect(toStartFields(null)).toEqual({ day: '', time: '' })
  expect(fromStartFields({ day: '2026-09-01', time: '' })).toBeNull()
  expect(fromStartFields({ day: '', time: '08:00' })).toBeNull()
  expect(fromStartFields({ day: '2026-13-41', time: '08:00' })).toBeNull()
})
