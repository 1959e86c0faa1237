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
  const meanX = mean(x)
  const meanY = mean(y)
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

/** Mean of at least one value. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}

/** Sample standard deviation (n - 1) of at least two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  const middle = mean(values)
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += (values[i] - middle) ** 2
  return Math.sqrt(squares / (values.length - 1))
}

/** Theil-Sen: the median of the slopes of all pairs of points, which one odd point cannot turn. Null for fewer than two
 *  different x. */
export function pairwiseSlopeOf(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const slopes: number[] = []
  for (let i = 0; i < x.length; i++)
    for (let k = i + 1; k < x.length; k++) if (x[k] !== x[i]) slopes.push((y[k] - y[i]) / (x[k] - x[i]))
  return median(slopes)
}

/** Slope of the least-squares line; null for fewer than two different x. */
export function slopeOf(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  if (x.length < 2) return null
  const meanX = mean(x)
  const meanY = mean(y)
  let xy = 0
  let xx = 0
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - meanX) * (y[i] - meanY)
    xx += (x[i] - meanX) ** 2
  }
  return xx === 0 ? null : xy / xx
}
