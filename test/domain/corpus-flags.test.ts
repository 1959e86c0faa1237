// Real recordings of ../shared/corpus under limits that make each of them calm, and under limits that make each of them hard:
// no calm one says HARD, and no hard one is lost, whatever its sensor is called.
import { describe, expect, it } from 'vitest'
import { assess } from '../../src/domain/assess.ts'
import type { CalmZone } from '../../src/domain/calm-zone.ts'
import type { Recording, SensorKind } from '../../src/domain/recording.ts'
import { isOnFoot } from '../../src/domain/sport.ts'
import { readFit } from '../../src/formats/fit/read-fit.ts'
import { corpusFiles, corpusIsHere, readCorpus } from '../support/corpus.ts'

interface Real {
  readonly name: string
  /** As a run: another sport is set aside. */
  readonly recording: Recording
  /** What it measured, rising. */
  readonly bpm: readonly number[]
}

/** With five minutes of heart rate. */
const LEAST_ROWS = 300
const reals = corpusFiles.flatMap(({ file }): Real[] => {
  const reading = readFit(readCorpus(file))
  if (!reading.ok) return []
  return reading.recordings.flatMap((read, i) => {
    const recording = isOnFoot(read.sport) ? read : { ...read, sport: 'running' }
    const bpm = [...read.heartRate.bpm].filter((value) => value >= 30 && value <= 230).toSorted((a, b) => a - b)
    return bpm.length < LEAST_ROWS ? [] : [{ name: `${file} ${i + 1}`, recording, bpm }]
  })
})
const cases = reals.map((real) => [real.name, real] as const)

const zone = (ceilingBpm: number, hardBpm: number): CalmZone => ({
  source: 'manual',
  ceilingBpm,
  floorBpm: null,
  hardBpm,
})
const at = ({ bpm }: Real, share: number): number => bpm[Math.floor(share * (bpm.length - 1))] ?? 0
const judge = (recording: Recording, by: CalmZone) => assess(recording, by, { plannedMin: null })
const attentionOf = (recording: Recording, by: CalmZone) =>
  judge(recording, by).flags.flatMap(({ kind, level }) => (level === 'attention' ? [kind] : []))
/** Where half of it is hard. */
const limitsBelow = (real: Real) => zone(at(real, 0.1) - 5, at(real, 0.5))

describe.skipIf(!corpusIsHere)('real recordings (needs ../shared/corpus)', () => {
  it('are many', () => {
    expect(reals.length).toBeGreaterThan(60)
  })

  it.each(cases)('%s: calm under limits that it never reached', (_name, real) => {
    const most = at(real, 1)
    const { cues, flags, zoneTime } = judge(real.recording, zone(most + 1, most + 15))
    expect([zoneTime.aboveS, zoneTime.hardS, cues.filter(([, kind]) => kind === 'HARD')]).toEqual([0, 0, []])
    expect(flags.filter(({ level }) => level === 'attention')).toEqual([])
  })

  it.each(cases)('%s: attention where half of it was hard', (_name, real) => {
    expect(attentionOf(real.recording, limitsBelow(real))).toContain('F1.above')
  })

  const chestRuns = cases.filter(([, { recording }]) => recording.sensor === 'chest' && recording.sport === 'running')
  const kinds: readonly SensorKind[] = ['unknown', 'wrist']
  it.each(chestRuns)(
    '%s: what a chest strap heard stays HARD or above where nobody knows the sensor',
    (_name, real) => {
      for (const share of [0.25, 0.5, 0.75, 0.9]) {
        const by = zone(at(real, share) - 20, at(real, share))
        const heard = attentionOf(real.recording, by)
        if (!heard.includes('F9.hard')) continue
        for (const sensor of kinds) {
          const told = attentionOf({ ...real.recording, sensor }, by)
          expect([share, sensor, told.some((kind) => kind === 'F9.hard' || kind === 'F1.above')]).toEqual([
            share,
            sensor,
            true,
          ])
        }
      }
    },
  )
})
