// What every rule over a recording needs first, in the order of rule C3: pauses united, samples marked, smoothed. The
// judge and the chart both take it from here, so that a chart shows what was judged.
import type { MarkedSpan } from './assessment.ts'
import { qualityDefaults, type QualityParameters } from './parameters/quality.ts'
import { markOfNumber, markQuality, OK } from './quality/mark-quality.ts'
import type { Recording } from './recording.ts'
import { holdEndsS, holdLimitS, type HoldFrame } from './time-in-zone/hold.ts'
import { smoothByMedian } from './time-in-zone/smooth.ts'
import { uniteSpans } from './time-in-zone/spans.ts'

export interface Prepared {
  readonly timesS: Float64Array
  /** Mark number of each heart-rate row (see `markQuality`). */
  readonly marks: Uint8Array
  /** NaN where a sample is bad or absent. */
  readonly smoothedBpm: Float64Array
  readonly endsS: Float64Array
  readonly frame: HoldFrame
}

export function prepare(recording: Recording, p: QualityParameters = qualityDefaults): Prepared {
  const timesS = recording.heartRate.elapsedS
  const pauses = uniteSpans(recording.pauses, 0, recording.elapsedS)
  const marks = markQuality(recording, pauses, p)
  const good = Float64Array.from(recording.heartRate.bpm, (bpm, i) => (marks[i] === OK ? bpm : Number.NaN))
  const frame: HoldFrame = {
    startS: 0,
    endS: recording.elapsedS,
    pauses,
    holdLimitS: recording.format === 'strap' ? p.holdMinS : holdLimitS(timesS, p),
  }
  return {
    timesS,
    marks,
    smoothedBpm: smoothByMedian(timesS, good, pauses, p.smoothWindowS),
    endsS: holdEndsS(timesS, frame),
    frame,
  }
}

/** Stretches of one bad mark, for shading. Rows that follow each other without a hole between join. */
export function markedSpans({ timesS, marks, endsS }: Prepared): MarkedSpan[] {
  const spans: { mark: MarkedSpan['mark']; fromS: number; toS: number }[] = []
  for (let i = 0; i < marks.length; i++) {
    const mark = markOfNumber(marks[i])
    if (mark === null) continue
    const last = spans.at(-1)
    if (i > 0 && marks[i - 1] === marks[i] && last !== undefined && last.toS >= timesS[i]) last.toS = endsS[i]
    else spans.push({ mark, fromS: timesS[i], toS: endsS[i] })
  }
  return spans
}
