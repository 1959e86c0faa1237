import { describe, expect, it } from 'vitest'
import { isReportedBeside, momentMsOf } from '../../../src/domain/review/moment-of-flag.ts'

const HOUR_MS = 3_600_000
/** 23:50 in Amsterdam, in winter. */
const START_MS = Date.UTC(2026, 10, 26, 22, 50)
const run = { id: 'r', startedAtMs: START_MS }
const flag = { aboutMs: START_MS + HOUR_MS / 2, run, localOffsetS: 3600 }

describe('the moment of a flag', () => {
  it('is where its rule points into the run, and not the end of the run', () => {
    const evidence = { spansS: [[600, 660]] as const }
    expect(momentMsOf({ evidence, aboutMs: flag.aboutMs }, run)).toBe(START_MS + 600_000)
    expect(momentMsOf({ evidence: {}, aboutMs: flag.aboutMs }, run)).toBe(START_MS)
    expect(momentMsOf({ evidence, aboutMs: flag.aboutMs }, null)).toBe(flag.aboutMs)
  })
})

describe('what was told beside a flag', () => {
  const isBeside = (atMs: number, runId: string | null = null) => isReportedBeside({ atMs, runId }, flag)

  it('is of the day on which the run began and of the day on which it ended: 23:50 beside a run until 00:20', () => {
    expect(isBeside(START_MS - 2500)).toBe(true)
    expect(isBeside(START_MS - 23 * HOUR_MS)).toBe(true)
    expect(isBeside(START_MS - 24 * HOUR_MS)).toBe(false)
    expect(isBeside(START_MS + 23 * HOUR_MS)).toBe(true)
    expect(isBeside(START_MS + 25 * HOUR_MS)).toBe(false)
  })

  it('is of the evening before a run that began after midnight', () => {
    const early = { id: 'r', startedAtMs: START_MS + HOUR_MS / 2 }
    const besideEarly = (atMs: number) =>
      isReportedBeside({ atMs }, { ...flag, aboutMs: START_MS + HOUR_MS, run: early })
    expect([besideEarly(START_MS), besideEarly(START_MS - 7 * HOUR_MS)]).toEqual([true, false])
  })

  it('is what was told of the run itself, whenever that was', () => {
    expect([isBeside(START_MS + 90 * HOUR_MS, 'r'), isBeside(START_MS + 90 * HOUR_MS, 'other')]).toEqual([true, false])
  })

  it('is of the same local day where there was no run', () => {
    const told = { aboutMs: START_MS, run: null, localOffsetS: 3600 }
    expect(isReportedBeside({ atMs: START_MS - 20 * HOUR_MS }, told)).toBe(true)
    expect(isReportedBeside({ atMs: START_MS + HOUR_MS / 2 }, told)).toBe(false)
  })
})
