// Rule T4: dates that cannot be right, what may be proposed, what a person may say.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeRun, kinetics } from '../../fixtures/fit/made-runs.ts'
import { assess } from '../../src/domain/assess.ts'
import { dateRecording } from '../../src/domain/date-recording.ts'
import { canBeSaid, isHistory, isImplausibleStart, proposeStart, startOfComingIn } from '../../src/domain/dating.ts'
import { readFit } from '../../src/formats/fit/read-fit.ts'

const DAY_MS = 86_400_000
const now = Date.parse('2026-11-24T12:00:00Z')
const amsterdam = 'Europe/Amsterdam'
const at = (moment: string) => Date.parse(moment)

describe('dates that cannot be right (rule T4)', () => {
  it.each([
    ['1989-12-31T00:00:00Z', true],
    ['2009-12-31T23:59:59Z', true],
    ['2010-01-01T00:00:00Z', false],
    ['2026-11-26T12:00:00Z', false],
    ['2026-11-26T12:00:01Z', true],
  ])('%s: %s', (start, implausible) => {
    expect(isImplausibleStart(at(start), now)).toBe(implausible)
  })

  it('proposes 1,024 weeks later, where that falls in the last 400 days', () => {
    const weeks = 1024 * 7 * DAY_MS
    expect(proposeStart(now - weeks - DAY_MS, now)).toBe(now - DAY_MS)
    expect(proposeStart(now - weeks - 400 * DAY_MS, now)).toBe(now - 400 * DAY_MS)
    expect(proposeStart(now - weeks - 401 * DAY_MS, now)).toBeNull()
    expect(proposeStart(now - weeks + 1, now)).toBeNull()
    expect(proposeStart(at('2000-01-01T00:10:00Z'), now)).toBeNull()
  })

  it('counts from the day of coming in, never from the day before', () => {
    expect(startOfComingIn(1800, now, amsterdam)).toBe(now - 1_800_000)
    expect(startOfComingIn(1800, at('2026-11-24T23:10:00Z'), amsterdam)).toBe(at('2026-11-24T23:00:00Z'))
    expect(startOfComingIn(1e9, now, amsterdam)).toBe(at('2026-11-23T23:00:00Z'))
  })

  it('takes five days by a clock that was set for history', () => {
    const days = (from: string, count: number) => Array.from({ length: count }, (_, i) => at(from) + i * DAY_MS)
    expect(isHistory(days('2008-05-01T10:00:00Z', 5), now)).toBe(true)
    expect(isHistory(days('2008-05-01T10:00:00Z', 4), now)).toBe(false)
    expect(
      isHistory(
        Array.from({ length: 9 }, (_, i) => at('2008-05-01T10:00:00Z') + i),
        now,
      ),
    ).toBe(false)
    expect(isHistory(days('1990-01-01T10:00:00Z', 9), now)).toBe(false)
    expect(isHistory(days('2056-01-01T10:00:00Z', 9), now)).toBe(false)
    // A clock that began at 2000 when its battery was changed, and went on.
    expect(isHistory(days('2000-01-02T10:00:00Z', 9), now)).toBe(false)
  })

  it('takes days for history that 1,024 weeks later are long ago, and never those that may be the last weeks', () => {
    const lost = 1024 * 7 * DAY_MS
    const daysBefore = (first: number) => Array.from({ length: 7 }, (_, i) => now - lost - (first + i) * DAY_MS)
    expect(isHistory(daysBefore(1), now)).toBe(false)
    expect(isHistory(daysBefore(22), now)).toBe(false)
    expect(isHistory(daysBefore(29), now)).toBe(true)
  })

  it('lets nobody say what is to come, or what its own clock does not say before 2010', () => {
    const run = { elapsedS: 1800, fileStartedAtMs: at('2000-01-01T00:10:00Z'), nowMs: now }
    expect(canBeSaid(now - 1_800_000, run)).toBe(true)
    expect(canBeSaid(now, run)).toBe(false)
    expect(canBeSaid(at('2005-01-01T00:00:00Z'), run)).toBe(false)
    expect(canBeSaid(run.fileStartedAtMs, run)).toBe(true)
  })
})

describe('a hard run of whatever date', () => {
  const seconds = kinetics([{ forS: 600, targetBpm: 178, speedMPerS: 3, stepsPerMin: 172 }], 5)
  const reading = readFit(encodeRun(seconds, {}))
  const zone = { source: 'manual', ceilingBpm: 140, floorBpm: null, hardBpm: 160 } as const

  it('keeps its HARD, and where the date cannot be it is of the day on which it came in', () => {
    if (!reading.ok) throw new Error(reading.code)
    const [made] = reading.recordings
    if (made === undefined) throw new Error('no recording')
    fc.assert(
      fc.property(fc.integer({ min: -62e12, max: 8e12 }), fc.integer({ min: 1.5e12, max: 2e12 }), (startMs, nowMs) => {
        const { recording, dating } = dateRecording({ ...made, startedAtMs: startMs }, nowMs, amsterdam)
        const implausible = isImplausibleStart(startMs, nowMs)
        expect([dating !== null, recording.warnings.includes('CLOCK_IMPLAUSIBLE')]).toEqual([implausible, implausible])
        if (implausible) expect(Math.abs(nowMs - recording.startedAtMs)).toBeLessThan(DAY_MS)
        else expect(recording.startedAtMs).toBe(startMs)
        const flags = assess(recording, zone, { plannedMin: null }).flags.map(({ kind }) => kind)
        expect(flags).toContain('F9.hard')
      }),
      { numRuns: 40 },
    )
  })
})
