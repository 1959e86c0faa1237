// Points that stand where no program should put them, and documents one behind the other: whatever was measured is read.
import { describe, expect, it } from 'vitest'
import {
  activities,
  activity,
  gpx,
  lap,
  START,
  tcx,
  track,
  trackpoint,
  trk,
  trkpt,
  utc,
} from '../../../fixtures/xml/made-xml.ts'
import { readFile } from '../../../src/formats/read-file.ts'

const seconds = (fromS: number, bpm: number) =>
  Array.from({ length: 20 }, (_, s) => [utc(START + fromS + s), { bpm }] as const)
const tcxTrack = (fromS: number, bpm: number) =>
  track(...seconds(fromS, bpm).map(([time, one]) => trackpoint(time, one)))
const gpxPoints = (fromS: number, bpm: number) =>
  seconds(fromS, bpm)
    .map(([time, one]) => trkpt(time, one, 0))
    .join('')
const calmLap = lap(utc(START), 20, tcxTrack(0, 120))
const calmTcx = activities(activity(calmLap))
const calmGpx = gpx(trk([gpxPoints(0, 120)]))
const hardTrack = tcxTrack(20, 171)
const hardPoints = gpxPoints(20, 171)
const hardSegment = `<trkseg>${hardPoints}</trkseg>`

/** The heart rates of each recording, in their order. */
function read(name: string, text: string): unknown {
  const reading = readFile(name, new TextEncoder().encode(text), (START + 86_400) * 1000)
  if (!reading.ok) return reading.code
  return reading.recordings.map(({ heartRate, warnings }) => [...new Set(heartRate.bpm), ...warnings])
}

describe('points in places of their own', () => {
  it.each([
    ['a track beside the laps', activities(activity(calmLap + hardTrack)), [[120, 171]]],
    ['a track in extensions', calmTcx.replace('</Lap>', `<Extensions>${hardTrack}</Extensions></Lap>`), [[120], [171]]],
    ['no lap at all', activities(activity(hardTrack)), [[171]]],
    ['an activity without its list', tcx(activity(lap(utc(START), 20, hardTrack))), [[171]]],
    [
      'a course beside a run',
      calmTcx.replace('</Activities>', `</Activities><Courses><Course>${hardTrack}</Course></Courses>`),
      [[120]],
    ],
  ])('TCX: %s', (_, text, told) => {
    expect(read('x.tcx', text)).toEqual(told)
  })

  it.each([
    [
      'a segment in extensions',
      calmGpx.replace('</trk>', `<extensions>${hardSegment}</extensions></trk>`),
      [[120], [171]],
    ],
    ['a segment in a segment', calmGpx.replace('</trkseg>', `${hardSegment}</trkseg>`), [[120], [171]]],
    ['a segment beside the tracks', calmGpx.replace('</gpx>', `${hardSegment}</gpx>`), [[120], [171]]],
    ['bare points', gpx(hardPoints), [[171]]],
    [
      'points without heart rates',
      calmGpx.replace('</gpx>', '<trkseg><trkpt lat="1" lon="2"/></trkseg></gpx>'),
      [[120]],
    ],
  ])('GPX: %s', (_, text, told) => {
    expect(read('x.gpx', text)).toEqual(told)
  })
})

describe('documents one behind the other', () => {
  const hardTcx = activities(activity(lap(utc(START + 7200), 20, tcxTrack(7200, 171))))
  it.each([
    ['two', calmTcx + hardTcx, [[120], [171]]],
    ['with blanks and zeros between them', `${calmTcx}\n\0\0\n${hardTcx}`, [[120], [171]]],
    ['with a mark of the byte order between them', `${calmTcx}\ufeff${hardTcx}`, [[120], [171]]],
    ['the second cut', (calmTcx + hardTcx).slice(0, -200), [[120], [171, 'TRUNCATED']]],
    ['the second of another kind', calmTcx + calmGpx, [[120, 'TRAILING_BYTES']]],
    ['the second refused', `${calmTcx}<?xml version="1.0"?><!DOCTYPE a>${hardTcx}`, [[120, 'TRAILING_BYTES']]],
    ['text behind both', `${calmTcx}${hardTcx}end`, [[120], [171, 'TRAILING_BYTES']]],
  ])('%s', (_, text, told) => {
    expect(read('x.tcx', text)).toEqual(told)
  })
})
