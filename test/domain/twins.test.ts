import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeRun, kinetics } from '../../fixtures/fit/made-runs.ts'
import type { HandedIn } from '../../fixtures/weeks/client.ts'
import { kindNames, makeClient } from '../../fixtures/weeks/kinds.ts'
import { goodChest, goodWrist } from '../../fixtures/weeks/sensor.ts'
import type { Recording } from '../../src/domain/recording.ts'
import { findTwin, toTwinSide, type Twin } from '../../src/domain/sources/twins.ts'
import { readFile } from '../../src/formats/read-file.ts'
import { corpusFiles, corpusIsHere, readCorpus } from '../support/corpus.ts'
import { recordings } from '../support/recordings.ts'
import { handedInBy, movedBy, recordingOf } from '../support/twin-recordings.ts'

const twinOf = (one: Recording, other: Recording): Twin | null => findTwin(toTwinSide(one), toTwinSide(other))
const outingOf = (seed: number): HandedIn => {
  const [first] = handedInBy(makeClient('steady_10_below', seed))
  if (first === undefined) throw new Error('a made client runs')
  return { ...first, isSmart: false }
}
const QUARTER_S = 900

const field = new URL('../../../shared/field/', import.meta.url)
const fieldIsHere = existsSync(new URL('w-watch-0.fit', field))
function readField(name: string): Recording {
  const raw = readFileSync(new URL(name, field))
  const reading = readFile(name.replace('.gz', ''), new Uint8Array(name.endsWith('.gz') ? gunzipSync(raw) : raw))
  const [recording] = reading.ok ? reading.recordings : []
  if (recording === undefined) throw new Error(`${name} is not read`)
  return recording
}

describe('one run twice (rule T5)', () => {
  it('finds a run that a watch and a phone both recorded, whatever their clocks differ within ten minutes', () => {
    for (const seed of [1, 2, 3]) {
      const outing = outingOf(seed)
      const watch = recordingOf({ ...outing, format: 'fit', sensor: goodWrist, device: 'watch' })
      const phone = recordingOf({
        ...outing,
        format: 'tcx',
        sensor: goodChest,
        device: 'phone',
        isSmart: true,
        lateS: 40,
      })
      for (const offS of [0, 180, -420, 540]) {
        const twin = twinOf(watch, movedBy(phone, offS))
        expect(twin?.sign).toBe('heart_rate')
        // A wrist follows some seconds behind.
        expect(Math.abs((twin?.shiftS ?? 0) + offS)).toBeLessThan(30)
        expect(twinOf(movedBy(phone, offS), watch)?.shiftS).toBe(-(twin?.shiftS ?? 0))
      }
      expect(twinOf(watch, movedBy(phone, 2000))).toBeNull()
    }
  })

  it('finds the same beats under a lost time zone, by any number of quarters of an hour up to fourteen', () => {
    const run = recordingOf(outingOf(4))
    const quarters = fc.integer({ min: -56, max: 56 }).filter((k) => k !== 0)
    fc.assert(
      fc.property(quarters, (k) => {
        const twin = twinOf(run, movedBy(run, k * QUARTER_S))
        expect(twin).toEqual({ sign: 'same_beats', shiftS: -k * QUARTER_S })
      }),
      { numRuns: 40 },
    )
    expect(twinOf(run, movedBy(run, 57 * QUARTER_S))).toBeNull()
    expect(twinOf(run, movedBy(run, 4 * QUARTER_S + 400))).toBeNull()
  })

  it('says the same whichever of both is named first', () => {
    const starts = fc.constantFrom(0, 60, 400, -900, 1800, 7200, 90_000)
    fc.assert(
      fc.property(recordings, recordings, starts, fc.boolean(), (one, another, lateS, isSame) => {
        const other = movedBy(isSame ? one : another, lateS)
        const [there, back] = [twinOf(one, other), twinOf(other, one)]
        expect(back?.sign).toBe(there?.sign)
        // Where two shifts serve as well, either may be named.
        expect(Math.abs(back?.shiftS ?? 0)).toBe(Math.abs(there?.shiftS ?? 0))
      }),
    )
  })

  it('calls two calm runs of one person at the same pace an hour apart two', () => {
    for (const kind of kindNames)
      for (const seed of [1, 2, 3, 4, 5]) {
        const [first, second, third] = handedInBy(makeClient(kind, seed))
          .filter(({ lateS }) => lateS === 0)
          .slice(0, 3)
          .map(recordingOf)
        if (first === undefined || second === undefined || third === undefined) continue
        // Begun whole quarters of an hour apart, so that warming up lies on warming up; and at once after the first.
        const quarters = Math.ceil((first.elapsedS + 60) / QUARTER_S)
        for (const other of [second, third])
          for (const laterS of [first.elapsedS + 60, quarters * QUARTER_S, (quarters + 4) * QUARTER_S])
            expect(twinOf(first, { ...other, startedAtMs: first.startedAtMs + laterS * 1000 })).toBeNull()
      }
  })

  it('calls two steady runs two, though each second of both is within a beat', () => {
    const [one, other] = [3, 4].map((seed) => {
      const seconds = kinetics([{ forS: 1800, targetBpm: 126, speedMPerS: 2.3, stepsPerMin: 158 }], seed)
      const reading = readFile('made.fit', encodeRun(seconds))
      return reading.ok ? reading.recordings[0] : undefined
    })
    if (one === undefined || other === undefined) throw new Error('a made run is not read')
    for (const k of [3, 4, 8, 16]) expect(twinOf(one, movedBy(other, k * QUARTER_S))).toBeNull()
    expect(twinOf(one, movedBy(one, 4 * QUARTER_S))?.sign).toBe('same_beats')
  })

  it('counts seconds with data alone: a stray first point makes nothing overlap', () => {
    const run = recordingOf(outingOf(5))
    const DAY_S = 86_400
    const late = (times: Float64Array) => Float64Array.from([0, ...times.map((atS) => atS + 6 * DAY_S)])
    const first = (column: Float32Array) => Float32Array.from([column[0], ...column])
    const strayed: Recording = {
      ...run,
      elapsedS: run.elapsedS + 6 * DAY_S,
      heartRate: { elapsedS: late(run.heartRate.elapsedS), bpm: first(run.heartRate.bpm) },
      motion: { ...run.motion, elapsedS: new Float64Array() },
    }
    const between = recordingOf({ ...outingOf(6), startedAtMs: run.startedAtMs + 3 * DAY_S * 1000 })
    expect(twinOf(strayed, between)).toBeNull()
    // The run itself, six days on, is found.
    expect(twinOf(strayed, movedBy(run, 6 * DAY_S))).toEqual({ sign: 'heart_rate', shiftS: 0 })
  })

  it('asks where two start together and their hearts cannot tell, and not where both were heard and differ', () => {
    const run = recordingOf(outingOf(7))
    const silent: Recording = { ...run, heartRate: { elapsedS: new Float64Array(), bpm: new Float32Array() } }
    expect(twinOf(run, movedBy(silent, 30))).toEqual({ sign: 'same_time', shiftS: 0 })
    expect(twinOf(run, movedBy(silent, 400))).toEqual({ sign: 'same_time', shiftS: 0 })
    const lent: Recording = {
      ...run,
      heartRate: { ...run.heartRate, bpm: run.heartRate.bpm.map((bpm, i) => bpm + 20 + (i % 400) / 20) },
    }
    expect(twinOf(run, movedBy(lent, 400))).toBeNull()
  })

  it.skipIf(!fieldIsHere)('finds the pairs of files from the field (needs ../shared/field)', () => {
    for (const n of [0, 2, 4]) {
      const [watch, phone] = [readField(`w-watch-${n}.fit`), readField(`w-phone-${n}.tcx.gz`)]
      // Started three minutes apart, by clocks that agree.
      expect(Math.abs(watch.startedAtMs - phone.startedAtMs)).toBe(180_000)
      expect(twinOf(watch, phone)).toEqual({ sign: 'heart_rate', shiftS: 0 })
    }
    const lostZone = twinOf(readField('w-watch-0.fit'), readField('w-local-0.tcx.gz'))
    expect(lostZone?.sign).toBe('same_beats')
    expect(Math.abs(lostZone?.shiftS ?? 0)).toBe(7200)
    // Three runs of three weeks.
    expect(twinOf(readField('w-watch-0.fit'), readField('w-watch-2.fit'))).toBeNull()
  })

  it.skipIf(!corpusIsHere)(
    'finds real files again under another clock, and no other run in them (needs ../shared/corpus)',
    () => {
      const sides = corpusFiles
        .filter(({ heartRateRecords }) => heartRateRecords > 900)
        .flatMap(({ file }) => {
          const reading = readFile(file, readCorpus(file))
          return reading.ok && reading.recordings.length === 1 ? reading.recordings : []
        })
        .slice(0, 24)
      expect(sides.length).toBeGreaterThan(10)
      for (const [i, run] of sides.entries()) {
        expect(twinOf(run, movedBy(run, 7200))).toMatchObject({ shiftS: -7200 })
        const other = sides.find((one, k) => k > i && one.startedAtMs !== run.startedAtMs)
        const after = run.startedAtMs + (run.elapsedS + 3600) * 1000
        if (other !== undefined) expect(twinOf(run, { ...other, startedAtMs: after })).toBeNull()
      }
    },
  )
})
