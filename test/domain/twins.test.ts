import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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
      for (const seed of [1, 2]) {
        const [first, second, third] = handedInBy(makeClient(kind, seed))
          .filter(({ lateS }) => lateS === 0)
          .slice(0, 3)
          .map(recordingOf)
        if (first === undefined || second === undefined || third === undefined) continue
        const ended = first.startedAtMs + first.elapsedS * 1000
        for (const other of [second, third])
          for (const apartS of [60, 900, 3600, 7200])
            expect(twinOf(first, { ...other, startedAtMs: ended + apartS * 1000 })).toBeNull()
      }
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
