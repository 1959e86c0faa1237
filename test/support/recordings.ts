// Arbitrary recordings for property tests.
import fc from 'fast-check'
import { recordingFormats, sensorKinds, type Recording, type SpanS } from '../../src/domain/recording.ts'

const columns = fc
  .array(
    fc.record({
      step: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 40 })),
      bpm: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 90, max: 190 }) },
        fc.constantFrom(0, Number.NaN, 20, 240),
      ),
    }),
    { maxLength: 500 },
  )
  .map((rows) => {
    let at = 0
    const elapsedS = Float64Array.from(rows, ({ step }) => (at += step))
    return { elapsedS, bpm: Float32Array.from(rows, ({ bpm }) => bpm) }
  })

/** Any recording that a reader could bring: holes, nonsense values, pauses, every kind of sensor. */
export const recordings = fc
  .record({
    heartRate: columns,
    pauses: fc.array(fc.tuple(fc.nat(600), fc.nat(120)), { maxLength: 4 }),
    sensor: fc.constantFrom(...sensorKinds),
    format: fc.constantFrom(...recordingFormats),
    lateS: fc.nat(30),
  })
  .map(({ heartRate, pauses, sensor, format, lateS }): Recording => {
    const none = new Float32Array()
    return {
      format,
      startedAtMs: 0,
      elapsedS: (heartRate.elapsedS.at(-1) ?? 0) + lateS,
      localOffsetS: null,
      sport: 'running',
      subSport: null,
      sensor,
      device: null,
      heartRate,
      motion: {
        elapsedS: new Float64Array(),
        cadencePerMin: none,
        speedMPerS: none,
        altitudeM: none,
        distanceM: none,
        temperatureC: none,
      },
      rr: { elapsedS: new Float64Array(), rrMs: none },
      pauses: pauses.map(([from, length]): SpanS => [from, from + length]),
      summary: { meanHeartRateBpm: null, maxHeartRateBpm: null, timerS: null, distanceM: null },
      warnings: [],
    }
  })
