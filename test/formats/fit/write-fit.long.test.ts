// The writer against our reader (the same recording comes back) and against Garmin's (opens without a complaint).
import { Decoder, Stream } from '@garmin/fitsdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitFixtures } from '../../../fixtures/fit/files.ts'
import { makeRecording, usualZone } from '../../../fixtures/scenarios/run-scenario.ts'
import { runScenarios } from '../../../fixtures/scenarios/runs.ts'
import { assess } from '../../../src/domain/assess.ts'
import type { Recording } from '../../../src/domain/recording.ts'
import { readFit } from '../../../src/formats/fit/read-fit.ts'
import { writeFit } from '../../../src/formats/fit/write-fit.ts'
import { corpusFiles, corpusIsHere, readCorpus } from '../../support/corpus.ts'
import { recordingsOnGrid } from '../../support/fit-grid.ts'

function readBack(bytes: Uint8Array): Recording {
  const reading = readFit(bytes)
  if (!reading.ok || reading.recordings[0] === undefined || reading.recordings.length > 1)
    throw new Error('not one run')
  return reading.recordings[0]
}

/** What the file it came from warned about is gone; a summary over several sessions is rounded. */
function expectSameRun(back: Recording, run: Recording) {
  const { warnings: _warnings, summary, strayPoints = 0, ...rest } = back
  const { warnings: _before, summary: before, strayPoints: _leftOut, ...wanted } = run
  expect(rest).toEqual(wanted)
  // What was left out of the file that was read is not written, so nothing strays in the new one (T1).
  expect(strayPoints).toBe(0)
  expect(summary.maxHeartRateBpm).toBe(before.maxHeartRateBpm)
  if (before.meanHeartRateBpm !== null && before.timerS !== null)
    expect(Math.abs((summary.meanHeartRateBpm ?? 0) - before.meanHeartRateBpm)).toBeLessThanOrEqual(0.5)
  if (before.timerS !== null) expect(summary.timerS).toBeCloseTo(before.timerS, 3)
  if (before.distanceM !== null) expect(summary.distanceM).toBeCloseTo(before.distanceM, 2)
}

/** Garmin's reader: integrity, errors, and what it found. */
function bySdk(bytes: Uint8Array) {
  const decoder = new Decoder(Stream.fromByteArray([...bytes]))
  const isFit = decoder.isFIT()
  const isWhole = decoder.checkIntegrity()
  const { messages, errors } = decoder.read({ mergeHeartRates: false })
  return { isFit, isWhole, errors, messages }
}

/** A strap's run with the beats that its heart rates stand for, times and intervals in fractions as a strap has them. */
function withBeats(run: Recording): Recording {
  const ends: number[] = []
  const rrMs: number[] = []
  let end = 0.31
  for (const [i, bpm] of run.heartRate.bpm.entries()) {
    const at = run.heartRate.elapsedS[i] ?? 0
    if (at - end > 3) end = at
    for (; bpm > 0 && end + 60 / bpm <= at; ends.push(end), rrMs.push(60_000 / bpm)) end += 60 / bpm
  }
  return { ...run, rr: { elapsedS: Float64Array.from(ends), rrMs: Float32Array.from(rrMs) } }
}

const calmRun = (): Recording => readBack(fitFixtures['calm-run']?.make() ?? new Uint8Array())
const withBpm = (bpm: readonly number[], more: Partial<Recording['heartRate']> = {}): Recording => ({
  ...calmRun(),
  pauses: [],
  heartRate: { elapsedS: Float64Array.from(bpm.keys()), bpm: Float32Array.from(bpm), ...more },
})

describe('writeFit', () => {
  it('is read back as the same recording wherever FIT can say every value', () => {
    fc.assert(
      fc.property(recordingsOnGrid, (run) => {
        expect(readBack(writeFit(run))).toEqual({ ...run, warnings: expect.any(Array) as unknown })
      }),
      { numRuns: 300 },
    )
  })

  it('writes the same bytes twice', () => {
    fc.assert(
      fc.property(recordingsOnGrid, (run) => {
        expect(writeFit(run)).toEqual(writeFit(run))
      }),
      { numRuns: 30 },
    )
  })

  it.each(Object.entries(fitFixtures))('%s.fit comes back after reading and writing', (_name, fixture) => {
    const reading = readFit(fixture.make())
    const runs = reading.ok ? reading.recordings : []
    for (const run of runs) expectSameRun(readBack(writeFit(run)), run)
    expect(runs.length).toBeGreaterThanOrEqual(reading.ok ? 1 : 0)
  })

  it("opens in Garmin's reader whole, without an error, with every message", () => {
    const run = calmRun()
    const { isFit, isWhole, errors, messages } = bySdk(writeFit(run))
    expect([isFit, isWhole, errors]).toEqual([true, true, []])
    expect(messages.recordMesgs?.length).toBe(run.motion.elapsedS.length)
    expect(messages.sessionMesgs?.[0]).toMatchObject({ sport: 'running', totalElapsedTime: 1799 })
    expect(messages.eventMesgs?.map(({ eventType }) => eventType)).toEqual(['start', 'stopAll', 'start', 'stopAll'])
    expect(messages.recordMesgs?.[70]).toMatchObject({ heartRate: run.heartRate.bpm[70], cadence: 79, speed: 2.2 })
    expect(messages.activityMesgs?.[0]?.type).toBe('manual')
  })

  it("never makes Garmin's reader complain, whatever the recording", () => {
    fc.assert(
      fc.property(recordingsOnGrid, (run) => {
        const { isFit, isWhole, errors, messages } = bySdk(writeFit(run))
        expect([isFit, isWhole, errors]).toEqual([true, true, []])
        const rr = (messages.hrvMesgs ?? []).flatMap(({ time }) => [time ?? []].flat())
        expect(rr.filter((s) => typeof s === 'number' && s < 65).length).toBe(run.rr.rrMs.length)
      }),
      { numRuns: 40 },
    )
  })

  it.each(runScenarios.map((scenario) => [scenario.name, scenario] as const))('strap run: %s', (_name, scenario) => {
    const run = withBeats(makeRecording(scenario))
    const back = readBack(writeFit(run))
    const { contactLost, bpm } = run.heartRate
    expect([...back.heartRate.elapsedS]).toEqual([...run.heartRate.elapsedS])
    expect([...back.heartRate.bpm]).toEqual([...bpm].map((value, i) => (contactLost?.[i] === 1 ? Number.NaN : value)))
    expect(back).toMatchObject({ sensor: run.sensor, sport: run.sport, pauses: run.pauses, device: null })
    expect(back).toMatchObject({ startedAtMs: run.startedAtMs, localOffsetS: 7200, elapsedS: run.elapsedS })
    expect(back.rr.rrMs.length).toBe(run.rr.rrMs.length)
    expect(back.rr.rrMs.every((rr, i) => Math.abs(rr - (run.rr.rrMs[i] ?? 0)) <= 0.5)).toBe(true)
    expect(back.rr.elapsedS.every((at, i) => Math.abs(at - (run.rr.elapsedS[i] ?? 0)) <= 2)).toBe(true)
    const zone = scenario.zone ?? usualZone
    const judge = (recording: Recording) => {
      const { verdict, flags } = assess(recording, zone, scenario.context)
      return [verdict, ...flags.map(({ kind }) => kind)]
    }
    expect(judge(back)).toEqual(judge(run))
    // A strap alone measures no motion: its seconds come back as rows that say nothing, and are judged the same.
    const none = new Float32Array()
    const elapsedS = new Float64Array()
    const [cadencePerMin, speedMPerS, altitudeM, distanceM, temperatureC] = [none, none, none, none, none]
    const still = { ...run, motion: { elapsedS, cadencePerMin, speedMPerS, altitudeM, distanceM, temperatureC } }
    expect(judge(readBack(writeFit(still)))).toEqual(judge(still))
  })

  it('never writes a heart rate taken without contact, nor one above 254, as a heart rate', () => {
    const run = withBpm([120, 121, 255, 300, 0, Number.NaN, 122], { contactLost: Uint8Array.of(0, 1, 0, 0, 0, 0, 0) })
    const none = Number.NaN
    expect([...readBack(writeFit(run)).heartRate.bpm]).toEqual([120, none, none, none, 0, none, 122])
  })

  it('puts readings between whole seconds in the second they fall in', () => {
    const elapsedS = Float64Array.of(0.2, 0.9, 2.0, 3.999, 5.4)
    const run = { ...withBpm([100, 0, 102, 103, 104], { elapsedS }), startedAtMs: calmRun().startedAtMs + 300 }
    const back = readBack(writeFit(run))
    expect(back.startedAtMs).toBe(calmRun().startedAtMs)
    expect([...back.heartRate.elapsedS]).toEqual([0, 1, 2, 4, 5])
    expect([...readBack(writeFit({ ...run, startedAtMs: run.startedAtMs - 300 })).heartRate.bpm]).toEqual([
      ...[100, 102, 103, 104],
    ])
  })

  it('keeps the words of a device that FIT has no number for', () => {
    const device = (words: string) => readBack(writeFit({ ...calmRun(), device: words })).device
    expect(device('Polar H10 Wärme')).toBe('Polar H10 Wrme')
    expect(device('suunto')).toBe('suunto')
    expect(device('scosche Rhythm+')).toBe('scosche Rhythm+')
  })

  it('says the sport of other formats in the words of FIT', () => {
    const back = readBack(writeFit({ ...calmRun(), sport: 'trail_running' }))
    expect([back.sport, back.subSport, back.motion.cadencePerMin[70]]).toEqual(['running', 'trail', 158])
    expect(readBack(writeFit({ ...calmRun(), sport: 'Biking' })).sport).toBe('generic')
  })

  it('puts a start that FIT cannot say at the nearest second it can', () => {
    expect(readBack(writeFit({ ...calmRun(), startedAtMs: 0 })).startedAtMs).toBe(631065600000)
  })
})

describe.skipIf(!corpusIsHere)('writeFit on ../shared/corpus', () => {
  it.each(corpusFiles.map(({ file }) => file))('%s comes back after reading and writing', (file) => {
    const reading = readFit(readCorpus(file))
    const runs = reading.ok ? reading.recordings : []
    for (const run of runs) {
      const bytes = writeFit(run)
      expectSameRun(readBack(bytes), run)
    }
    expect(runs.length).toBeGreaterThanOrEqual(reading.ok ? 1 : 0)
  })
})
