// The shown numbers and the chart data of an unpacked run. Pure.
import { summariseHeartRate, type HeartRateSummary } from '../../domain/heart-rate-summary.ts'
import type { Parameters } from '../../domain/parameters/parameters.ts'
import { prepare } from '../../domain/prepare.ts'
import { hasReadings, type Recording } from '../../domain/recording.ts'
import { computeAlpha1 } from '../../domain/rr/alpha1.ts'
import type { Combined } from '../../domain/sources/combine.ts'
import type { OpenedRun } from './packed-run.ts'

export interface SummedRun extends HeartRateSummary, Pick<Recording, 'startedAtMs' | 'elapsedS' | 'pauses' | 'hands'> {
  readonly hasReadings: boolean
  readonly rrIntervals: number
  /** Of two sources put together; null where it is alone. */
  readonly combined: Pick<Combined, 'secondsFrom' | 'agreement'> | null
}

export function sumUpRun({ recording, combined }: OpenedRun): SummedRun {
  const { startedAtMs, elapsedS, pauses, hands } = recording
  return {
    startedAtMs,
    elapsedS,
    pauses,
    ...(hands === undefined ? {} : { hands }),
    hasReadings: hasReadings(recording),
    ...summariseHeartRate(recording),
    rrIntervals: recording.rr.rrMs.length,
    combined: combined && { secondsFrom: combined.secondsFrom, agreement: combined.agreement },
  }
}

/** What a chart draws: what was measured, and what was judged. */
export function toSeries({ recording, combined }: OpenedRun, p: Parameters, showsAlpha1: boolean) {
  const { timesS, smoothedBpm, frame } = prepare(recording, p.quality)
  const elapsedS = Array.from(timesS)
  return {
    heartRate: { elapsedS, bpm: toNullable(recording.heartRate.bpm) },
    source: combined && Array.from(combined.sourceOfRow),
    smoothed: { elapsedS, bpm: toNullable(smoothedBpm) },
    holdLimitS: frame.holdLimitS,
    pauses: frame.pauses.map(([from, to]): [number, number] => [from, to]),
    alpha1: showsAlpha1 ? computeAlpha1(recording.rr, p.alpha1, p.quality) : null,
  }
}

/** NaN as null. A plain loop: `Array.from` takes five times as long for it. */
function toNullable(values: ArrayLike<number>): (number | null)[] {
  const list: (number | null)[] = []
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    list.push(Number.isNaN(value) ? null : value)
  }
  return list
}
