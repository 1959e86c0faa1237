// A strap's run is judged alike before and after it is written as FIT, whatever the strap said of its signal: an exported run must
// never come back calmer than it was.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { usualZone } from '../../../fixtures/scenarios/run-scenario.ts'
import { assess } from '../../../src/domain/assess.ts'
import type { Recording } from '../../../src/domain/recording.ts'
import { readFit } from '../../../src/formats/fit/read-fit.ts'
import { writeFit } from '../../../src/formats/fit/write-fit.ts'

/** One notification. */
interface Row {
  readonly atS: number
  readonly bpm: number
  readonly contactLost?: boolean
  readonly rrMs?: readonly number[]
}

function strapRun(rows: readonly Row[], more: Partial<Recording> = {}): Recording {
  const none = new Float32Array()
  const [cadencePerMin, speedMPerS, altitudeM, distanceM, temperatureC] = [none, none, none, none, none]
  const beats = rows.flatMap(({ atS, rrMs = [] }) => rrMs.map((one) => [atS, one] as const))
  return {
    format: 'strap',
    startedAtMs: Date.UTC(2026, 8, 1, 8),
    elapsedS: rows.at(-1)?.atS ?? 0,
    localOffsetS: null,
    sport: 'running',
    subSport: null,
    sensor: 'chest',
    device: null,
    heartRate: {
      elapsedS: Float64Array.from(rows, ({ atS }) => atS),
      bpm: Float32Array.from(rows, ({ bpm }) => bpm),
      contactLost: Uint8Array.from(rows, ({ contactLost }) => (contactLost === true ? 1 : 0)),
      rrCount: Uint8Array.from(rows, ({ rrMs = [] }) => rrMs.length),
    },
    motion: {
      elapsedS: new Float64Array(),
      cadencePerMin,
      speedMPerS,
      altitudeM,
      distanceM,
      temperatureC,
    },
    rr: { elapsedS: Float64Array.from(beats, ([atS]) => atS), rrMs: Float32Array.from(beats, ([, rrMs]) => rrMs) },
    pauses: [],
    summary: { meanHeartRateBpm: null, maxHeartRateBpm: null, timerS: null, distanceM: null },
    warnings: [],
    ...more,
  }
}

function readBack(run: Recording): Recording {
  const reading = readFit(writeFit(run, 7200) ?? new Uint8Array())
  const [back] = reading.ok ? reading.recordings : []
  if (!reading.ok || back === undefined || reading.recordings.length > 1) throw new Error('not one run')
  return back
}

function judge(run: Recording) {
  const { verdict, flags, zoneTime } = assess(run, usualZone)
  return { verdict, flags: flags.map(({ kind, level }) => `${kind} ${level}`), zoneTime, warnings: run.warnings }
}

const wave = (s: number) => Math.round(4 * Math.sin(s / 9))
const seconds = (count: number, row: (s: number) => Omit<Row, 'atS'>, fromS = 0): Row[] =>
  Array.from({ length: count }, (_, s) => ({ atS: fromS + s, ...row(s) }))

it.each([
  ['contact lost', (s: number) => ({ bpm: 178 + wave(s), contactLost: true })],
  ['no value', () => ({ bpm: Number.NaN })],
  ['255', () => ({ bpm: 255 })],
  ['300', () => ({ bpm: 300 })],
])('a run of which nine seconds in ten say "%s" does not come back calm', (_what, bad) => {
  const run = strapRun(seconds(1800, (s) => (s % 10 === 0 ? { bpm: 118 + wave(s) } : bad(s))))
  expect(judge(run)).toMatchObject({ verdict: 'cannot_tell:signal', zoneTime: { goodS: 180 } })
  expect(judge(readBack(run))).toEqual(judge(run))
})

it.each([
  ['a hard end behind a hole of 11 minutes', 1800, 660, 29],
  ['a hard end behind a hole of 10 minutes and a second', 1200, 600.5, 55],
  ['a hard end behind an hour and a hole of 3 hours', 3600, 10_800, 30],
  ['a hard end behind a hole of 30 hours', 1800, 108_000, 29],
])('%s is not lost', (_what, calmS, holeS, hardS) => {
  const run = strapRun([
    ...seconds(calmS, (s) => ({ bpm: 120 + wave(s) })),
    ...seconds(hardS, (s) => ({ bpm: 190 + wave(s) }), calmS + Math.ceil(holeS)),
  ])
  const back = readBack(run)
  expect([back.heartRate.bpm.length, back.strayPoints]).toEqual([calmS + hardS, undefined])
  expect([back.elapsedS, back.startedAtMs]).toEqual([run.elapsedS, run.startedAtMs])
  expect(judge(back)).toEqual(judge(run))
})

it('a lead-in of half a minute before a hole is not lost', () => {
  const run = strapRun([
    ...seconds(30, (s) => ({ bpm: 190 + wave(s) })),
    ...seconds(1800, (s) => ({ bpm: 120 + wave(s) }), 700),
  ])
  const back = readBack(run)
  expect([back.heartRate.bpm.length, back.startedAtMs]).toEqual([1830, run.startedAtMs])
  expect(judge(back)).toEqual(judge(run))
})

it('what only repeats, by its RR intervals, does not come back as a heart rate', () => {
  const said = (s: number) =>
    s % 100 < 40 ? { bpm: 118 + wave(s), rrMs: [500, 510] } : { bpm: 122 + wave(s), rrMs: [480 + (s % 50), 490] }
  const run = strapRun(seconds(1800, said))
  expect(judge(run).zoneTime.goodS).toBeLessThan(1200)
  expect(judge(readBack(run))).toEqual(judge(run))
})

it('nothing is put into a pause, nor into a hole that loses nothing', () => {
  const calm = (fromS: number) => seconds(900, (s) => ({ bpm: 120 + wave(s) }), fromS)
  const rows = (run: Recording) => readBack(run).motion.elapsedS.length
  expect(rows(strapRun([...calm(0), ...calm(900 + 1200)]))).toBe(1800)
  const end = seconds(20, (s) => ({ bpm: 120 + wave(s) }), 900 + 3000)
  expect(rows(strapRun([...calm(0), ...end], { pauses: [[900, 900 + 3000]] }))).toBe(920)
  // A step of 3001 s: a row at least every 600 s.
  expect(rows(strapRun([...calm(0), ...end]))).toBe(920 + 5)
})

/** What a strap can say over a stretch of seconds. */
const stretches: Readonly<Record<string, (s: number) => Omit<Row, 'atS'> | null>> = {
  calm: (s) => ({ bpm: 118 + wave(s) }),
  hard: (s) => ({ bpm: 178 + wave(s) }),
  beating: (s) => ({ bpm: 118 + wave(s), rrMs: [400 + ((s * 37) % 90), 420 + ((s * 11) % 70)] }),
  contactLost: (s) => ({ bpm: 178 + wave(s), contactLost: true }),
  comesAndGoes: (s) => ({ bpm: 125 + wave(s), contactLost: s % 4 > 0 }),
  noValue: () => ({ bpm: Number.NaN }),
  dropout: () => ({ bpm: 0 }),
  above254: (s) => ({ bpm: 255 + (s % 50) }),
  tooHigh: (s) => ({ bpm: 231 + (s % 20) }),
  tooLow: (s) => ({ bpm: 10 + (s % 20) }),
  spikes: (s) => ({ bpm: s % 7 === 0 ? 175 : 120 + wave(s) }),
  stuck: () => ({ bpm: 131 }),
  hole: () => null,
}

it('whatever a strap says of its signal, the verdict, the seconds and the flags come back', () => {
  const stretch = fc.record({
    kind: fc.constantFrom(...Object.keys(stretches)),
    lengthS: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 400 }), fc.constant(700)),
  })
  fc.assert(
    fc.property(fc.array(stretch, { minLength: 1, maxLength: 14 }), (made) => {
      let fromS = 0
      const rows = made.flatMap(({ kind, lengthS }) => {
        const stretchFromS = fromS
        fromS += lengthS
        return Array.from({ length: lengthS }, (_, k) => stretchFromS + k).flatMap((atS): Row[] => {
          const said = stretches[kind]?.(atS) ?? null
          return said === null ? [] : [{ atS, ...said }]
        })
      })
      const run = strapRun(rows.map((row) => ({ ...row, atS: row.atS - (rows[0]?.atS ?? 0) })))
      if (rows.length === 0) return
      const [before, after] = [judge(run), { ...judge(readBack(run)), warnings: [] }]
      // A file has no word for a second in which a strap says that it has no value, but that of a dropout: beside one, HARD is a
      // possible misreading (rule F10).
      const hasNone = run.heartRate.bpm.some(Number.isNaN)
      expect(hasNone ? { ...after, flags: before.flags } : after).toEqual(before)
    }),
    { numRuns: 60 },
  )
})
