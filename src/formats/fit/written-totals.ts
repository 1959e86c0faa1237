// What an exported activity says of itself as a whole, from the rows that stand in it: no total says anything that its
// records and its timer events do not.
import { summariseHeartRate } from '../../domain/heart-rate-summary.ts'
import type { DeviceSummary, SpanS } from '../../domain/recording.ts'
import { lengthOfSpansS } from '../../domain/time-in-zone/spans.ts'
import type { RecordRow } from './record-rows.ts'

/** Raw values as the profile scales them; NaN is "no value". */
export interface WrittenTotals {
  readonly elapsedMs: number
  readonly timerMs: number
  readonly distanceCm: number
  readonly meanHeartRateBpm: number
  readonly maxHeartRateBpm: number
}

type Rows = ReadonlyMap<number, RecordRow>

/** A device's total of more time than the rows, by more than this, is of another stretch than they (as rule T3 has it). */
const LONGER_S = 60
/** Nobody on foot was faster: what a counter shows beyond this it showed before the run (product choice). */
const FASTEST_CM_PER_S = 1000
const MAX_BPM = 254

/** @param lastS   the second of the last row
 *  @param pauses  as the timer events have them: disjoint, inside `[0, lastS]`
 *  @param summary of the device: counts only where no row says the like, and no more time than theirs is in it
 *  @source FIT profile: `total_timer_time` and `avg_heart_rate` exclude pauses, `total_elapsed_time` includes them */
export function writtenTotals(
  rows: Rows,
  lastS: number,
  pauses: readonly SpanS[],
  summary: DeviceSummary,
): WrittenTotals {
  const isOfTheseRows = summary.timerS === null || summary.timerS <= lastS + LONGER_S
  return {
    elapsedMs: lastS * 1000,
    timerMs: (lastS - lengthOfSpansS(pauses)) * 1000,
    distanceCm: distanceOf(rows) ?? (isOfTheseRows ? toCm(summary.distanceM) : Number.NaN),
    ...(heartRatesOf(rows, toTheEnd(pauses, lastS)) ?? (isOfTheseRows ? ratesOf(summary) : untold)),
  }
}

/** A timer that was not started again stands still in the last second too. */
const toTheEnd = (pauses: readonly SpanS[], lastS: number): SpanS[] =>
  pauses.map(([from, to]) => [from, to === lastS ? Infinity : to])

/** Rule T9: 0 is in no mean. A run whose every heart rate lies in a pause has that mean rather than none. */
function heartRatesOf(rows: Rows, pauses: readonly SpanS[]) {
  const stated = [...rows].filter(([, { heartRate }]) => !Number.isNaN(heartRate))
  const heartRate = {
    elapsedS: Float64Array.from(stated, ([second]) => second),
    bpm: Float32Array.from(stated, ([, row]) => row.heartRate),
  }
  const { max, mean } = summariseHeartRate({ heartRate }).heartRateBpm
  if (max === null || mean === null) return null
  const moving = summariseHeartRate({ heartRate }, pauses).heartRateBpm
  return { meanHeartRateBpm: Math.round(moving.mean ?? mean), maxHeartRateBpm: max }
}

const untold = { meanHeartRateBpm: Number.NaN, maxHeartRateBpm: Number.NaN }

function ratesOf({ meanHeartRateBpm: mean, maxHeartRateBpm: max }: DeviceSummary): typeof untold {
  const bpm = (value: number | null) =>
    value !== null && value > 0 && value <= MAX_BPM ? Math.round(value) : Number.NaN
  if (mean !== null && max !== null && mean > max) return untold
  return { meanHeartRateBpm: bpm(mean), maxHeartRateBpm: bpm(max) }
}

const toCm = (metres: number | null): number => (metres === null ? Number.NaN : Math.round(metres * 100))

/** How far the counter ran; null where no row has it. What it showed before the run is not the run's, and a counter that
 *  begins anew (the next part of a multisport activity) goes on from where it was. */
function distanceOf(rows: Rows): number | null {
  let before: number | null = null
  let covered = 0
  for (const [second, { distance }] of rows) {
    if (Number.isNaN(distance)) continue
    if (before === null) covered = distance > FASTEST_CM_PER_S * (second + 1) ? 0 : distance
    else if (distance > before) covered += distance - before
    else if (distance < before / 2) covered += distance
    else continue
    before = distance
  }
  return before === null ? null : covered
}
