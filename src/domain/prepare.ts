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
  spansOf(prepared, prepared.marks)
    .map(({ key, fromS, toS }) => ({ mark: markOfNumber(key), fromS, toS }))
    .filter((span): span is MarkedSpan => span.mark !== null)

/** Stretches in which the live marks were other ones. */
export function remarkedSpans(prepared: Prepared, liveMarks: Uint8Array): RemarkedSpan[] {
  const { marks } = prepared
  const keys = new Uint16Array(marks.length)
  for (let i = 0; i < keys.length; i++) keys[i] = liveMarks[i] === marks[i] ? OK : liveMarks[i] * 256 + marks[i]
  return spansOf(prepared, keys)
    .filter(({ key }) => key !== OK)
    .map(({ key, fromS, toS }) => ({ live: markOfNumber(key >> 8), report: markOfNumber(key & 255), fromS, toS }))
}

/** Stretches in which the smoothed heart rate lies above a limit. */
export function spansAbove(prepared: Prepared, limitBpm: number): SpanS[] {
  const keys = new Uint8Array(prepared.smoothedBpm.length)
  for (let i = 0; i < keys.length; i++) keys[i] = prepared.smoothedBpm[i] > limitBpm ? 1 : 0
  return spansOf(prepared, keys)
    .filter(({ key }) => key === 1)
    .map(({ fromS, toS }) => [fromS, toS])
}

/** Rows that follow each other without a hole between and share a key, joined. */
function spansOf({ timesS, endsS }: Prepared, keys: Uint8Array | Uint16Array) {
  const spans: { key: number; fromS: number; toS: number }[] = []
  for (let first = 0, i = 1; i <= keys.length; i++) {
    if (i < keys.length && keys[i] === keys[first] && endsS[i - 1] >= timesS[i]) continue
    spans.push({ key: keys[first], fromS: timesS[first], toS: endsS[i - 1] })
    first = i
  }
  return spans
}
