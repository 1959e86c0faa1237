import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeRecording, type RunScenario } from '../../fixtures/scenarios/run-scenario.ts'
import { assess } from '../../src/domain/assess.ts'
import { prepare } from '../../src/domain/prepare.ts'
import { OK } from '../../src/domain/quality/mark-quality.ts'
import type { Recording } from '../../src/domain/recording.ts'
import { computeAgreement } from '../../src/domain/sources/agreement.ts'
import { combineRecordings } from '../../src/domain/sources/combine.ts'
import { recordings } from '../support/recordings.ts'

const scenario = (more: Partial<RunScenario>): Recording =>
  makeRecording({
    name: '',
    why: '',
    paces: [{ forS: 1800, targetBpm: 126, speedMPerS: 2.3, stepsPerMin: 158 }],
    verdict: 'calm',
    cues: [],
    flags: [],
    ...more,
  })
const zone = { source: 'manual', ceilingBpm: 140, floorBpm: null, hardBpm: 160 } as const
const strapWithHoles = scenario({ mishaps: [{ kind: 'hole', spanS: [600, 1200] }] })
const watch = (lateS = 0, addBpm = 0): Recording => {
  const made = scenario({ sensor: 'wrist' })
  const bpm = made.heartRate.bpm.map((value) => value + addBpm)
  return { ...made, startedAtMs: made.startedAtMs + lateS * 1000, heartRate: { ...made.heartRate, bpm } }
}

describe('combineRecordings', () => {
  it("fills a strap's holes with the watch, and keeps which second came from which", () => {
    const { recording, sourceOfRow, secondsFrom } = combineRecordings(strapWithHoles, watch(20))
    expect(recording.elapsedS).toBe(1820)
    expect(assess(strapWithHoles, zone).verdict).toBe('cannot_tell:signal')
    const { verdict, zoneTime } = assess(recording, zone)
    expect([verdict, zoneTime.coverage]).toEqual(['calm', 1])
    expect(secondsFrom.map(Math.round)).toEqual([1204, 616])
    const at = (s: number) => sourceOfRow[recording.heartRate.elapsedS.indexOf(s)]
    expect([at(599), at(700), at(1200), at(1810)]).toEqual([1, 2, 1, 2])
  })

  it('takes the strap whichever of both is named first', () => {
    const [one, two] = [combineRecordings(strapWithHoles, watch()), combineRecordings(watch(), strapWithHoles)]
    expect(one.recording).toEqual(two.recording)
    expect(one.secondsFrom).toEqual(two.secondsFrom.toReversed())
    expect(two.sourceOfRow).toEqual(one.sourceOfRow.map((source) => (source === 0 ? 0 : 3 - source)))
  })

  it('takes the watch where the strap is not believed, and nobody where neither is', () => {
    const stuck = scenario({ mishaps: [{ kind: 'no_contact', spanS: [300, 420] }] })
    const blind = scenario({ sensor: 'wrist', mishaps: [{ kind: 'spikes', spanS: [360, 420], everyS: 1, bpm: 0 }] })
    const { recording, sourceOfRow } = combineRecordings(stuck, blind)
    expect([sourceOfRow[299], sourceOfRow[330], sourceOfRow[400], sourceOfRow[430]]).toEqual([1, 2, 0, 1])
    expect(recording.heartRate.bpm[400]).toBeNaN()
  })

  it('tells bias and limits of agreement, second minus first', () => {
    const { agreement } = combineRecordings(scenario({}), watch(0, 3))
    expect(agreement).toEqual({ seconds: 1800, biasBpm: 3, lowerBpm: 3, upperBpm: 3 })
    expect(combineRecordings(watch(0, 3), scenario({})).agreement?.biasBpm).toBe(-3)
    expect(combineRecordings(scenario({}), watch(1790)).agreement).toBeNull()
  })

  it('computes the limits as Bland and Altman do', () => {
    const differences = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 1 : 5))
    const spread = 1.96 * Math.sqrt((100 * 4) / 99)
    const found = computeAgreement(differences)
    expect(found?.biasBpm).toBeCloseTo(3, 9)
    expect([found?.lowerBpm, found?.upperBpm]).toEqual([
      expect.closeTo(3 - spread, 9) as number,
      expect.closeTo(3 + spread, 9) as number,
    ])
  })

  it('pauses only where every device that was running was paused', () => {
    const strap = { ...scenario({}), pauses: [[300, 400] as const] }
    const late = { ...watch(350), pauses: [[0, 100] as const] }
    expect(combineRecordings(strap, late).recording.pauses).toEqual([[300, 400]])
    const running = { ...watch(350), pauses: [] }
    expect(combineRecordings(strap, running).recording.pauses).toEqual([[300, 350]])
  })

  it('invents no value, whatever both hold: each row stands in one of them, believed, at that moment', () => {
    fc.assert(
      fc.property(recordings, recordings, fc.integer({ min: -300, max: 300 }), (first, second, lateS) => {
        const moved = { ...second, startedAtMs: first.startedAtMs + lateS * 1000 }
        const { recording, sourceOfRow } = combineRecordings(first, moved)
        const { elapsedS, bpm } = recording.heartRate
        const sources = [first, moved].map((source) => {
          const { timesS, marks } = prepare(source)
          const offsetS = (source.startedAtMs - recording.startedAtMs) / 1000
          const believed = Array.from(timesS, (atS, i) => [atS + offsetS, i] as const).filter(
            ([, i]) => marks[i] === OK,
          )
          return new Map(believed.map(([atS, i]) => [atS, source.heartRate.bpm[i]]))
        })
        elapsedS.forEach((atS, i) => {
          const source = sourceOfRow[i]
          if (source === 0) expect(bpm[i]).toBeNaN()
          else expect(sources[(source ?? 0) - 1]?.get(atS)).toBe(bpm[i])
          if (i > 0) expect(atS).toBeGreaterThan(elapsedS[i - 1] ?? Infinity)
        })
        expect(recording.pauses.every(([from, to]) => from < to && from >= 0 && to <= recording.elapsedS)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('keeps every believed sample of the better source, and takes the other only outside their holds', () => {
    fc.assert(
      fc.property(recordings, recordings, (strap, wrist) => {
        const better = { ...strap, sensor: 'chest' as const }
        const { recording, sourceOfRow } = combineRecordings(better, { ...wrist, sensor: 'wrist' })
        const { timesS, marks, endsS } = prepare(better)
        const believed = Array.from(timesS.keys()).filter((i) => marks[i] === OK)
        const fromBetter = Array.from(recording.heartRate.elapsedS).filter((_, i) => sourceOfRow[i] === 1)
        expect(fromBetter).toEqual(believed.map((i) => timesS[i]))
        recording.heartRate.elapsedS.forEach((atS, row) => {
          if (sourceOfRow[row] !== 2) return
          expect(believed.some((i) => (timesS[i] ?? 0) < atS && atS < (endsS[i] ?? 0))).toBe(false)
        })
      }),
      { numRuns: 150 },
    )
  })
})
