// The few statistics that several rules share.

/** Median; an even count gives the mean of the two middle values; null of nothing. Does not change its argument. */
export function median(values: ArrayLike<number>): number | null {
  return medianOfSorted(Float64Array.from(values).sort(), values.length)
}

/** Median of the first `count` values of an ascending array. */
export function medianOfSorted(sorted: ArrayLike<number>, count: number): number | null {
  if (count === 0) return null
  const half = count >> 1
  const upper = sorted[half]
  return count % 2 === 1 ? upper : (sorted[half - 1] + upper) / 2
}

/** Type-7 quantile (linear interpolation) of an ascending array with at least one value. */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  const place = (sorted.length - 1) * share
  const low = Math.floor(place)
  const lower = sorted[low]
  const upper = sorted[Math.min(low + 1, sorted.length - 1)]
  return lower + (place - low) * (upper - lower)
}

/** Pearson correlation; null for fewer than two points or a constant series. */
export function correlation(x: readonly number[], y: readonly number[]): number | null {
  const n = x.length
  if (n < 2) return null
  const meanX = x.reduce((sum, v) => sum + v, 0) / n
  const meanY = y.reduce((sum, v) => sum + v, 0) / n
  let xy = 0
  let xx = 0
  let yy = 0
  for (let i = 0; i < n; i++) {
    const dx = x[i] - meanX
    const dy = y[i] - meanY
    xy += dx * dy
    xx += dx * dx
    yy += dy * dy
  }
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy)
}
