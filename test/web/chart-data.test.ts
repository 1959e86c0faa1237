import { describe, expect, it } from 'vitest'
import { moveWindow, toChartData, toMinutes, toSourceSpans } from '../../web/charts/chart-data.ts'

const series = {
  heartRate: { elapsedS: [0, 1, 60, 61], bpm: [100, 0, 120, null] },
  smoothed: { elapsedS: [0, 1, 60, 61], bpm: [100, null, 120, null] },
  holdLimitS: 5,
  pauses: [],
  source: null,
  alpha1: null,
}

describe('chart data', () => {
  it('breaks the line where a sample no longer holds, and draws no 0', () => {
    const { timesS, measuredBpm } = toChartData(series)
    expect(timesS).toEqual([0, 1, 6, 60, 61])
    expect(measuredBpm).toEqual([100, null, null, 120, null])
  })

  it('tells each minute its mean, or nothing', () => {
    expect(toMinutes(series)).toEqual([
      { minute: 0, meanBpm: 100, sources: [] },
      { minute: 1, meanBpm: 120, sources: [] },
    ])
  })

  it('tells which source each minute and each stretch came from', () => {
    const both = { ...series, source: [1, 0, 2, 2] }
    expect(toMinutes(both).map(({ sources }) => sources)).toEqual([[1], [2]])
    expect(toSourceSpans(both)).toEqual([
      { source: 1, fromS: 0, toS: 1 },
      { source: 2, fromS: 60, toS: 66 },
    ])
    expect(toSourceSpans(series)).toEqual([])
  })

  it('keeps the window inside the run', () => {
    expect(moveWindow([0, 100], 100, 'in')).toEqual([25, 75])
    expect(moveWindow([0, 50], 100, 'left')).toEqual([0, 50])
    expect(moveWindow([25, 75], 100, 'right')).toEqual([50, 100])
    expect(moveWindow([25, 75], 100, 'out')).toEqual([0, 100])
    expect(moveWindow([40, 60], 100, 'in')).toEqual([35, 65])
    expect(moveWindow([40, 60], 100, 'all')).toEqual([0, 100])
  })
})
