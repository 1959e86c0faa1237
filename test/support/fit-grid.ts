// Recordings whose every value FIT can say exactly: what a FIT file read gives, made up.
import fc from 'fast-check'
import { sensorKinds, type Recording, type SpanS } from '../../src/domain/recording.ts'
import { uniteSpans } from '../../src/domain/time-in-zone/spans.ts'

const sometimes = <T>(value: fc.Arbitrary<T>, absent: T) =>
  fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: fc.constant(absent) })
const orNaN = (value: fc.Arbitrary<number>) => sometimes(value, Number.NaN)

const row = fc.record({
  step: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 400 })),
  /** null: this second states no heart rate. */
  bpm: sometimes<number | null>(orNaN(fc.integer({ min: 0, max: 254 })), null),
  // More than this with one leg is read as both (rule T7).
  cadence: orNaN(fc.integer({ min: 0, max: 120 * 128 })),
  speed: orNaN(fc.oneof(fc.integer({ min: 0, max: 9000 }), fc.constant(70_000))),
  altitude: orNaN(fc.integer({ min: 0, max: 60_000 })),
  distance: orNaN(fc.integer({ min: 0, max: 10_000_000 })),
  temperature: orNaN(fc.integer({ min: -128, max: 126 })),
  rr: fc.array(fc.integer({ min: 250, max: 2000 }), { maxLength: 3 }),
})
const summary = fc.record({
  meanHeartRateBpm: fc.option(fc.integer({ min: 0, max: 254 })),
  maxHeartRateBpm: fc.option(fc.integer({ min: 0, max: 254 })),
  timerS: fc.integer({ min: 1, max: 90_000 }),
  distanceM: fc.option(fc.integer({ min: 0, max: 100_000 })),
})

/** A recording on FIT's grid; its RR intervals lie where counting beats puts them (no drift over 2 s). */
export const recordingsOnGrid: fc.Arbitrary<Recording> = fc
  .record({
    rows: fc.array(row, { minLength: 1, maxLength: 200 }),
    startedAt: fc.integer({ min: 900_000_000, max: 4_000_000_000 }),
    offsetQuarters: fc.option(fc.integer({ min: -48, max: 56 })),
    sport: fc.constantFrom('running', 'walking', 'cycling', 'unknown', 'hiit', 'sport_77', 'multisport'),
    subSport: fc.constantFrom(null, 'trail', 'treadmill'),
    sensor: fc.constantFrom(...sensorKinds),
    device: fc.constantFrom(
      null,
      'garmin 2697',
      'polar_electro Vantage M',
      'Heart strap',
      'maker 999 7',
      'development 1',
    ),
    pauses: fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 60 })), { maxLength: 3 }),
    summary,
  })
  .map((made): Recording => {
    let at = -(made.rows[0]?.step ?? 0)
    const elapsed = made.rows.map(({ step }) => (at += step))
    const onFoot = made.sport === 'running' || made.sport === 'walking'
    const stated = made.rows.flatMap(({ bpm }, i) => (bpm === null ? [] : [{ at: elapsed[i] ?? 0, bpm }]))
    const column = (pick: (one: (typeof made.rows)[number]) => number) => Float32Array.from(made.rows, pick)
    return {
      format: 'fit',
      startedAtMs: made.startedAt * 1000,
      elapsedS: at,
      localOffsetS: made.offsetQuarters === null ? null : made.offsetQuarters * 900,
      sport: made.sport,
      subSport: made.sport === 'multisport' ? null : made.subSport,
      sensor: made.sensor,
      device: made.device,
      heartRate: {
        elapsedS: Float64Array.from(stated, (one) => one.at),
        bpm: Float32Array.from(stated, (one) => one.bpm),
      },
      motion: {
        elapsedS: Float64Array.from(elapsed),
        cadencePerMin: column(({ cadence }) => (cadence / 128) * (onFoot ? 2 : 1)),
        speedMPerS: column(({ speed }) => speed / 1000),
        altitudeM: column(({ altitude }) => altitude / 5 - 500),
        distanceM: column(({ distance }) => distance / 100),
        temperatureC: column(({ temperature }) => temperature),
      },
      rr: beats(
        elapsed,
        made.rows.map(({ rr }) => rr),
      ),
      pauses: uniteSpans(
        made.pauses.map(([from, length]): SpanS => [from, from + length]),
        0,
        at,
      ),
      summary: made.summary,
      warnings: [],
    }
  })

/** As a reader of FIT counts: from the record that a beat follows, on and on, anew where that is more than 2 s off. */
function beats(recordsS: readonly number[], lists: readonly (readonly number[])[]): Recording['rr'] {
  const ends: number[] = []
  let end = Number.NaN
  for (const [i, list] of lists.entries())
    for (const rrMs of list) {
      const anchor = recordsS[i] ?? 0
      const next = end + rrMs / 1000
      end = Math.abs(next - anchor) <= 2 ? next : Math.max(anchor, Number.isNaN(end) ? anchor : end)
      ends.push(end)
    }
  return { elapsedS: Float64Array.from(ends), rrMs: Float32Array.from(lists.flat()) }
}
