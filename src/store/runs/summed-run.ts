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

/** What a chart draws, as JSON: what was measured, and what was judged. Thousands of numbers each; a typed array writes its own in a
 *  quarter of the time that `JSON.stringify` needs for an array of the same. */
export function writeSeries({ recording, combined }: OpenedRun, p: Parameters, showsAlpha1: boolean): string {
  const { timesS, smoothedBpm, frame } = prepare(recording, p.quality)
  const elapsedS = writeNumbers(timesS)
  const others = {
    holdLimitS: frame.holdLimitS,
    pauses: frame.pauses,
    alpha1: showsAlpha1 ? computeAlpha1(recording.rr, p.alpha1, p.quality) : null,
  }
  return (
    `{"heartRate":{"elapsedS":${elapsedS},"bpm":${writeNumbers(recording.heartRate.bpm)}},` +
    `"source":${combined === null ? 'null' : writeNumbers(combined.sourceOfRow)},` +
    `"smoothed":{"elapsedS":${elapsedS},"bpm":${writeNumbers(smoothedBpm)}},` +
    JSON.stringify(others).slice(1)
  )
}

/** Finite numbers, and NaN as null. */
const writeNumbers = (values: Float64Array | Float32Array | Uint8Array): string =>
  `[${values.join(',').replaceAll('NaN', 'null')}]`
