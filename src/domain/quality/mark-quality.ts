// Section D over a whole recording: each sample gets the first mark that hits; anything but ok counts as no value from
// here on. Called once per assessment, before smoothing (rule C3). It never changes or fills a value.
import { badMarks, type BadMark } from '../assessment.ts'
import { qualityDefaults, type QualityParameters } from '../parameters/quality.ts'
import type { Recording, SpanS } from '../recording.ts'
import { canCountSteps, findCadenceLock } from './cadence-lock.ts'
import { detectDryStrap } from './dry-strap.ts'
import { findFrozen, findRepeatedRr, type RrLists } from './frozen.ts'
import { startJump, stepJump } from './jump.ts'
import { markRange } from './range.ts'
import { meanSpeedMPerS, resample } from './resample.ts'

/** A row's mark as a number, for columns: a believed sample. */
export const OK = 0
/** The device said that it has no value. */
export const NO_VALUE = 255
/** The number that stands for a bad mark. */
export const markNumber = (mark: BadMark): number => badMarks.indexOf(mark) + 1
export const isBad = (number: number): boolean => number !== OK && number !== NO_VALUE
/** The bad mark behind a number, null for `OK` and `NO_VALUE`. */
export const markOfNumber = (number: number): BadMark | null => (isBad(number) ? (badMarks[number - 1] ?? null) : null)

/** One mark number per heart-rate row.
 *  @param pauses sorted and disjoint */
export function markQuality(
  recording: Recording,
  pauses: readonly SpanS[],
  p: QualityParameters = qualityDefaults,
): Uint8Array {
  const marks = markSingle(recording, p)
  const inRange = rowsOf(recording, marks)
  markJumps(inRange, marks, p)
  markFrozen(recording, inRange, pauses, marks, p)
  if (recording.sensor === 'chest') markDry(recording, inRange, marks, p)
  if (canCountSteps(recording)) markLock(recording, inRange, marks, p)
  return marks
}

/** D0 and D1: what a sample says of itself. */
function markSingle(recording: Recording, p: QualityParameters): Uint8Array {
  const { bpm, contactLost } = recording.heartRate
  const marks = new Uint8Array(bpm.length)
  for (let i = 0; i < bpm.length; i++) {
    const range = markRange(bpm[i], p)
    if (contactLost?.[i] === 1) marks[i] = markNumber('no_contact')
    else if (range === null) marks[i] = NO_VALUE
    else if (range !== 'ok') marks[i] = markNumber(range)
  }
  return marks
}

interface Rows {
  /** Indices into the heart-rate columns. */
  readonly row: Int32Array
  readonly timesS: Float64Array
  readonly bpm: Float64Array
}

function rowsOf(recording: Recording, marks: Uint8Array): Rows {
  const { elapsedS, bpm } = recording.heartRate
  const rows = {
    row: new Int32Array(marks.length),
    timesS: new Float64Array(marks.length),
    bpm: new Float64Array(marks.length),
  }
  let count = 0
  for (let i = 0; i < marks.length; i++) {
    if (marks[i] !== OK) continue
    rows.row[count] = i
    rows.timesS[count] = elapsedS[i]
    rows.bpm[count++] = bpm[i]
  }
  if (count === marks.length) return rows
  return { row: rows.row.subarray(0, count), timesS: rows.timesS.subarray(0, count), bpm: rows.bpm.subarray(0, count) }
}

function markJumps(rows: Rows, marks: Uint8Array, p: QualityParameters): void {
  const state = startJump()
  for (let k = 0; k < rows.row.length; k++)
    if (!stepJump(state, rows.timesS[k], rows.bpm[k], p)) marks[rows.row[k]] = markNumber('jump')
}

function markFrozen(
  recording: Recording,
  rows: Rows,
  pauses: readonly SpanS[],
  marks: Uint8Array,
  p: QualityParameters,
): void {
  const { timesS } = rows
  let pause = 0
  const breaks = (i: number) => {
    if (timesS[i] - timesS[i - 1] > p.holdMaxS) return true
    while (pause < pauses.length && pauses[pause][1] <= timesS[i - 1]) pause++
    return pause < pauses.length && pauses[pause][0] < timesS[i]
  }
  const excused = (fromS: number, toS: number) => rrVaries(recording, fromS, toS, p)
  const frozen = findFrozen(timesS, rows.bpm, breaks, excused, p)
  const repeated = recording.format === 'strap' ? findRepeatedRr(rrLists(recording, rows), p) : null
  for (let k = 0; k < frozen.length; k++)
    if ((frozen[k] === 1 || repeated?.[k] === 1) && marks[rows.row[k]] === OK) marks[rows.row[k]] = markNumber('frozen')
}

/** Which rows of a strap's stream only repeat by their RR intervals (rule D3): no file can tell. Null where no row can.
 *  @returns one number for each heart-rate row */
export function findRepeatedRows(recording: Recording, p: QualityParameters = qualityDefaults): Uint8Array | null {
  if (recording.format !== 'strap' || recording.rr.rrMs.length === 0) return null
  const marks = markSingle(recording, p)
  const rows = rowsOf(recording, marks)
  const repeated = findRepeatedRr(rrLists(recording, rows), p)
  const found = new Uint8Array(marks.length)
  for (let k = 0; k < repeated.length; k++) found[rows.row[k]] = repeated[k]
  return found
}

/** D3: "RR intervals arrive and vary": at least ten, of at least five different lengths. */
function rrVaries(recording: Recording, fromS: number, toS: number, p: QualityParameters): boolean {
  const { elapsedS, rrMs } = recording.rr
  const different = new Set<number>()
  let count = 0
  for (let i = 0; i < rrMs.length && elapsedS[i] <= toS; i++) {
    if (elapsedS[i] < fromS) continue
    count++
    different.add(rrMs[i])
    if (count >= p.frozenRrCount && different.size >= p.frozenRrKinds) return true
  }
  return false
}

/** The RR intervals that each notification brought; where that is not known, those that ended since the sample before. */
function rrLists({ rr, heartRate }: Recording, { row, timesS }: Rows): RrLists {
  const { elapsedS, rrMs } = rr
  const { rrCount } = heartRate
  const lists = { rrMs, from: new Int32Array(row.length), to: new Int32Array(row.length) }
  // `k` goes over the rows that are looked at, `i` over all rows or all intervals, `end` is how many intervals there were so far.
  let end = 0
  if (rrCount) {
    for (let i = 0, k = 0; k < row.length; i++) {
      const isLooked = row[k] === i
      if (isLooked) lists.from[k] = end
      end += rrCount[i]
      if (isLooked) lists.to[k++] = end
    }
    return lists
  }
  for (let k = 0; k < timesS.length; k++) {
    lists.from[k] = end
    while (end < rrMs.length && elapsedS[end] <= timesS[k]) end++
    lists.to[k] = end
  }
  return lists
}

function markDry(recording: Recording, rows: Rows, marks: Uint8Array, p: QualityParameters): void {
  const early = meanSpeedMPerS(recording.motion, 0, p.dryEarlyS)
  const reference = meanSpeedMPerS(recording.motion, p.dryReferenceFromS, p.dryReferenceToS)
  const { untilS } = detectDryStrap(rows.timesS, rows.bpm, early, reference, p)
  if (untilS === null) return
  for (let k = 0; k < rows.row.length && rows.timesS[k] <= untilS; k++)
    if (marks[rows.row[k]] === OK) marks[rows.row[k]] = markNumber('dry_strap')
}

/** Stretches between long holes are looked at one by one: a hole of weeks must not become weeks of empty seconds. */
function markLock(recording: Recording, rows: Rows, marks: Uint8Array, p: QualityParameters): void {
  const { timesS } = rows
  for (let first = 0, k = 1; k <= timesS.length; k++) {
    if (k < timesS.length && timesS[k] - timesS[k - 1] <= p.lockWindowS) continue
    const fromS = Math.floor(timesS[first])
    const seconds = Math.floor(timesS[k - 1]) - fromS + 1
    if (seconds >= p.lockWindowS) {
      const bpm = resample(timesS, rows.bpm, fromS, seconds, p.holdMaxS)
      const cadence = resample(recording.motion.elapsedS, recording.motion.cadencePerMin, fromS, seconds, p.holdMaxS)
      for (const [from, to] of findCadenceLock(bpm, cadence, p))
        for (let i = first; i < k; i++) {
          const at = timesS[i] - fromS
          if (at >= from && at < to && marks[rows.row[i]] === OK) marks[rows.row[i]] = markNumber('cadence_lock')
        }
    }
    first = k
  }
}
