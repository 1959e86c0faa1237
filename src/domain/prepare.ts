// What every rule over a recording needs first, in the order of rule C3: pauses united, samples marked, smoothed. The
// judge and the chart both take it from here, so that a chart shows what was judged.
import type { MarkedSpan, RemarkedSpan } from './assessment.ts'
import { qualityDefaults, type QualityParameters } from './parameters/quality.ts'
import { markOfNumber, markQuality, OK } from './quality/mark-quality.ts'
import type { Recording, SpanS } from './recording.ts'
import { holdEndsS, holdLimitS, type HoldFrame } from './time-in-zone/hold.ts'
import { smoothByMedian } from './time-in-zone/smooth.ts'
import { uniteSpans } from './time-in-zone/spans.ts'

export interface Prepared {
  readonly timesS: Float64Array
  /** Mark number of each heart-rate row (see `markQuality`). */
  readonly marks: Uint8Array
  /** As measured; NaN where a sample is bad or absent. */
  readonly goodBpm: Float64Array
  /** NaN where a sample is bad or absent. */
  readonly smoothedBpm: Float64Array
  readonly endsS: Float64Array
  readonly frame: HoldFrame
}

export function prepare(recording: Recording, p: QualityParameters = qualityDefaults): Prepared {
  const timesS = recording.heartRate.elapsedS
  const pauses = uniteSpans(recording.pauses, 0, recording.elapsedS)
  const marks = markQuality(recording, pauses, p)
  const goodBpm = new Float64Array(marks.length)
  for (let i = 0; i < marks.length; i++) goodBpm[i] = marks[i] === OK ? recording.heartRate.bpm[i] : Number.NaN
  const frame: HoldFrame = {
    startS: 0,
    endS: recording.elapsedS,
    pauses,
    holdLimitS: recording.format === 'strap' ? p.holdMinS : holdLimitS(timesS, p),
  }
  return {
    timesS,
    marks,
    goodBpm,
    smoothedBpm: smoothByMedian(timesS, goodBpm, pauses, p.smoothWindowS),
    endsS: holdEndsS(timesS, frame),
    frame,
  }
}

/** Stretches of one bad mark, for shading. */
export const markedSpans = (prepared: Prepared): MarkedSpan[] =>
  spansWhere(prepared, (i) => prepared.marks[i])
    .map(({ key, fromS, toS }) => ({ mark: markOfNumber(key), fromS, toS }))
    .filter((span): span is MarkedSpan => span.mark !== null)

/** Stretches in which the live marks were other ones. */
export const remarkedSpans = (prepared: Prepared, liveMarks: Uint8Array): RemarkedSpan[] =>
  spansWhere(prepared, (i) => (liveMarks[i] === prepared.marks[i] ? OK : liveMarks[i] * 256 + prepared.marks[i]))
    .filter(({ key }) => key !== OK)
    .map(({ key, fromS, toS }) => ({
      live: markOfNumber(key >> 8),
      report: markOfNumber(key & 255),
      fromS,
      toS,
    }))

/** Stretches in which the smoothed heart rate lies above a limit. */
export const spansAbove = (prepared: Prepared, limitBpm: number): SpanS[] =>
  spansWhere(prepared, (i) => (prepared.smoothedBpm[i] > limitBpm ? 1 : 0))
    .filter(({ key }) => key === 1)
    .map(({ fromS, toS }) => [fromS, toS])

/** Rows that follow each other without a hole between and share a key, joined. */
function spansWhere({ timesS, endsS }: Prepared, keyOf: (i: number) => number) {
  const spans: { key: number; fromS: number; toS: number }[] = []
  for (let i = 0; i < timesS.length; i++) {
    const key = keyOf(i)
    const last = spans.at(-1)
    if (last?.key === key && last.toS >= timesS[i]) last.toS = endsS[i]
    else spans.push({ key, fromS: timesS[i], toS: endsS[i] })
  }
  return spans
}
