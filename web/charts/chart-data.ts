// Prepares the data of the chart. Holes stay holes, and a table by minute says the same in words. Pure.
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

/** Mean judged heart rate of each minute, null where nothing could be judged, and the sources that it came from. */
export function toMinutes({ smoothed, source }: Pick<Series, 'smoothed' | 'source'>): {
  readonly minute: number
  readonly meanBpm: number | null
  readonly sources: readonly number[]
}[] {
  const sums: { sum: number; count: number; sources: Set<number> }[] = []
  smoothed.elapsedS.forEach((atS, i) => {
    const minute = Math.floor(atS / 60)
    while (sums.length <= minute && sums.length < 6000) sums.push({ sum: 0, count: 0, sources: new Set() })
    const bpm = smoothed.bpm[i] ?? null
    const bucket = sums[minute]
    if (bpm === null || bucket === undefined) return
    bucket.sum += bpm
    bucket.count++
    const from = source?.[i] ?? 0
    if (from > 0) bucket.sources.add(from)
  })
  return sums.map(({ sum, count, sources }, minute) => ({
    minute,
    meanBpm: count === 0 ? null : sum / count,
    sources: [...sources].toSorted((a, b) => a - b),
  }))
}

/** Stretches of rows from one source, for a band under the chart; a row holds for at most `holdLimitS`. */
export function toSourceSpans({ heartRate, source, holdLimitS }: Series): {
  readonly source: number
  readonly fromS: number
  readonly toS: number
}[] {
  const spans: { source: number; fromS: number; toS: number }[] = []
  if (source === null) return spans
  heartRate.elapsedS.forEach((atS, i) => {
    const next = heartRate.elapsedS[i + 1] ?? Infinity
    const toS = Math.min(next, atS + holdLimitS)
    const last = spans.at(-1)
    const from = source[i] ?? 0
    if (last?.source === from && last.toS >= atS) last.toS = toS
    else spans.push({ source: from, fromS: atS, toS })
  })
  return spans.filter((span) => span.source > 0)
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
