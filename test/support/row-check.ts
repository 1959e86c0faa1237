// What must hold of a file whose rows and times are odd (section T): FIT, TCX and GPX say the same, no measured second is dropped
// without a warning, and nothing lasts longer than its rows. Called by a test and by the long fuzz run.
import { isDeepStrictEqual } from 'node:util'
import { FitEncoder } from '../../fixtures/fit/encoder.ts'
import { fileId, kinetics, noStop, walkRun } from '../../fixtures/fit/made-runs.ts'
import { activities, activity, gpx, lap, START, track, trackpoint, trk, utc } from '../../fixtures/xml/made-xml.ts'
import { assess } from '../../src/domain/assess.ts'
import type { ReadingWarning } from '../../src/domain/reading-codes.ts'
import type { Recording } from '../../src/domain/recording.ts'
import { readFile } from '../../src/formats/read-file.ts'
import type { Row } from './row-mutations.ts'

const FIT_EPOCH_S = 631_065_600
const zone = { source: 'manual', ceilingBpm: 140, floorBpm: null, hardBpm: 165 } as const
const NOW_MS = (START + 86_400) * 1000

/** A quarter of an hour of a calm run and of one that knows no stop. */
export const goodRows: readonly (readonly Row[])[] = [walkRun, noStop].map((paces) =>
  kinetics(paces, 5)
    .slice(0, 900)
    .map(({ bpm }, atS) => ({ atS, bpm })),
)

const timeOf = ({ atS }: Row): string => utc(START + atS)
const bytes = (text: string) => new TextEncoder().encode(text)

const written: Readonly<Record<string, (rows: readonly Row[]) => Uint8Array>> = {
  'x.fit': (rows) => {
    const fit = new FitEncoder().message(0, 0, fileId(4))
    for (const { atS, bpm } of rows)
      fit.message(1, 20, [
        [253, 'u32', START + atS - FIT_EPOCH_S],
        [3, 'u8', bpm ?? 255],
      ])
    return fit.message(2, 18, [[5, 'enum', 1]]).finish()
  },
  'x.tcx': (rows) => {
    const points = rows.map((row) => trackpoint(timeOf(row), row.bpm === null ? {} : { bpm: row.bpm }))
    return bytes(activities(activity(lap('', 0, track(...points)))))
  },
  'x.gpx': (rows) => {
    const rate = ({ bpm }: Row) => (bpm === null ? '' : `<extensions><hr>${bpm}</hr></extensions>`)
    return bytes(gpx(trk([rows.map((row) => `<trkpt><time>${timeOf(row)}</time>${rate(row)}</trkpt>`).join('')])))
  },
}

/** Whether a row can be written at all: FIT begins in 1989 and ends in 2126. */
const canBeWritten = ({ atS }: Row): boolean => START + atS > FIT_EPOCH_S && START + atS < FIT_EPOCH_S + 0xfffffffe

/** @returns what does not hold, in words; null where all does */
export function findRowFault(rows: readonly Row[]): string | null {
  if (rows.length === 0 || !rows.every(canBeWritten)) return null
  const read: (readonly Recording[])[] = []
  for (const [name, write] of Object.entries(written)) {
    const reading = readFile(name, write(rows), NOW_MS)
    if (!reading.ok) return `${name}: ${reading.code}`
    read.push(reading.recordings)
  }
  for (const [i, some] of read.entries()) {
    const name = Object.keys(written)[i] ?? ''
    if (!isDeepStrictEqual(some.map(said), read[0]?.map(said)))
      return `${name} says ${some.map(tell).join()}, x.fit ${read[0]?.map(tell).join()}`
    const fault = findLoss(rows, some) ?? some.map(findLength).find((found) => found !== null)
    if (fault !== undefined && fault !== null) return `${name}: ${fault}`
  }
  return null
}

const said = ({ startedAtMs, elapsedS, heartRate, pauses, strayPoints, warnings }: Recording) => ({
  ...{ startedAtMs, elapsedS, heartRate, pauses, strayPoints },
  warnings: warnings.toSorted(),
})
const tell = ({ startedAtMs, elapsedS, heartRate, strayPoints, warnings }: Recording): string =>
  JSON.stringify([startedAtMs, elapsedS, heartRate.bpm.length, strayPoints, warnings])

/** No measured second is dropped without a warning that counts it. */
function findLoss(rows: readonly Row[], read: readonly Recording[]): string | null {
  const measured = rows.filter(({ bpm }) => (bpm ?? 0) > 0)
  const seconds = new Set(measured.map(({ atS }) => atS)).size
  const sum = (of: (one: Recording) => number) => read.reduce((total, one) => total + of(one), 0)
  const kept = sum(({ heartRate }) => heartRate.bpm.filter((bpm) => bpm > 0).length)
  const strays = sum(({ strayPoints = 0 }) => strayPoints)
  const warns = (code: ReadingWarning) => read.some(({ warnings }) => warnings.includes(code))
  if (strays > 0 !== warns('STRAY_POINTS')) return `${strays} strays`
  if (kept > measured.length) return `${kept} are kept of ${measured.length}`
  // What a set-back clock tells again falls together with what it told: there the warning stands for it.
  if (warns('CLOCK_STEPPED_BACK')) return null
  if (kept < seconds - strays) return `${seconds} seconds were measured, ${strays} strayed, ${kept} are kept`
  return strays === 0 && kept !== seconds ? `${kept} are kept of ${seconds} seconds` : null
}

/** Nothing lasts longer than from its first row to its last, and none is worth more than its hold. */
function findLength(one: Recording): string | null {
  const { elapsedS } = one.motion
  const lastS = elapsedS.at(-1) ?? 0
  if (one.elapsedS !== lastS || (elapsedS[0] ?? 0) !== 0) return `lasts ${one.elapsedS} s, its rows ${lastS}`
  if (elapsedS.some((atS, i) => i > 0 && !(atS > (elapsedS[i - 1] ?? 0)))) return 'its times do not rise'
  const { movingS, goodS } = assess(one, zone).zoneTime
  if (movingS > one.elapsedS) return `${movingS} of ${one.elapsedS} s are moving`
  return goodS > 10 * one.heartRate.bpm.length ? `${goodS} s are good of ${one.heartRate.bpm.length} rows` : null
}
