// The judge over whole recordings: the fixtures, and what must hold of any recording.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../src/domain/assess.ts'
import type { CalmZone } from '../../src/domain/calm-zone.ts'
import { noZone } from '../../src/domain/calm-zone.ts'
import { findPeak } from '../../src/domain/flags/peak.ts'
import { prepare } from '../../src/domain/prepare.ts'
import { NO_VALUE, OK } from '../../src/domain/quality/mark-quality.ts'
import type { Recording } from '../../src/domain/recording.ts'
import { lowerCeilingSuggestionBpm } from '../../src/domain/zone/zone-limits.ts'
import { readFit } from '../../src/formats/fit/read-fit.ts'
import { recordings } from '../support/recordings.ts'

const zone: CalmZone = { source: 'manual', ceilingBpm: 140, floorBpm: null, hardBpm: 160 }
const unplanned = { plannedMin: null }

function fixture(name: string): Recording {
  const reading = readFit(new Uint8Array(readFileSync(new URL(`../../fixtures/fit/${name}.fit`, import.meta.url))))
  if (!reading.ok || reading.recordings[0] === undefined) throw new Error(`${name} gave no recording`)
  return reading.recordings[0]
}

const everySecond = (seconds: number) => Float64Array.from({ length: seconds }, (_, s) => s)
const evenly = (seconds: number, bpm: number) => Float32Array.from({ length: seconds }, (_, s) => bpm + (s % 3))

describe('assess, on fixtures', () => {
  it('finds a calm run calm and raises nothing', () => {
    const { verdict, flags, zoneTime } = assess(fixture('calm-run'), zone, unplanned)
    expect([verdict, flags, zoneTime.movingS, zoneTime.coverage]).toEqual(['calm', [], 1739, 1])
  })

  it('finds the "no stop" run too hard, with F1 and F2 and their numbers', () => {
    const { verdict, flags } = assess(fixture('too-hard-run'), zone, unplanned)
    expect(verdict).toBe('too_hard')
    expect(flags.map(({ kind, level }) => [kind, level])).toEqual([
      ['F9.hard', 'attention'],
      ['F2.peak', 'note'],
      ['F1.above', 'attention'],
    ])
    expect(flags[1]?.evidence).toMatchObject({ hardBpm: 160, peakBpm: expect.closeTo(171, 0) })
  })

  it('flags a run that is longer than planned (F5)', () => {
    const { flags } = assess(fixture('calm-run'), zone, { plannedMin: 15 })
    expect(flags.map(({ kind, level }) => [kind, level])).toEqual([['F5.longer', 'attention']])
  })

  it('takes a long calm walk for a note, until it is an hour longer, and a hard one for what it is (F5)', () => {
    const levelOf = (limits: CalmZone, plannedMin: number) =>
      assess({ ...fixture('calm-run'), sport: 'walking' }, limits, { plannedMin }).flags.find(
        ({ kind }) => kind === 'F5.longer',
      )?.level
    expect(levelOf(zone, 15)).toBe('note')
    const hours = { ...fixture('calm-run'), sport: 'walking' }
    const long = assess(
      { ...hours, elapsedS: 92 * 60, heartRate: { elapsedS: everySecond(92 * 60), bpm: evenly(92 * 60, 120) } },
      zone,
      { plannedMin: 30 },
    )
    expect(long.flags.map(({ kind, level }) => [kind, level])).toEqual([['F5.longer', 'attention']])
    expect(levelOf({ ...zone, ceilingBpm: 90, hardBpm: 100 }, 15)).toBe('attention')
  })

  it('says nothing about walk breaks where neither speed nor cadence was measured (F7)', () => {
    const run = fixture('calm-run')
    const none = run.motion.speedMPerS.map(() => Number.NaN)
    const motion = { ...run.motion, speedMPerS: none, cadencePerMin: none }
    const context = { plannedMin: null, plannedBreaks: { count: 5, walkS: 60 } }
    expect(assess({ ...run, motion }, zone, context).flags).toEqual([])
    expect(assess({ ...run, motion: { ...motion, speedMPerS: none.map(() => 3) } }, zone, context).flags).toMatchObject(
      [{ kind: 'F7.no_breaks' }],
    )
  })

  it('raises no more than "possible misreading" from a dry strap, and counts none of its seconds (D5, F10)', () => {
    const { flags, qualityS, verdict, cues, remarkedSpans } = assess(fixture('dry-strap'), zone, unplanned)
    expect(verdict).toBe('calm')
    expect(flags.map(({ kind, level }) => [kind, level])).toEqual([['F10.possible_misreading', 'note']])
    expect(qualityS.dry_strap).toBeGreaterThan(280)
    expect(cues).toContainEqual([expect.any(Number), 'HARD', 'high'])
    expect(remarkedSpans).toContainEqual(expect.objectContaining({ live: null, report: 'dry_strap' }))
  })

  it('makes a possible misreading attention once a person confirmed it (F10)', () => {
    const { flags } = assess(fixture('dry-strap'), zone, { hardConfirmed: true })
    expect(flags.map(({ kind, level, evidence }) => [kind, level, evidence['isConfirmed']])).toEqual([
      ['F10.possible_misreading', 'attention', true],
    ])
  })

  it('marks a wrist sensor that counts steps in time to say nothing of it (D6)', () => {
    const { cues, flags, qualityS } = assess(fixture('wrist-cadence-lock'), zone, unplanned)
    expect(flags).toEqual([])
    expect(cues.map(([, kind]) => kind)).not.toContain('HARD')
    expect(qualityS.cadence_lock).toBeGreaterThan(90)
  })

  it('marks what stands still (D3) and what drops out (D1)', () => {
    expect(assess(fixture('frozen'), zone, unplanned).qualityS.frozen).toBeGreaterThan(100)
    // Eight holes of five seconds: 0, no value, 0, no value, 0. No value ends no hold, so a 0 lasts until the next (rule T9).
    expect(assess(fixture('dropouts'), zone, unplanned).qualityS.dropout).toBe(8 * 5)
  })

  it('says that it cannot tell without a zone, and then counts nothing as calm', () => {
    const { verdict, zoneTime } = assess(fixture('calm-run'), noZone, unplanned)
    expect([verdict, zoneTime.calmS, zoneTime.aboveS, zoneTime.calmShare]).toEqual(['cannot_tell:no_zone', 0, 0, null])
  })

  it('suggests a lower ceiling when talking is hard below it, never a higher one (B10)', () => {
    expect(lowerCeilingSuggestionBpm(140, 131.5, false)).toBe(128)
    expect(lowerCeilingSuggestionBpm(140, 150, true)).toBeNull()
  })

  it('asks ten seconds of a peak (F2)', () => {
    const times = Array.from({ length: 30 }, (_, s) => s)
    const peakAt = (seconds: number) => {
      const bpm = times.map((s) => (s >= 5 && s < 5 + seconds ? 170 : 120))
      return findPeak(
        times,
        bpm,
        times.map((s) => s + 1),
        10,
      )?.bpm
    }
    expect([peakAt(9), peakAt(10)]).toEqual([120, 170])
  })
})

describe('assess, on any recording', () => {
  it('adds good, bad and hole times up to moving time, and keeps every share between 0 and 1', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const { zoneTime, qualityS } = assess(recording, zone, unplanned)
        const { marks, timesS, endsS } = prepare(recording)
        const silentS = marks.reduce((sum, mark, i) => sum + (mark === NO_VALUE ? endsS[i] - timesS[i] : 0), 0)
        const badS = Object.values(qualityS).reduce((sum, seconds) => sum + seconds, 0)
        const holeS = zoneTime.movingS - zoneTime.goodS - badS - silentS
        expect(holeS).toBeGreaterThanOrEqual(-1e-6)
        expect(zoneTime.calmS + zoneTime.aboveS).toBeCloseTo(zoneTime.goodS, 6)
        for (const share of [zoneTime.coverage, zoneTime.calmShare ?? 0, zoneTime.calmMin, zoneTime.calmMax]) {
          expect(share).toBeGreaterThanOrEqual(-1e-9)
          expect(share).toBeLessThanOrEqual(1 + 1e-9)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('never credits a sample with more time than its hold allows, nor a marked one with a heart rate (C1)', () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const { marks, timesS, endsS, smoothedBpm, frame } = prepare(recording)
        marks.forEach((mark, i) => {
          const heldS = endsS[i] - timesS[i]
          expect(heldS).toBeGreaterThanOrEqual(0)
          expect(heldS).toBeLessThanOrEqual(frame.holdLimitS)
          expect(Number.isNaN(smoothedBpm[i])).toBe(mark !== OK)
        })
      }),
      { numRuns: 300 },
    )
  })
})
