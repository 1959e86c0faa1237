// The chart data of a run, as JSON: whatever was recorded, its numbers come back as they are.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { overrideParameters } from '../../../src/domain/parameters/parameters.ts'
import { prepare } from '../../../src/domain/prepare.ts'
import { combineRecordings } from '../../../src/domain/sources/combine.ts'
import type { Recording } from '../../../src/domain/recording.ts'
import type { OpenedRun } from '../../../src/store/runs/packed-run.ts'
import { writeSeries } from '../../../src/store/runs/summed-run.ts'
import { recordings } from '../../support/recordings.ts'

const p = overrideParameters({})
const orNull = (values: ArrayLike<number>) => Array.from(values, (value) => (Number.isNaN(value) ? null : value))

function expectSeries(opened: OpenedRun, recording: Recording): void {
  const { timesS, smoothedBpm, frame } = prepare(recording, p.quality)
  expect(JSON.parse(writeSeries(opened, p, false))).toEqual({
    heartRate: { elapsedS: Array.from(timesS), bpm: orNull(recording.heartRate.bpm) },
    source: opened.combined && Array.from(opened.combined.sourceOfRow),
    smoothed: { elapsedS: Array.from(timesS), bpm: orNull(smoothedBpm) },
    holdLimitS: frame.holdLimitS,
    pauses: frame.pauses,
    alpha1: null,
  })
}

it('writes what was measured and what was judged', () => {
  fc.assert(fc.property(recordings, (recording) => expectSeries({ recording, combined: null, heard: null }, recording)))
})

it('writes which of two sources each row is from', () => {
  fc.assert(
    fc.property(recordings, recordings, fc.integer({ min: -300, max: 300 }), (first, second, lateS) => {
      const moved = { ...second, startedAtMs: first.startedAtMs + lateS * 1000 }
      const combined = combineRecordings(first, moved, p)
      expectSeries({ recording: combined.recording, combined, heard: null }, combined.recording)
    }),
    { numRuns: 30 },
  )
})
