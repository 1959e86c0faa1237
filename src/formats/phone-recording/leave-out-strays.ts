// Rule T1 on one runner's recording. From start to stop it is one run, so a hole in it is no border unless it lasts for days:
// then a clock was wrong on one side of it.
import type { HeartRateColumns, Recording, RrColumns, SpanS } from '../../domain/recording.ts'
import { leaveOutStrays } from '../../domain/stray-points.ts'
import { uniteSpans } from '../../domain/time-in-zone/spans.ts'

/** A press of start or stop belongs to beats of the same day. */
const DAY_S = 86_400

/** @param nowMs of reading; Infinity where nobody knows it */
export function withoutStrays(recording: Recording, nowMs: number): Recording {
  const { startedAtMs, elapsedS, heartRate } = recording
  const startS = startedAtMs / 1000
  const times = heartRate.elapsedS.map((atS) => startS + atS)
  const rows = leaveOutStrays(times, [[startS, startS + elapsedS]], nowMs / 1000)
  const first = rows?.[0]
  const last = rows?.at(-1)
  if (rows === null || first === undefined || last === undefined) return recording
  const fromS = heartRate.elapsedS[first] > DAY_S ? heartRate.elapsedS[first] : 0
  const toS = elapsedS - heartRate.elapsedS[last] > DAY_S ? heartRate.elapsedS[last] : elapsedS
  const isIn = (atS: number) => atS >= fromS && atS <= toS
  const { hands } = recording
  return {
    ...recording,
    startedAtMs: startedAtMs + fromS * 1000,
    elapsedS: toS - fromS,
    heartRate: pickRows(heartRate, rows, fromS),
    rr: pickBeats(recording.rr, isIn, fromS),
    pauses: uniteSpans(recording.pauses, fromS, toS).map(([from, to]): SpanS => [from - fromS, to - fromS]),
    ...(hands === undefined
      ? {}
      : { hands: hands.filter(([atS]) => isIn(atS)).map(([atS, kind, by]) => [atS - fromS, kind, by] as const) }),
    strayPoints: heartRate.elapsedS.length - rows.length,
    warnings: [...recording.warnings, 'STRAY_POINTS'],
  }
}

const pickRows = (
  { elapsedS, bpm, contactLost, rrCount }: HeartRateColumns,
  rows: Int32Array,
  fromS: number,
): HeartRateColumns => ({
  elapsedS: Float64Array.from(rows, (row) => elapsedS[row] - fromS),
  bpm: Float32Array.from(rows, (row) => bpm[row]),
  ...(contactLost === undefined ? {} : { contactLost: Uint8Array.from(rows, (row) => contactLost[row]) }),
  ...(rrCount === undefined ? {} : { rrCount: Uint8Array.from(rows, (row) => rrCount[row]) }),
})

function pickBeats({ elapsedS, rrMs }: RrColumns, isIn: (atS: number) => boolean, fromS: number): RrColumns {
  const rows = Array.from(elapsedS.keys()).filter((row) => isIn(elapsedS[row]))
  return {
    elapsedS: Float64Array.from(rows, (row) => elapsedS[row] - fromS),
    rrMs: Float32Array.from(rows, (row) => rrMs[row]),
  }
}
