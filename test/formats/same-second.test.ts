// Two heart rates of one second: the hard one is not hidden behind the calm one, and the run says so, whichever format it is.
import { describe, expect, it } from 'vitest'
import { FitEncoder } from '../../fixtures/fit/encoder.ts'
import { fileId } from '../../fixtures/fit/made-runs.ts'
import {
  activities,
  activity,
  gpx,
  lap,
  START,
  track,
  trackpoint,
  trk,
  trkpt,
  utc,
} from '../../fixtures/xml/made-xml.ts'
import { readFile } from '../../src/formats/read-file.ts'

const FIT_EPOCH_S = 631_065_600
/** What is told of each second. */
type Told = readonly (readonly number[])[]

const asFit = (told: Told): Uint8Array => {
  const fit = new FitEncoder().message(0, 0, fileId(4))
  for (const [s, rates] of told.entries())
    for (const bpm of rates)
      fit.message(1, 20, [
        [253, 'u32', START - FIT_EPOCH_S + s],
        [3, 'u8', bpm],
      ])
  return fit.finish()
}
const bytes = (text: string) => new TextEncoder().encode(text)
const eachPoint = (told: Told, point: (time: string, bpm: number) => string): string[] =>
  told.flatMap((rates, s) => rates.map((bpm) => point(utc(START + s), bpm)))
const asTcx = (told: Told) =>
  bytes(activities(activity(lap('', 0, track(...eachPoint(told, (time, bpm) => trackpoint(time, { bpm })))))))
const asGpx = (told: Told) => bytes(gpx(trk([eachPoint(told, (time, bpm) => trkpt(time, { bpm }, 0)).join('')])))
const asBlocks = (told: Told) =>
  bytes(
    gpx(
      trk([
        told
          .map((rates, s) => {
            const blocks = rates.map((bpm) => `<extensions><hr>${bpm}</hr></extensions>`).join('')
            return `<trkpt lat="52" lon="5"><time>${utc(START + s)}</time>${blocks}</trkpt>`
          })
          .join(''),
      ]),
    ),
  )

function read(name: string, file: Uint8Array) {
  const reading = readFile(name, file, (START + 86_400) * 1000)
  const run = reading.ok ? reading.recordings[0] : undefined
  return run === undefined ? null : { bpm: [...new Set(run.heartRate.bpm)], warnings: run.warnings }
}
const seconds = (rates: readonly number[], count = 100): Told => Array.from({ length: count }, () => rates)

describe.each([
  ['x.fit', asFit],
  ['x.tcx', asTcx],
  ['x.gpx', asGpx],
  ['blocks.gpx', asBlocks],
])('two heart rates of one second: %s', (name, write) => {
  it('judges the higher where they differ for long, and says so', () => {
    const differ = { bpm: [171], warnings: ['RATES_DIFFER'] }
    expect(read(name, write(seconds([120, 171])))).toEqual(differ)
    expect(read(name, write(seconds([171, 120])))).toEqual(differ)
    expect(read(name, write(seconds([120, 171, 150])))).toEqual(differ)
  })

  it('keeps the first where they are alike, where one says nothing, and where only a few differ', () => {
    for (const rates of [
      [120, 125],
      [120, 0],
      [0, 120],
    ])
      expect(read(name, write(seconds(rates)))).toEqual({ bpm: [120], warnings: [] })
    expect(read(name, write([...seconds([120, 171], 59), ...seconds([120], 60)]))).toEqual({ bpm: [120], warnings: [] })
    expect(read(name, write(seconds([120, 171], 60)))?.bpm).toEqual([171])
  })
})
