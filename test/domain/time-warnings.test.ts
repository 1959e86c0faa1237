import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zoneOffsetS } from '../../src/domain/patterns/local-day.ts'
import { findTimeWarnings } from '../../src/domain/time-warnings.ts'

const now = Date.parse('2026-11-24T12:00:00Z')
const amsterdam = 'Europe/Amsterdam'
const found = (start: string, minutes = 30, localOffsetS: number | null = null) =>
  findTimeWarnings({ startedAtMs: Date.parse(start), elapsedS: minutes * 60, localOffsetS }, now, amsterdam)

describe('findTimeWarnings', () => {
  it('has nothing to say of a run by the clock here, or of one far away', () => {
    expect(found('2026-11-20T10:00:00Z', 30, 3600)).toEqual([])
    expect(found('2026-11-20T10:00:00Z', 30, -18_000)).toEqual([])
    expect(found('2026-11-20T10:00:00Z')).toEqual([])
  })

  it('warns of a run in the future, as of a swapped day and month', () => {
    expect(found('2026-11-26T11:59:00Z')).toEqual(['TIME_IN_FUTURE'])
    expect(found('2026-11-24T11:34:00Z')).toEqual([])
    expect(found('2026-11-24T11:36:00Z')).toEqual(['TIME_IN_FUTURE'])
  })

  it('warns of a date that cannot be right, and of nothing else that rests on it', () => {
    expect(found('2000-07-01T10:00:00Z', 30, 3600)).toEqual(['CLOCK_IMPLAUSIBLE'])
    expect(found('2009-12-31T23:59:59Z')).toEqual(['CLOCK_IMPLAUSIBLE'])
    expect(found('2010-01-01T00:00:00Z')).toEqual([])
    expect(found('2026-12-11T10:00:00Z')).toEqual(['TIME_IN_FUTURE', 'CLOCK_IMPLAUSIBLE'])
  })

  it('takes a history at its word', () => {
    const run = { startedAtMs: Date.parse('2008-05-01T10:00:00Z'), elapsedS: 1800, localOffsetS: null }
    expect(findTimeWarnings(run, now, amsterdam, true)).toEqual([])
  })

  it('warns where the clock is changed during the run', () => {
    expect(found('2026-10-25T00:45:00Z')).toEqual(['CLOCK_CHANGED'])
    expect(found('2026-03-29T00:45:00Z')).toEqual(['CLOCK_CHANGED'])
    expect(found('2026-10-25T01:05:00Z')).toEqual([])
  })

  it('warns of a watch that still keeps the other half of the year', () => {
    expect(found('2026-07-01T10:00:00Z', 30, 3600)).toEqual(['CLOCK_HOUR_OFF'])
    expect(found('2026-11-01T10:00:00Z', 30, 7200)).toEqual(['CLOCK_HOUR_OFF'])
  })

  it('knows no place without a zone', () => {
    const run = { startedAtMs: Date.parse('2026-10-25T00:45:00Z'), elapsedS: 1800, localOffsetS: 0 }
    expect(findTimeWarnings(run, now, null)).toEqual([])
  })
})

describe('zoneOffsetS', () => {
  it('is the offset that the zone keeps at that moment', () => {
    const at = (zone: string, moment: string) => zoneOffsetS(Date.parse(moment), zone)
    expect([at(amsterdam, '2026-07-01T00:00:00Z'), at(amsterdam, '2026-12-01T00:00:00Z')]).toEqual([7200, 3600])
    expect([at('Asia/Kathmandu', '2026-07-01T23:00:00Z'), at('America/New_York', '2026-07-01T02:00:00Z')]).toEqual([
      20_700, -14_400,
    ])
  })

  it('is a whole number of minutes within a day, whenever', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.constantFrom(amsterdam, 'Asia/Kolkata', 'Pacific/Apia'),
        (atMs, zone) => {
          const offsetS = zoneOffsetS(atMs, zone)
          expect([Math.abs(offsetS % 60), Math.abs(offsetS) <= 14 * 3600 + 1800]).toEqual([0, true])
        },
      ),
    )
  })
})
