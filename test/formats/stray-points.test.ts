// Rule T1 through the readers: the run alone, its start and its length, and how many points were left out.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeRun, kinetics } from '../../fixtures/fit/made-runs.ts'
import { readFile } from '../../src/formats/read-file.ts'
import type { Recording } from '../../src/domain/recording.ts'
import { fieldIsHere, readField } from '../support/field.ts'
import { withoutStrays } from '../../src/formats/phone-recording/leave-out-strays.ts'

const FIT_EPOCH_S = 631_065_600
const start = Date.parse('2026-09-01T08:00:00Z')
const now = start + 3 * 3_600_000

function recordingOf(name: string, bytes: Uint8Array): Recording {
  const reading = readFile(name, bytes, now)
  const [recording] = reading.ok ? reading.recordings : []
  if (recording === undefined) throw new Error(`${name}: no recording`)
  return recording
}

describe.skipIf(!fieldIsHere)('stray points of the field', () => {
  it.each([
    ['stale-start-6d-calm.fit', 0, 1799, 11],
    ['t-first-two-later.gpx.gz', 2, 1797, 2],
    ['t-year0-last.gpx.gz', 0, 1796, 3],
  ])('%s is its 30 minutes alone', (file, firstS, elapsedS, strays) => {
    const recording = recordingOf(file.replace('.gz', ''), readField(file))
    expect(recording).toMatchObject({ startedAtMs: start + 1000 * firstS, elapsedS, strayPoints: strays, pauses: [] })
    expect(recording.warnings).toContain('STRAY_POINTS')
  })
})

const seconds = kinetics([{ forS: 900, targetBpm: 150, speedMPerS: 3, stepsPerMin: 160 }], 3)

/** The run as XML, some of its points at other times. */
function asXml(kind: 'tcx' | 'gpx', timeOf: (second: number) => number): Uint8Array {
  const at = (second: number) => new Date(timeOf(second)).toISOString()
  const points = seconds.map(({ bpm }, s) =>
    kind === 'tcx'
      ? `<Trackpoint><Time>${at(s)}</Time><HeartRateBpm><Value>${bpm}</Value></HeartRateBpm></Trackpoint>`
      : `<trkpt lat="52" lon="5"><time>${at(s)}</time><extensions><hr>${bpm}</hr></extensions></trkpt>`,
  )
  return new TextEncoder().encode(
    kind === 'tcx'
      ? `<TrainingCenterDatabase><Activities><Activity Sport="Running"><Lap StartTime="${at(0)}"><Track>${points.join('')}</Track></Lap></Activity></Activities></TrainingCenterDatabase>`
      : `<gpx version="1.1"><trk><trkseg>${points.join('')}</trkseg></trk></gpx>`,
  )
}

describe('stray points', () => {
  const HOUR_MS = 3_600_000
  it('that stand inside a run divide no minute from the rest of it', () => {
    const early = (s: number) => s === 30 || s === 31
    const bytes = asXml('gpx', (s) => start + 1000 * (early(s) ? s - 400_000_000 : s < 30 ? s : s + 240))
    expect(recordingOf('x.gpx', bytes)).toMatchObject({ startedAtMs: start, elapsedS: 899 + 240, strayPoints: 2 })
  })

  it.each(['tcx', 'gpx'] as const)('never change start, end and heart rates of the rest of a %s file', (kind) => {
    const plain = recordingOf(
      `x.${kind}`,
      asXml(kind, (s) => start + 1000 * s),
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 880 }),
        fc.integer({ min: 1, max: 12 }),
        fc.oneof(fc.integer({ min: -300_000, max: -1 }), fc.integer({ min: 2, max: 300_000 })),
        (from, count, hours) => {
          const isStray = (s: number) => s >= from && s < from + count
          const bytes = asXml(kind, (s) => start + 1000 * s + (isStray(s) ? hours * HOUR_MS : 0))
          const { startedAtMs, elapsedS, heartRate, strayPoints } = recordingOf(`x.${kind}`, bytes)
          const firstS = from === 0 ? count : 0
          expect([startedAtMs, elapsedS, strayPoints]).toEqual([start + 1000 * firstS, 899 - firstS, count])
          const rest = plain.heartRate.bpm.filter((_, row) => !isStray(plain.heartRate.elapsedS[row] ?? 0))
          expect([...heartRate.bpm]).toEqual([...rest])
        },
      ),
      { numRuns: 25 },
    )
  })

  it('says nothing of a file that has none', () => {
    const recording = recordingOf('x.fit', encodeRun(seconds, { startTime: start / 1000 - FIT_EPOCH_S }))
    expect(recording.strayPoints).toBeUndefined()
    expect(recording.warnings).not.toContain('STRAY_POINTS')
  })
})

describe('stray beats of a group run', () => {
  const beats = (times: readonly number[], elapsedS: number): Recording => ({
    ...recordingOf('x.fit', encodeRun(seconds, { startTime: start / 1000 - FIT_EPOCH_S })),
    format: 'strap',
    elapsedS,
    heartRate: { elapsedS: Float64Array.from(times), bpm: Float32Array.from(times, () => 150) },
    hands: [[10, 'told', 'sven']],
  })
  const minutes = Array.from({ length: 1200 }, (_, s) => s)

  it('are left out with a stop that came days later', () => {
    const { elapsedS, heartRate, strayPoints } = withoutStrays(beats([...minutes, 500_000, 500_001], 500_002), Infinity)
    expect([elapsedS, heartRate.elapsedS.length, strayPoints]).toEqual([1199, 1200, 2])
  })

  it('are left out with a start that lies days before', () => {
    const late = minutes.map((s) => s + 500_000)
    const { startedAtMs, elapsedS, heartRate } = withoutStrays(beats([0, 1, ...late], 501_200), Infinity)
    expect([startedAtMs, elapsedS]).toEqual([start + 500_000_000, 1200])
    expect([...heartRate.elapsedS]).toEqual(minutes)
  })

  it('are none where a strap was lost for long and beats again before the stop', () => {
    const recording = beats([...minutes, 9000, 9001], 9002)
    expect(withoutStrays(recording, Infinity)).toBe(recording)
  })
})
