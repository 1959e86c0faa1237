import { describe, expect, it } from 'vitest'
import { samplesExpireAtMs } from '../../src/domain/retention.ts'

const DAY_MS = 86_400_000
const noon = Date.parse('2026-09-01T12:00:00Z')
const day = (days: number) => noon + days * DAY_MS

describe('samplesExpireAtMs', () => {
  it.each([
    ['a run that came in on its day', noon, noon + 3_600_000, 90, day(90) + 1_800_000],
    ['a run that came in late', noon, day(40), 90, day(90) + 1_800_000],
    ['a run from years ago: a week to look at it', noon, day(700), 90, day(707)],
    ['a clock that ran ahead: from the day it came in', day(9000), noon, 90, day(90)],
  ])('is so many days after the run: %s', (_, startedAtMs, importedAtMs, days, expected) => {
    expect(samplesExpireAtMs({ startedAtMs, elapsedS: 1800, importedAtMs }, days)).toBe(expected)
  })
})
