// Prepares what the chart draws, pure: holes stay holes, and a minute table says the same in words.
import type { Series } from '../api/api.ts'

export interface ChartData {
  readonly timesS: readonly number[]
  readonly measuredBpm: readonly (number | null)[]
  readonly judgedBpm: readonly (number | null)[]
}

/** A sample holds for at most `holdLimitS` (rule C1): after a longer silence the line breaks. */
export function toChartData({ heartRate, smoothed, holdLimitS }: Series): ChartData {
  const timesS: number[] = []
  const measuredBpm: (number | null)[] = []
  const judgedBpm: (number | null)[] = []
  heartRate.elapsedS.forEach((atS, i) => {
    const before = timesS.at(-1)
    if (before !== undefined && atS - before > holdLimitS) {
      timesS.push(before + holdLimitS)
      measuredBpm.push(null)
      judgedBpm.push(null)
    }
    timesS.push(atS)
    const bpm = heartRate.bpm[i] ?? null
    measuredBpm.push(bpm === 0 ? null : bpm)
    judgedBpm.push(smoothed.bpm[i] ?? null)
  })
  return { timesS, measuredBpm, judgedBpm }
}

/** Mean judged heart rate of each minute; null where nothing could be judged. */
export function toMinutes({ smoothed }: Series): { readonly minute: number; readonly meanBpm: number | null }[] {
  const sums: { sum: number; count: number }[] = []
  smoothed.elapsedS.forEach((atS, i) => {
    const minute = Math.floor(atS / 60)
    while (sums.length <= minute && sums.length < 6000) sums.push({ sum: 0, count: 0 })
    const bpm = smoothed.bpm[i] ?? null
    const bucket = sums[minute]
    if (bpm === null || bucket === undefined) return
    bucket.sum += bpm
    bucket.count++
  })
  return sums.map(({ sum, count }, minute) => ({ minute, meanBpm: count === 0 ? null : sum / count }))
}

/** The part of the run to show after a step of zoom or shift, kept inside `[0, endS]` and at least 30 s long. */
export function moveWindow(
  [fromS, toS]: readonly [number, number],
  endS: number,
  step: 'in' | 'out' | 'left' | 'right' | 'all',
): readonly [number, number] {
  if (step === 'all') return [0, endS]
  const middle = (fromS + toS) / 2
  const factor = step === 'in' ? 0.5 : step === 'out' ? 2 : 1
  const length = Math.min(endS, Math.max(30, (toS - fromS) * factor))
  const shift = step === 'left' ? -length / 2 : step === 'right' ? length / 2 : 0
  const from = Math.max(0, Math.min(endS - length, middle + shift - length / 2))
  return [from, from + length]
}

/** Minutes and seconds since the start, e.g. `12:05`. */
export const clock = (s: number): string => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, '0')}`
