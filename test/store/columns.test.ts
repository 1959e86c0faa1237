import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openedBytes, packRecording, unpackRecording } from '../../src/store/columns.ts'
import { evenRecording } from '../support/even-recording.ts'
import type { Recording } from '../../src/domain/recording.ts'

const head = {
  format: 'strap',
  startedAtMs: 1,
  elapsedS: 9,
  localOffsetS: null,
  sport: 'running',
  subSport: null,
  sensor: 'chest',
  device: null,
  pauses: [],
  summary: { meanHeartRateBpm: null, maxHeartRateBpm: null, timerS: null, distanceM: null },
  warnings: [],
} as const
const f64 = fc.float64Array({ maxLength: 50 })
const f32 = fc.float32Array({ maxLength: 50 })

describe('columns', () => {
  it('come back exactly as they went in, NaN and all', () => {
    fc.assert(
      fc.property(f64, f32, fc.uint8Array(), (times, values, contactLost) => {
        const motion = {
          elapsedS: times,
          cadencePerMin: values,
          speedMPerS: values,
          altitudeM: values,
          distanceM: values,
          temperatureC: values,
        }
        const heartRate = { elapsedS: times, bpm: values, contactLost }
        const recording: Recording = { ...head, heartRate, motion, rr: { elapsedS: times, rrMs: values } }
        expect(unpackRecording(packRecording(recording))).toEqual(recording)
      }),
    )
  })

  it('tell how large they are opened without being opened, however well they are packed', () => {
    for (const rows of [0, 1, 1000]) expect(openedBytes(packRecording(evenRecording(rows)))).toBe(rows * 12)
    const { head: facts, packed } = packRecording(evenRecording(500_000))
    // The second half is gone, and so is not needed.
    expect(openedBytes({ head: facts, packed: packed.subarray(0, packed.length / 2) })).toBe(6_000_000)
    expect(() => openedBytes({ head: facts, packed: packed.subarray(0, 20) })).toThrow()
  })
})
