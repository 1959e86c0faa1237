// One made run, written as FIT, TCX and GPX: the judge must not see a difference.
import { describe, expect, it } from 'vitest'
import { encodeRun, kinetics, noStop, walkRun } from '../../../fixtures/fit/made-runs.ts'
import { encodeGpx, encodeTcx, withoutZone } from '../../../fixtures/xml/made-xml.ts'
import { assess } from '../../../src/domain/assess.ts'
import type { CalmZone } from '../../../src/domain/calm-zone.ts'
import type { Recording } from '../../../src/domain/recording.ts'
import { readFile } from '../../../src/formats/read-file.ts'

const zone: CalmZone = { source: 'manual', ceilingBpm: 140, floorBpm: 110, hardBpm: 165 }
const pauses = [
  [600, 690],
  [1200, 1230],
] as const

function recordingOf(name: string, content: Uint8Array | string): Recording {
  const reading = readFile(name, typeof content === 'string' ? new TextEncoder().encode(content) : content)
  const recording = reading.ok ? reading.recordings[0] : undefined
  if (recording === undefined) throw new Error(`${name} gave no recording`)
  return recording
}
const judgedOf = (recording: Recording) => {
  const { verdict, zoneTime, qualityS } = assess(recording, zone, { plannedMin: 30 })
  return { verdict, zoneTime, qualityS, pauses: recording.pauses, startedAtMs: recording.startedAtMs }
}

describe.each([
  ['a calm run', kinetics(walkRun, 1), 'calm'],
  ['a run that knows no stop', kinetics(noStop, 2), 'too_hard'],
] as const)('%s as FIT, TCX and GPX', (_name, seconds, verdict) => {
  const fit = recordingOf('run.fit', encodeRun(seconds, { pauses, sensor: 'none' }))
  const others = [
    ['TCX', recordingOf('run.tcx', encodeTcx(seconds, { pauses }))],
    ['TCX without zone', recordingOf('run.tcx', encodeTcx(seconds, { pauses, time: withoutZone }))],
    ['GPX', recordingOf('run.gpx', encodeGpx(seconds, { pauses }))],
  ] as const

  it.each(others)('%s has the heart-rate columns of FIT', (_format, recording) => {
    expect(recording.heartRate).toEqual(fit.heartRate)
    expect(recording.motion.cadencePerMin).toEqual(fit.motion.cadencePerMin)
  })

  it.each(others)('%s gets the verdict and the zone time of FIT', (_format, recording) => {
    expect(judgedOf(recording)).toEqual(judgedOf(fit))
    expect(judgedOf(recording).verdict).toBe(verdict)
  })
})
