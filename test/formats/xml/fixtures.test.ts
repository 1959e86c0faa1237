import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { xmlFixtures } from '../../../fixtures/xml/files.ts'
import { START } from '../../../fixtures/xml/made-xml.ts'
import { xmlTable } from '../../../fixtures/xml/table.ts'
import type { Recording } from '../../../src/domain/recording.ts'
import { readFile } from '../../../src/formats/read-file.ts'

const bytesOf = (file: string) =>
  new Uint8Array(readFileSync(new URL(`../../../fixtures/xml/${file}`, import.meta.url)))
const readingOf = (file: string) => readFile(file, bytesOf(file))
function recordingsOf(file: string): readonly Recording[] {
  const reading = readingOf(file)
  if (!reading.ok) throw new Error(`${file} gave no recording but ${reading.code}`)
  return reading.recordings
}
function recordingOf(file: string): Recording {
  const [recording] = recordingsOf(file)
  if (recording === undefined) throw new Error(`${file} gave no recording`)
  return recording
}

describe('fixtures/xml', () => {
  it.each(Object.keys(xmlFixtures))('%s is the file that its maker makes', (file) => {
    expect(bytesOf(file)).toEqual(xmlFixtures[file]?.make())
  })

  it('has a table of what each proves', () => {
    expect(readFileSync(new URL('../../../fixtures/xml/README.md', import.meta.url), 'utf8')).toBe(xmlTable())
  })

  it.each(['calm-run.tcx', 'calm-run.gpx'])('reads %s: times, pause, sport, columns', (file) => {
    const run = recordingOf(file)
    expect(run).toMatchObject({ sport: 'running', sensor: 'unknown', localOffsetS: null, elapsedS: 599, warnings: [] })
    expect(run.format).toBe(file.slice(-3))
    expect(run.startedAtMs).toBe(START * 1000)
    expect(run.pauses).toEqual([[300, 360]])
    expect(run.heartRate.bpm.length).toBe(540)
    expect(run.motion.cadencePerMin[70]).toBe(158)
    expect(run.motion.speedMPerS[70]).toBeCloseTo(2.2, 1)
  })

  it('says what wrote the file, and what TCX laps sum up', () => {
    expect(recordingOf('calm-run.gpx').device).toBe('Garmin Connect')
    expect(recordingOf('calm-run.tcx')).toMatchObject({ device: 'Forerunner 255', summary: { timerS: 540 } })
  })

  it('takes the distance of a GPX run from its positions and keeps no position', () => {
    const run = recordingOf('calm-run.gpx')
    const walkedM = 59 * 1.4 + 240 * 2.2 + 59 * 1.4 + 180 * 2.2
    expect(Math.abs((run.motion.distanceM.at(-1) ?? 0) - walkedM)).toBeLessThan(walkedM * 0.02)
    expect(run.motion.altitudeM[0]).toBeCloseTo(12.4)
    expect(JSON.stringify({ ...run, motion: Object.keys(run.motion) })).not.toMatch(/lat|lon/i)
  })

  it('takes times with an offset for what they say, and times without a zone for UTC', () => {
    expect(recordingOf('offset.tcx')).toMatchObject({ startedAtMs: START * 1000, localOffsetS: 7200, warnings: [] })
    const unzoned = { startedAtMs: START * 1000, localOffsetS: null, warnings: ['TIME_ZONE_MISSING'] }
    expect(recordingOf('no-time-zone.tcx')).toMatchObject(unzoned)
  })

  it('has rows only where a heart rate was stated: 0 is one, and no value is none (rule T9)', () => {
    const { heartRate, warnings } = recordingOf('missing-heart-rates.tcx')
    expect([...heartRate.elapsedS]).toEqual([0, 3, 5])
    expect([...heartRate.bpm]).toEqual([120, 0, 123])
    expect(warnings).toEqual(['VALUE_UNREADABLE'])
  })

  it('gives one recording per activity or track, and none for an empty track', () => {
    const startsOf = (file: string) =>
      recordingsOf(file).map(({ startedAtMs, sport }) => [startedAtMs / 1000 - START, sport])
    expect(startsOf('two-activities.tcx')).toEqual([
      [0, 'running'],
      [120, 'cycling'],
      [240, 'running'],
    ])
    expect(startsOf('two-tracks.gpx')).toEqual([
      [0, 'running'],
      [600, 'walking'],
    ])
  })

  it('takes gaps for pauses where the time of the lap shows that the timer stood still', () => {
    const { pauses, elapsedS } = recordingOf('lap-pauses.tcx')
    expect(pauses).toEqual([
      [60, 90],
      [130, 170],
      [200, 250],
    ])
    expect(elapsedS).toBe(339)
  })

  it('gives an activity without points its start and length', () => {
    const run = recordingOf('summary-only.tcx')
    expect(run).toMatchObject({ startedAtMs: START * 1000, elapsedS: 1800, warnings: ['NO_RECORDS'] })
    expect(run.heartRate.bpm.length).toBe(0)
  })

  it('sorts points, merges those of one second and leaves those without a time out', () => {
    const { heartRate, warnings } = recordingOf('order.tcx')
    expect([...heartRate.elapsedS]).toEqual(Array.from({ length: 20 }, (_, s) => s))
    expect(heartRate.bpm.every((bpm) => bpm > 0)).toBe(true)
    expect(warnings).toEqual(['TIME_MISSING', 'TIME_BACKWARDS'])
  })

  it.each(['ns3.gpx', 'no-prefix.gpx', 'utf-16.gpx', 'byte-order-mark.gpx'])('reads %s like the usual file', (file) => {
    const usual = recordingOf('two-tracks.gpx')
    expect([...recordingOf(file).heartRate.bpm]).toEqual([...usual.heartRate.bpm])
    expect([...recordingOf(file).motion.cadencePerMin]).toEqual([...usual.motion.cadencePerMin])
  })

  it('finds heart rates by other names, and does not double steps that are of both legs', () => {
    const { heartRate, motion } = recordingOf('other-names.gpx')
    expect([...heartRate.bpm]).toEqual([...recordingOf('two-tracks.gpx').heartRate.bpm])
    expect([motion.speedMPerS[0], motion.temperatureC[0]]).toEqual([Math.fround(1.4), 11])
    expect(motion.distanceM.every((way) => Number.isNaN(way))).toBe(true)
    expect(motion.cadencePerMin[0]).toBe(224)
  })

  it.each([
    ['cut.tcx', ['TRUNCATED'], 40],
    ['cut.gpx', ['TRUNCATED'], 41],
    ['damaged-middle.tcx', ['DAMAGED'], 30],
    ['clock-not-set.tcx', ['TIME_BEFORE_2000'], 60],
    ['long-gap.tcx', ['TIME_GAP'], 21],
  ])('keeps what %s still holds, and warns', (file, warnings, samples) => {
    const run = recordingOf(file)
    expect(run.warnings).toEqual(warnings)
    expect(run.heartRate.bpm.length).toBe(samples)
  })

  it('reads a second document behind the first', () => {
    expect(recordingsOf('two-files.gpx').map(({ heartRate, warnings }) => [heartRate.bpm.length, warnings])).toEqual([
      [60, []],
      [60, []],
    ])
  })

  it('warns of a cut only in the activity that it cut', () => {
    const told = recordingsOf('cut-second-track.gpx').map(({ heartRate, warnings }) => [heartRate.bpm.length, warnings])
    expect(told).toEqual([
      [60, []],
      [20, ['TRUNCATED']],
    ])
  })

  it.each([
    ['course.tcx', 'NOT_ACTIVITY'],
    ['route.gpx', 'NOT_ACTIVITY'],
    ['empty-track.gpx', 'NOT_ACTIVITY'],
    ['external-entity.tcx', 'XML_REFUSED'],
    ['entity-bomb.gpx', 'XML_REFUSED'],
    ['deep.gpx', 'XML_REFUSED'],
    ['wrong-root.gpx', 'NOT_GPX'],
    ['web-page.gpx', 'NOT_GPX'],
    ['text.gpx', 'NOT_GPX'],
  ])('refuses %s with %s', (file, code) => {
    expect(readingOf(file)).toEqual({ ok: false, code })
  })
})
