import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cameLately, whyRetentionWaits, type RetentionFacts } from '../../src/domain/retention.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const now = Date.UTC(2026, 10, 30)
const facts = (more: Partial<RetentionFacts>): RetentionFacts => ({
  nowMs: now,
  ranAtMs: now - DAY_MS,
  waitedAtMs: null,
  confirmedAtMs: null,
  due: 3,
  kept: 1000,
  ...more,
})

describe('retention by itself', () => {
  it.each([
    ['day after day', {}, null],
    ['after a week off', { ranAtMs: now - 7 * DAY_MS }, null],
    ['for the first time', { ranAtMs: null, waitedAtMs: null }, null],
    ['with a clock a year ahead', { ranAtMs: now - 365 * DAY_MS }, 'clock'],
    ['with a clock that went back', { ranAtMs: now + 365 * DAY_MS }, null],
    ['an hour after it began to wait', { ranAtMs: now - 30 * DAY_MS, waitedAtMs: now - HOUR_MS }, 'clock'],
    ['a day after it began to wait', { ranAtMs: now - 30 * DAY_MS, waitedAtMs: now - DAY_MS }, null],
    ['where it waited last year', { ranAtMs: now - 30 * DAY_MS, waitedAtMs: now - 300 * DAY_MS }, 'clock'],
    ['where it waited at a time to come', { ranAtMs: now - 30 * DAY_MS, waitedAtMs: now + 300 * DAY_MS }, 'clock'],
    ['of a fifth', { due: 200 }, null],
    ['of more than a fifth', { due: 201 }, 'many'],
    ['of more than a fifth, a day after it began to wait', { due: 201, waitedAtMs: now - DAY_MS }, 'many'],
    ['of few, all that there are', { due: 50, kept: 50 }, null],
    ['where a person said so', { due: 900, ranAtMs: now - 300 * DAY_MS, confirmedAtMs: now - HOUR_MS }, null],
    ['where a person said so last year', { due: 900, confirmedAtMs: now - 360 * DAY_MS }, 'many'],
    ['where a person said so for the time before', { due: 900, confirmedAtMs: now - 2 * DAY_MS }, 'many'],
    [
      'where a person said so, and it ran at a time to come',
      { due: 900, ranAtMs: now + 365 * DAY_MS, confirmedAtMs: now - HOUR_MS },
      null,
    ],
    ['where a person said so at a time to come', { due: 900, confirmedAtMs: now + DAY_MS }, 'many'],
    ['of nothing', { due: 0, kept: 0, ranAtMs: now - 365 * DAY_MS }, null],
  ] satisfies [string, Partial<RetentionFacts>, string | null][])('%s', (_, more, why) => {
    expect(whyRetentionWaits(facts(more))).toBe(why)
  })

  it('takes runs that came in lately for no sign of a wrong clock', () => {
    expect([cameLately(now - 36 * DAY_MS, now), cameLately(now - 38 * DAY_MS, now)]).toEqual([true, false])
  })

  it('never deletes more than a fifth, or fifty, where nobody said so', () => {
    const time = fc.option(fc.integer({ min: now - 400 * DAY_MS, max: now + 400 * DAY_MS }), { nil: null })
    fc.assert(
      fc.property(time, time, fc.nat(2000), fc.nat(2000), (ranAtMs, waitedAtMs, due, kept) => {
        const why = whyRetentionWaits(facts({ ranAtMs, waitedAtMs, due, kept }))
        if (why === null) expect(due).toBeLessThanOrEqual(Math.max(50, kept / 5))
      }),
    )
  })
})
