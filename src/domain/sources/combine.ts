// Two recordings of one run as one: of each second the better signal. Each source is judged for quality by itself first; a
// second in which neither was believed has no value, and nothing is filled in. The sources stay as they were.
import type { CueResponse } from '../cue-response.ts'
import { defaultParameters, type Parameters } from '../parameters/parameters.ts'
import { prepare, type Prepared } from '../prepare.ts'
import { OK } from '../quality/mark-quality.ts'
import { isGuided, sensorKinds, type MotionColumns, type Recording, type RrColumns, type SpanS } from '../recording.ts'
import { gapsBetween, uniteSpans } from '../time-in-zone/spans.ts'
import { computeAgreement, type Agreement } from './agreement.ts'

/** Which source a row came from: 0 where neither was believed. */
export type SourceNumber = 0 | 1 | 2

export interface Combined {
  readonly recording: Recording
  /** A `SourceNumber` per heart-rate row. */
  readonly sourceOfRow: Uint8Array
  /** Seconds that each source gave. */
  readonly secondsFrom: readonly [first: number, second: number]
  /** Second minus first; null where they have less than a minute in common. */
  readonly agreement: Agreement | null
}

interface Source {
  readonly number: 1 | 2
  readonly recording: Recording
  readonly prepared: Prepared
  /** Its start, seconds after the common start. */
  readonly offsetS: number
}

/** Combine by the clocks of both devices: a shift that made them agree better would flatter the slower sensor. */
export function combineRecordings(first: Recording, second: Recording, p: Parameters = defaultParameters): Combined {
  const startedAtMs = Math.min(first.startedAtMs, second.startedAtMs)
  const sourceOf = (number: 1 | 2, recording: Recording): Source => ({
    number,
    recording,
    prepared: prepare(recording, p.quality),
    offsetS: (recording.startedAtMs - startedAtMs) / 1000,
  })
  const sources = [sourceOf(1, first), sourceOf(2, second)] as const
  const [better, other] = trustOf(sources[0]) >= trustOf(sources[1]) ? sources : [sources[1], sources[0]]
  const { elapsedS, bpm, sourceOfRow, differencesBpm } = mergeRows(better, other)
  const endS = Math.max(...sources.map(({ recording, offsetS }) => offsetS + recording.elapsedS))
  // What people were guided by was one source alone, not this.
  const { guidance: _guidance, guidedLater: _later, ...facts } = better.recording
  const recording: Recording = {
    ...facts,
    startedAtMs,
    elapsedS: endS,
    localOffsetS: better.recording.localOffsetS ?? other.recording.localOffsetS,
    sport: better.recording.sport === 'unknown' ? other.recording.sport : better.recording.sport,
    subSport: better.recording.subSport ?? other.recording.subSport,
    heartRate: { elapsedS, bpm },
    motion: motionOf(better, other),
    rr: rrOf(better, other),
    pauses: pausesOf(sources, endS),
    ...(sources.some((source) => isGuided(source.recording)) ? { guided: true } : {}),
    ...handsOf(sources),
    warnings: [...new Set([...first.warnings, ...second.warnings])],
  }
  const sign = better.number === 1 ? 1 : -1
  return {
    recording,
    sourceOfRow,
    secondsFrom: secondsFrom(recording, sourceOfRow, p),
    agreement: computeAgreement(
      differencesBpm.map((difference) => sign * difference),
      p.source,
    ),
  }
}

/** Rule D9, and of two sensors of one kind the one that was believed for longer. */
function trustOf({ recording, prepared }: Source): number {
  const kind = sensorKinds.length - sensorKinds.indexOf(recording.sensor)
  const good = prepared.marks.reduce((count, mark) => count + (mark === OK ? 1 : 0), 0)
  return kind + good / (good + 1)
}

/** Row by row in order of whole seconds. A believed sample of the better source counts for as long as it holds; the other
 *  one speaks in between. */
function mergeRows(better: Source, other: Source) {
  const elapsedS: number[] = []
  const bpm: number[] = []
  const sourceOfRow: SourceNumber[] = []
  const differencesBpm: number[] = []
  const emit = (atS: number, value: number, source: SourceNumber) => {
    elapsedS.push(atS)
    bpm.push(value)
    sourceOfRow.push(source)
  }
  let coveredUntilS = -Infinity
  for (const [a, b] of rowPairs(better, other)) {
    if (a !== null && b !== null && a.good && b.good) differencesBpm.push(b.bpm - a.bpm)
    if (a?.good) {
      emit(a.atS, a.bpm, better.number)
      coveredUntilS = a.endS
      continue
    }
    if (a !== null) coveredUntilS = a.atS
    if (b?.good && b.atS >= coveredUntilS) emit(b.atS, b.bpm, other.number)
    else if (a !== null) emit(a.atS, Number.NaN, 0)
    else if (b !== null && b.atS >= coveredUntilS) emit(b.atS, Number.NaN, 0)
  }
  return {
    elapsedS: Float64Array.from(elapsedS),
    bpm: Float32Array.from(bpm),
    sourceOfRow: Uint8Array.from(sourceOfRow),
    differencesBpm,
  }
}

interface Row {
  readonly atS: number
  readonly endS: number
  readonly bpm: number
  readonly good: boolean
}

/** The rows of both that fall in one whole second of the common clock, oldest second first. */
function* rowPairs(a: Source, b: Source): Generator<readonly [Row | null, Row | null]> {
  let i = 0
  let k = 0
  const secondOf = ({ prepared, offsetS }: Source, row: number) =>
    row < prepared.timesS.length ? Math.floor(prepared.timesS[row] + offsetS) : Infinity
  for (;;) {
    const second = Math.min(secondOf(a, i), secondOf(b, k))
    if (second === Infinity) return
    let [rowA, rowB]: [Row | null, Row | null] = [null, null]
    for (; secondOf(a, i) === second; i++) rowA = rowOf(a, i)
    for (; secondOf(b, k) === second; k++) rowB = rowOf(b, k)
    yield [rowA, rowB]
  }
}

const rowOf = ({ prepared, offsetS }: Source, i: number): Row => ({
  atS: prepared.timesS[i] + offsetS,
  endS: prepared.endsS[i] + offsetS,
  bpm: prepared.goodBpm[i],
  good: prepared.marks[i] === OK,
})

/** A second is paused where every device that was running then was paused. */
function pausesOf(sources: readonly Source[], endS: number): SpanS[] {
  const active = sources.flatMap(({ recording, prepared, offsetS }) =>
    gapsBetween(prepared.frame.pauses, 0, recording.elapsedS).map(([fromS, toS]): SpanS => [
      fromS + offsetS,
      toS + offsetS,
    ]),
  )
  return gapsBetween(uniteSpans(active, 0, endS), 0, endS)
}

/** What people did beside either of them. */
function handsOf(sources: readonly Source[]): Pick<Recording, 'hands'> {
  const hands = sources.flatMap(({ recording, offsetS }) =>
    (recording.hands ?? []).map(([atS, kind, by]): CueResponse => [atS + offsetS, kind, by]),
  )
  return hands.length === 0 ? {} : { hands: hands.toSorted(([a], [b]) => a - b) }
}

/** Movement is taken whole from one of them: the one that knows more of it. */
function motionOf(better: Source, other: Source): MotionColumns {
  const known = ({ recording: { motion } }: Source) => motion.speedMPerS.filter((speed) => !Number.isNaN(speed)).length
  const from = known(other) > known(better) ? other : better
  const { motion } = from.recording
  return { ...motion, elapsedS: motion.elapsedS.map((atS) => atS + from.offsetS) }
}

function rrOf(better: Source, other: Source): RrColumns {
  const from = better.recording.rr.rrMs.length > 0 ? better : other
  const { rr } = from.recording
  return { ...rr, elapsedS: rr.elapsedS.map((atS) => atS + from.offsetS) }
}

function secondsFrom(recording: Recording, sourceOfRow: Uint8Array, p: Parameters): readonly [number, number] {
  const { timesS, endsS } = prepare(recording, p.quality)
  const seconds: [number, number] = [0, 0]
  for (let i = 0; i < endsS.length; i++) {
    const source = sourceOfRow[i]
    if (source === 1 || source === 2) seconds[source - 1] += endsS[i] - timesS[i]
  }
  return seconds
}
