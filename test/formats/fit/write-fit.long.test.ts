// The writer against our reader: the same recording comes back. What other readers say of it: `written.long.test.ts`.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitFixtures } from '../../../fixtures/fit/files.ts'
import { makeRecording, usualZone } from '../../../fixtures/scenarios/run-scenario.ts'
import { runScenarios } from '../../../fixtures/scenarios/runs.ts'
import { summariseHeartRate } from '../../../src/domain/heart-rate-summary.ts'
import { zoneOffsetS } from '../../../src/domain/patterns/local-day.ts'
import { assess } from '../../../src/domain/assess.ts'
import { believePauses } from '../../../src/domain/believed-pauses.ts'
import { findRepeatedRows } from '../../../src/domain/quality/mark-quality.ts'
import { lengthOfSpansS } from '../../../src/domain/time-in-zone/spans.ts'
import { hasReadings, type Recording } from '../../../src/domain/recording.ts'
import { readFit } from '../../../src/formats/fit/read-fit.ts'
import { writeFit } from '../../../src/formats/fit/write-fit.ts'
import { corpusFiles, corpusIsHere, readCorpus } from '../../support/corpus.ts'
import { byGarmin } from '../../support/fit-judges.ts'
import { recordingsOnGrid } from '../../support/fit-grid.ts'

function readBack(bytes: Uint8Array): Recording {
  const reading = readFit(bytes)
  if (!reading.ok || reading.recordings[0] === undefined || reading.recordings.length > 1)
    throw new Error('not one run')
  return reading.recordings[0]
}

/** The bytes of a run that has readings. */
function write(run: Recording, utcOffsetS?: number): Uint8Array {
  const bytes = writeFit(run, utcOffsetS)
  if (bytes === null) throw new Error('no readings')
  return bytes
}

/** As a file can say it: what is no heart rate is a dropout, and a pause in which somebody ran on is none (rule T3). */
function asFileSays(run: Recording): Recording {
  const { elapsedS, bpm, contactLost } = run.heartRate
  const repeats = findRepeatedRows(run)
  const isNone = (row: number) => contactLost?.[row] === 1 || repeats?.[row] === 1
  const heartRate = { elapsedS, bpm: bpm.map((one, row) => (one >= 0 && !isNone(row) ? one : 0)) }
  // The total that is written is that of its timer events, so nothing but the rows can contradict them.
  return {
    ...run,
    heartRate,
    pauses: believePauses(run.pauses, {
      ...run,
      heartRate,
      summary: { timerS: run.elapsedS - lengthOfSpansS(run.pauses) },
    }).pauses,
  }
}

/** What the file it came from warned about is gone; what its device summed up too (`written.long.test.ts` says what stands there). */
function expectSameRun(back: Recording, run: Recording) {
  const { warnings: _warnings, summary: _summary, strayPoints = 0, ...rest } = back
  const { warnings: _before, summary: _device, strayPoints: _leftOut, ...wanted } = run
  expect(rest).toEqual(wanted)
  // What was left out of the file that was read is not written, so nothing strays in the new one (T1).
  expect(strayPoints).toBe(0)
}

/** Read back where there is anything to write: a summary alone is not written. */
function expectWrittenAndBack(run: Recording) {
  if (hasReadings(run)) expectSameRun(readBack(write(run)), asFileSays(run))
  else expect(writeFit(run)).toBeNull()
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
  return {
    ...run,
    rr: { elapsedS: Float64Array.from(ends), rrMs: Float32Array.from(rrMs) },
  }
}

const calmRun = (): Recording => readBack(fitFixtures['calm-run']?.make() ?? new Uint8Array())
const withBpm = (bpm: readonly number[], more: Partial<Recording['heartRate']> = {}): Recording => ({
  ...calmRun(),
  pauses: [],
  heartRate: {
    elapsedS: Float64Array.from(bpm.keys()),
    bpm: Float32Array.from(bpm),
    ...more,
  },
})

describe('writeFit', () => {
  it('is read back as the same recording wherever FIT can say every value', () => {
    fc.assert(
      fc.property(recordingsOnGrid, (run) => {
        expectSameRun(readBack(write(run)), asFileSays(run))
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
    for (const run of runs) expectWrittenAndBack(run)
    expect(runs.length).toBeGreaterThanOrEqual(reading.ok ? 1 : 0)
  })

  it('sums up what stands in it, not what a device says that summed up more', () => {
    const run = calmRun()
    const summary = {
      meanHeartRateBpm: 99,
      maxHeartRateBpm: 250,
      timerS: 3600,
      distanceM: 12_000,
    }
    const cut = readBack(write({ ...run, summary })).summary
    expect(cut).toMatchObject({
      timerS: 1739,
      maxHeartRateBpm: 132,
      distanceM: null,
    })
    expect(cut.meanHeartRateBpm).toBe(Math.round(summariseHeartRate(run, run.pauses).heartRateBpm.mean ?? 0))
  })

  it("keeps a device's own number where no row says the like", () => {
    const silent = { ...withBpm([Number.NaN, Number.NaN]), elapsedS: 1799 }
    const told = (summary: Partial<Recording['summary']>) =>
      readBack(write({ ...silent, summary: { ...silent.summary, ...summary } })).summary
    const mean = {
      meanHeartRateBpm: 120,
      maxHeartRateBpm: 140,
      timerS: 1700,
      distanceM: 4321.5,
    }
    expect(told(mean)).toMatchObject({
      meanHeartRateBpm: 120,
      maxHeartRateBpm: 140,
      distanceM: 4321.5,
    })
    // Of an hour in a file of half an hour; a mean above the highest.
    const none = { meanHeartRateBpm: null, maxHeartRateBpm: null }
    expect(told({ ...mean, timerS: 3600 })).toMatchObject({
      ...none,
      distanceM: null,
    })
    expect(told({ ...mean, meanHeartRateBpm: 150 })).toMatchObject({
      ...none,
      distanceM: 4321.5,
    })
    expect(told({ ...mean, meanHeartRateBpm: 0, maxHeartRateBpm: 0 })).toMatchObject(none)
  })

  it.each<[what: string, metres: number[], covered: number | null]>([
    ['counts from its first row', [0, 2, 5, 9], 9],
    ['takes off what a counter showed before the run', [5000, 5003, 5006, 5009], 9],
    ['goes on over a counter that begins anew', [2, 300, 1, 5], 305],
    ['does not count a step back twice', [2, 100, 99, 103], 103],
    ['says none where no row does', [Number.NaN, Number.NaN, Number.NaN, Number.NaN], null],
  ])('a distance %s', (_what, metres, covered) => {
    const distanceM = Float32Array.from(metres)
    const blank = distanceM.map(() => Number.NaN)
    const [cadencePerMin, speedMPerS, altitudeM, temperatureC] = [blank, blank, blank, blank]
    const elapsedS = Float64Array.from(metres.keys())
    const motion = {
      elapsedS,
      cadencePerMin,
      speedMPerS,
      altitudeM,
      distanceM,
      temperatureC,
    }
    const run = { ...withBpm([100, 100, 100, 100]), motion, elapsedS: 3 }
    expect(readBack(write(run)).summary.distanceM).toBe(covered)
  })

  it('neither writes nor sums up what its fields cannot hold', () => {
    const cadencePerMin = Float32Array.of(160, 511, 901, 160)
    const distanceM = Float32Array.of(0, 5, 5e7, 8)
    const blank = distanceM.map(() => Number.NaN)
    const [speedMPerS, altitudeM, temperatureC] = [blank, blank, blank]
    const elapsedS = Float64Array.of(0, 1, 2, 3)
    const motion = { elapsedS, cadencePerMin, speedMPerS, altitudeM, distanceM, temperatureC }
    const bytes = write({ ...withBpm([100, 100, 100, 100]), motion, elapsedS: 3, sport: 'running' })
    const { motion: back, summary } = readBack(bytes)
    expect([...back.distanceM]).toEqual([0, 5, Number.NaN, 8])
    expect(summary.distanceM).toBe(8)
    expect([...back.cadencePerMin].map(Number.isNaN)).toEqual([false, true, true, false])
  })

  it('leaves pauses out of the mean, 0 and "no value" too, and weighs by time', () => {
    const elapsedS = Float64Array.of(0, 1, 2, 6, 7, 8, 9)
    const run = {
      ...withBpm([100, 0, 110, 120, Number.NaN, 200, 200], { elapsedS }),
      elapsedS: 9,
    }
    const mean = (pauses: Recording['pauses']) => byGarmin(write({ ...run, pauses })).session.meanBpm
    expect(mean([])).toBe(Math.round((100 + 4 * 110 + 120 + 200 + 200) / 8))
    expect(mean([[2, 6]])).toBe(Math.round((100 + 120 + 200 + 200) / 4))
    // To the end: the last second stands still too.
    expect(mean([[8, 9]])).toBe(Math.round((100 + 4 * 110 + 120) / 6))
    // All of it in a pause: a mean of that rather than none.
    expect(mean([[0, 9]])).toBe(Math.round((100 + 4 * 110 + 120 + 200 + 200) / 8))
  })

  it('writes nothing of a summary without readings', () => {
    const none = new Float32Array()
    const elapsedS = new Float64Array()
    const [cadencePerMin, speedMPerS, altitudeM, distanceM, temperatureC] = [none, none, none, none, none]
    const motion = {
      elapsedS,
      cadencePerMin,
      speedMPerS,
      altitudeM,
      distanceM,
      temperatureC,
    }
    expect(writeFit({ ...calmRun(), heartRate: { elapsedS, bpm: none }, motion })).toBeNull()
  })

  it("tells local time by the clinic's zone where the device did not, summer time as on that day", () => {
    const here = (startedAt: string) => {
      const run = {
        ...calmRun(),
        startedAtMs: Date.parse(startedAt),
        localOffsetS: null,
      }
      const back = readBack(write(run, zoneOffsetS(run.startedAtMs, 'Europe/Amsterdam')))
      return [back.localOffsetS, back.startedAtMs]
    }
    expect(here('2026-07-01T08:00:00Z')).toEqual([7200, Date.parse('2026-07-01T08:00:00Z')])
    expect(here('2026-12-01T08:00:00Z')).toEqual([3600, Date.parse('2026-12-01T08:00:00Z')])
    // The last half hour of winter time, and the first of summer time.
    expect(here('2026-03-29T00:29:00Z')).toEqual([3600, Date.parse('2026-03-29T00:29:00Z')])
    expect(here('2026-03-29T01:00:00Z')).toEqual([7200, Date.parse('2026-03-29T01:00:00Z')])
  })

  it.each(runScenarios.map((scenario) => [scenario.name, scenario] as const))('strap run: %s', (_name, scenario) => {
    const run = withBeats(makeRecording(scenario))
    const back = readBack(write(run))
    const told = asFileSays(run)
    expect([...back.heartRate.elapsedS]).toEqual([...told.heartRate.elapsedS])
    expect([...back.heartRate.bpm]).toEqual([...told.heartRate.bpm])
    expect(back).toMatchObject({
      sensor: run.sensor,
      sport: run.sport,
      pauses: told.pauses,
      device: null,
    })
    expect(back).toMatchObject({
      startedAtMs: run.startedAtMs,
      localOffsetS: 7200,
      elapsedS: run.elapsedS,
    })
    expect(back.rr.rrMs.length).toBe(run.rr.rrMs.length)
    expect(back.rr.rrMs.every((rr, i) => Math.abs(rr - (run.rr.rrMs[i] ?? 0)) <= 0.5)).toBe(true)
    expect(back.rr.elapsedS.every((at, i) => Math.abs(at - (run.rr.elapsedS[i] ?? 0)) <= 2)).toBe(true)
    const zone = scenario.zone ?? usualZone
    const judge = (recording: Recording) => {
      const { verdict, flags } = assess(recording, zone, scenario.context)
      return [verdict, ...flags.map(({ kind }) => kind)]
    }
    expect(judge(back)).toEqual(judge({ ...told, format: 'fit' }))
    // A strap alone measures no motion: its seconds come back as rows that say nothing, and are judged the same.
    const none = new Float32Array()
    const elapsedS = new Float64Array()
    const [cadencePerMin, speedMPerS, altitudeM, distanceM, temperatureC] = [none, none, none, none, none]
    const still = {
      ...run,
      motion: {
        elapsedS,
        cadencePerMin,
        speedMPerS,
        altitudeM,
        distanceM,
        temperatureC,
      },
    }
    expect(judge(readBack(write(still)))).toEqual(judge({ ...asFileSays(still), format: 'fit' }))
  })

  it('never writes a heart rate taken without contact, nor one above 254, as a heart rate', () => {
    const run = withBpm([120, 121, 255, 300, 0, Number.NaN, 122], {
      contactLost: Uint8Array.of(0, 1, 0, 0, 0, 0, 0),
    })
    const { elapsedS, bpm } = readBack(write(run)).heartRate
    expect([[...elapsedS], [...bpm]]).toEqual([
      [0, 1, 2, 3, 4, 5, 6],
      [120, 0, 0, 0, 0, 0, 122],
    ])
  })

  it('puts readings between whole seconds in the second they fall in', () => {
    const elapsedS = Float64Array.of(0.2, 0.9, 2.0, 3.999, 5.4)
    const run = {
      ...withBpm([100, 0, 102, 103, 104], { elapsedS }),
      startedAtMs: calmRun().startedAtMs + 300,
    }
    const back = readBack(write(run))
    expect(back.startedAtMs).toBe(calmRun().startedAtMs)
    expect([...back.heartRate.elapsedS]).toEqual([0, 1, 2, 4, 5])
    expect([...readBack(write({ ...run, startedAtMs: run.startedAtMs - 300 })).heartRate.bpm]).toEqual([
      ...[100, 102, 103, 104],
    ])
  })

  it('keeps the words of a device that FIT has no number for', () => {
    const device = (words: string) => readBack(write({ ...calmRun(), device: words })).device
    expect(device('Polar H10 Wärme')).toBe('Polar H10 Wärme')
    expect(device('Förerunner \u0000\u200b™ 跑步')).toBe('Förerunner ™ 跑步')
    // 32 bytes, and no half of a character.
    expect(device('跑'.repeat(20))).toBe('跑'.repeat(10))
    expect(device(`${'a'.repeat(30)}🏃`)).toBe('a'.repeat(30))
    expect(device('suunto')).toBe('suunto')
    expect(device('scosche Rhythm+')).toBe('scosche Rhythm+')
  })

  it('says the sport of other formats in the words of FIT', () => {
    const back = readBack(write({ ...calmRun(), sport: 'trail_running' }))
    expect([back.sport, back.subSport, back.motion.cadencePerMin[70]]).toEqual(['running', 'trail', 158])
    expect(readBack(write({ ...calmRun(), sport: 'Biking' })).sport).toBe('generic')
  })

  it('puts a start that FIT cannot say at the nearest second it can', () => {
    expect(readBack(write({ ...calmRun(), startedAtMs: 0 })).startedAtMs).toBe(631065600000)
  })
})

describe.skipIf(!corpusIsHere)('writeFit on ../shared/corpus', () => {
  it.each(corpusFiles.map(({ file }) => file))('%s comes back after reading and writing', (file) => {
    const reading = readFit(readCorpus(file))
    const runs = reading.ok ? reading.recordings : []
    for (const run of runs) expectWrittenAndBack(run)
    expect(runs.length).toBeGreaterThanOrEqual(reading.ok ? 1 : 0)
  })
})
