// What we write as FIT, judged by two readers that nobody here wrote: every total of the file says what its own records and
// timer events say, over all fixtures, what is shared beside this clone, any recording, and a whole demo clinic.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasReadings } from '../../../src/domain/recording.ts'
import type { ExportedRun } from '../../../src/formats/export/exported-run.ts'
import { readFit } from '../../../src/formats/fit/read-fit.ts'
import { writeFit } from '../../../src/formats/fit/write-fit.ts'
import { corpusIsHere } from '../../support/corpus.ts'
import { exportedRuns } from '../../support/exported-runs.ts'
import { fieldIsHere } from '../../support/field.ts'
import { byFitFileParser, byGarmin, type FoundActivity, type FoundRecord } from '../../support/fit-judges.ts'
import { demoRuns, fixtureRuns, sharedFiles } from '../../support/written-runs.ts'

/** Whether the timer stands still in the second that begins then. */
function isStopped(timer: FoundActivity['timer'], atS: number): boolean {
  return timer.findLast(([fromS]) => fromS <= atS)?.[1] === false
}

/** The mean of one value a second, each held until the next record that says something; null where none was. Only where records
 *  follow each other within the shortest hold (5 s) is it the same however long a hold is. */
function meanByGrid(records: readonly FoundRecord[], timer: FoundActivity['timer']): number | null {
  const values: number[] = []
  for (const [i, { atS, bpm }] of records.entries()) {
    if (bpm === null || bpm === 0) continue
    const nextS = records[i + 1]?.atS ?? atS + 1
    for (let s = atS; s < nextS; s++) if (!isStopped(timer, s)) values.push(bpm)
  }
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

const isDense = (records: readonly FoundRecord[]): boolean =>
  records.every(({ atS, bpm }, i) => bpm !== null && (i === 0 || atS - (records[i - 1]?.atS ?? 0) <= 5))

function expectTrueToItself(activity: FoundActivity): void {
  const { records, timer, session, lap } = activity
  const lastS = records.at(-1)?.atS ?? Number.NaN
  expect(records.every(({ atS }, i) => i === 0 || atS > (records[i - 1]?.atS ?? 0))).toBe(true)

  expect(session.elapsedS).toBe(lastS)
  expect(session.endedAtMs - session.startedAtMs).toBe(lastS * 1000)
  expect(session.timerS).toBeLessThanOrEqual(session.elapsedS)
  expect([lap, activity.activity.timerS, activity.activity.endedAtMs]).toEqual([
    session,
    session.timerS,
    session.endedAtMs,
  ])

  // The timer starts first, stops last, and never twice in the same way.
  expect(timer.map(([, runs]) => runs)).toEqual(timer.map((_, i) => i % 2 === 0))
  expect([timer[0]?.[0], timer.length % 2]).toEqual([0, 0])
  const ranS = timer.reduce((sum, [atS, runs]) => sum + (runs ? -atS : atS), 0)
  expect(session.timerS).toBe(ranS)

  const rates = records.flatMap(({ bpm }) => (bpm === null || bpm === 0 ? [] : [bpm]))
  if (rates.length > 0) {
    expect(session.maxBpm).toBe(rates.reduce((most, bpm) => Math.max(most, bpm)))
    expect(session.meanBpm).toBeGreaterThanOrEqual(rates.reduce((least, bpm) => Math.min(least, bpm)))
    expect(session.meanBpm).toBeLessThanOrEqual(session.maxBpm ?? 0)
    // What is pressed at the last record is behind it.
    const before = timer.filter(([atS]) => atS < lastS)
    const mean = meanByGrid(records, before.length === 0 ? timer.slice(0, 1) : before)
    if (isDense(records) && mean !== null)
      expect(Math.abs((session.meanBpm ?? 0) - mean)).toBeLessThanOrEqual(0.5 + 1e-6)
  }
  const distances = records.flatMap(({ distanceM }) => (distanceM === null ? [] : [distanceM]))
  const isCounter = distances.every((distance, i) => i === 0 || distance >= (distances[i - 1] ?? 0))
  if (distances.length > 0) expect(session.distanceM).not.toBeNull()
  if (isCounter && (distances[0] ?? Infinity) <= 10) expect(session.distanceM).toBeCloseTo(distances.at(-1) ?? 0, 2)
}

/** @returns the bytes, null where there is nothing to write */
async function expectJudged(run: ExportedRun): Promise<Uint8Array | null> {
  const bytes = writeFit(run.recording, run.utcOffsetS)
  expect(bytes === null).toBe(!hasReadings(run.recording))
  if (bytes === null) return null
  const { order, ...garmin } = byGarmin(bytes)
  expectTrueToItself(garmin)
  expect(garmin.activity.offsetS).toBe(run.utcOffsetS)
  expect(garmin.session.startedAtMs).toBe(
    Math.floor(Math.max(run.recording.startedAtMs, 631_065_600_000) / 1000) * 1000,
  )
  // file_id first; lap, session and activity last.
  expect([order[0], ...order.slice(-3)]).toEqual([0, 19, 18, 34])
  const { records, ...parsed } = await byFitFileParser(bytes)
  expect({ ...parsed, records: garmin.records }).toEqual(garmin)
  // As one text: comparing a day of records one by one takes minutes.
  expect(JSON.stringify(records) === JSON.stringify(garmin.records)).toBe(true)
  return bytes
}

function again(bytes: Uint8Array): Uint8Array {
  const reading = readFit(bytes)
  const recordings = reading.ok ? reading.recordings : []
  const [recording] = recordings
  const written = recording === undefined ? null : writeFit(recording)
  if (written === null || recordings.length !== 1) throw new Error('not one run')
  return written
}

/** What was read and written once says everything the same from then on. Only what no file can say is gone by then: "no value",
 *  which is none (rule T9), and a pause in which somebody ran on (rule T3). */
function expectSameAgain(bytes: Uint8Array): void {
  const once = again(bytes)
  expect(Buffer.compare(again(once), once)).toBe(0)
}

describe('a FIT file that we write', () => {
  it.each(fixtureRuns)('says what its records say, to two readers: %s', async (_name, run) => {
    const bytes = await expectJudged(run)
    if (bytes !== null) expectSameAgain(bytes)
  })

  it('says what its records say, whatever the run', async () => {
    await fc.assert(
      fc.asyncProperty(exportedRuns, async (run) => void (await expectJudged(run))),
      { numRuns: 60 },
    )
  })

  it('says what its records say, of every run of a demo clinic', async () => {
    const runs = await demoRuns()
    expect(runs.length).toBeGreaterThan(100)
    for (const [name, run] of runs) {
      const bytes = await expectJudged(run)
      expect(bytes, name).not.toBeNull()
      if (bytes !== null) expectSameAgain(bytes)
    }
  })
})

describe.skipIf(!corpusIsHere && !fieldIsHere)('of ../shared/field and ../shared/corpus', () => {
  it.each(sharedFiles)('%s says what its records say, to two readers', async (_name, read) => {
    let judged = 0
    const runs = read()
    for (const [, run] of runs) {
      const bytes = await expectJudged(run)
      if (bytes !== null) expectSameAgain(bytes)
      judged++
    }
    expect(judged).toBe(runs.length)
  })
})
