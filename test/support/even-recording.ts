// A heart rate that never changes, once a second, and nothing else.
import type { Recording } from '../../src/domain/recording.ts'

export function evenRecording(seconds: number): Recording {
  const none = new Float32Array()
  return {
    format: 'strap',
    startedAtMs: 1,
    elapsedS: seconds,
    localOffsetS: null,
    sport: 'running',
    subSport: null,
    sensor: 'chest',
    device: null,
    heartRate: {
      elapsedS: Float64Array.from({ length: seconds }, (_, i) => i),
      bpm: new Float32Array(seconds).fill(120),
    },
    motion: {
      elapsedS: new Float64Array(),
      cadencePerMin: none,
      speedMPerS: none,
      altitudeM: none,
      distanceM: none,
      temperatureC: none,
    },
    rr: { elapsedS: new Float64Array(), rrMs: none },
    pauses: [],
    summary: { meanHeartRateBpm: null, maxHeartRateBpm: null, timerS: null, distanceM: null },
    warnings: [],
  }
}
