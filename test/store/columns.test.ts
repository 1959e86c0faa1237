import fc from 'fast-check'
import { strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { layColumns, openedBytes, packRecording, readColumns, unpackRecording } from '../../src/store/columns.ts'
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

  it('that are fewer than their list says are none, and no room is made for what it claims', () => {
    const laid = layColumns(evenRecording(100))
    expect(readColumns(laid)).not.toBeNull()
    expect(readColumns(laid.subarray(0, -1))).toBeNull()
    for (const length of [1e15, 2 ** 31, -1, 0.5, null, '9']) {
      const list = strToU8(JSON.stringify([{ name: 'rr.rrMs', type: 'f32', length }]))
      const claiming = new Uint8Array(4 + list.length + 8)
      new DataView(claiming.buffer).setUint32(0, list.length, true)
      claiming.set(list, 4)
      expect(readColumns(claiming)).toBeNull()
    }
  })
})
