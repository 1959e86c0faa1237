import { describe, expect, it } from 'vitest'
import { moveWindow, toChartData, toMinutes } from '../../web/charts/chart-data.ts'

const series = {
  heartRate: { elapsedS: [0, 1, 60, 61], bpm: [100, 0, 120, null] },
  smoothed: { elapsedS: [0, 1, 60, 61], bpm: [100, null, 120, null] },
  holdLimitS: 5,
  pauses: [],
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
      { minute: 0, meanBpm: 100 },
      { minute: 1, meanBpm: 120 },
    ])
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
