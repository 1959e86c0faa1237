import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExportedRun } from '../../../src/formats/export/exported-run.ts'
import { toLocalTime } from '../../../src/formats/export/local-time.ts'
import { toNumberText } from '../../../src/formats/export/number-text.ts'
import { secondRows, type SecondRow } from '../../../src/formats/export/second-rows.ts'
import { exportedRuns, scenarioRuns } from '../../support/exported-runs.ts'
import { named } from '../../support/named.ts'

const runs = scenarioRuns.map(([name, run]) => ({ name, run }))
const rowsOf = (run: ExportedRun) => [...secondRows(run)]
const count = (rows: readonly SecondRow[], has: (row: SecondRow) => boolean) => rows.filter(has).length

describe('secondRows', () => {
  it('has each second from the first to the last once', () => {
    const { run } = named(runs, 'calm beginner')
    expect(rowsOf(run).map(({ elapsedS }) => elapsedS)).toEqual(
      Array.from({ length: run.recording.elapsedS + 1 }, (_, s) => s),
    )
  })

  it.each(scenarioRuns)('counts the seconds of the assessment: %s', (_name, run) => {
    const rows = rowsOf(run)
    const { zoneTime } = run.assessment
    expect(count(rows, ({ zone }) => zone === 'calm')).toBe(zoneTime.calmS)
    expect(count(rows, ({ zone }) => zone === 'above' || zone === 'hard')).toBe(zoneTime.aboveS)
    expect(count(rows, ({ zone }) => zone === 'hard')).toBe(zoneTime.hardS)
    expect(count(rows, ({ judgedBpm }) => judgedBpm !== null)).toBe(zoneTime.goodS)
    expect(count(rows, ({ paused }) => !paused)).toBe(zoneTime.movingS + 1)
  })

  it('never believes what was marked, never judges in a pause, never names a zone without a judged heart rate', () => {
    fc.assert(
      fc.property(exportedRuns, (run) => {
        for (const row of secondRows(run)) {
          if (row.believedBpm !== null) expect([row.quality, row.believedBpm]).toEqual(['ok', row.measuredBpm])
          if (row.quality !== 'ok') expect([row.judgedBpm, row.zone]).toEqual([null, null])
          if (row.paused && row.measuredBpm === null) expect(row.judgedBpm).toBe(null)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('leaves out a silence of more than an hour', () => {
    const { run } = named(runs, 'forty minutes of walking')
    const { recording } = run
    const later = (times: Float64Array) => times.map((at) => (at < 1000 ? at : at + 1_000_000))
    const rows = rowsOf({
      ...run,
      recording: {
        ...recording,
        elapsedS: recording.elapsedS + 1_000_000,
        heartRate: { ...recording.heartRate, elapsedS: later(recording.heartRate.elapsedS) },
        motion: { ...recording.motion, elapsedS: later(recording.motion.elapsedS) },
      },
    })
    expect(rows.length).toBe(recording.elapsedS + 1)
    expect([rows[999]?.elapsedS, rows[1000]?.elapsedS]).toEqual([999, 1_001_000])
    expect(rows.at(-1)?.elapsedS).toBe(recording.elapsedS + 1_000_000)
  })
})

describe('toLocalTime', () => {
  it.each([
    [0, 0, '1970-01-01T00:00:00+00:00'],
    [1_788_249_600_000, 7200, '2026-09-01T10:00:00+02:00'],
    [1_788_249_600_250, -12_600, '2026-09-01T04:30:00.250-03:30'],
  ])('%d at %d is %s', (ms, offsetS, text) => {
    expect(toLocalTime(ms, offsetS)).toBe(text)
  })
})

describe('toNumberText', () => {
  it('says what was measured, not what a 32-bit float makes of it', () => {
    expect([Math.fround(2.2), 131, -0.4, 42_195.12, 10_485_761, -1e-8].map(toNumberText)).toEqual([
      ...['2.2', '131', '-0.4', '42195.12', '10485761', '0'],
    ])
  })
})
