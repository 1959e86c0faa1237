// Section H, step 3 (off by default): detrending by smoothness priors, as Kubios does on a resampled series.

/** `z - (I + λ² D2ᵀ D2)⁻¹ z`, D2 the second differences. The matrix has five diagonals; it is solved as L D Lᵀ. */
export function removeTrend(z: readonly number[], lambda: number): number[] {
  const n = z.length
  if (n < 3) return z.map(() => 0)
  const weight = lambda * lambda
  const main = new Float64Array(n).fill(1)
  const first = new Float64Array(n)
  const second = new Float64Array(n)
  for (let i = 0; i + 2 < n; i++) {
    main[i] += weight
    main[i + 1] += 4 * weight
    main[i + 2] += weight
    first[i] -= 2 * weight
    first[i + 1] -= 2 * weight
    second[i] += weight
  }
  // L has ones on its diagonal, `lower1` and `lower2` below it.
  const diagonal = new Float64Array(n)
  const lower1 = new Float64Array(n)
  const lower2 = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const l1 = i > 0 ? lower1[i - 1] : 0
    const l2 = i > 1 ? lower2[i - 2] : 0
    diagonal[i] = main[i] - (i > 0 ? l1 * l1 * diagonal[i - 1] : 0) - (i > 1 ? l2 * l2 * diagonal[i - 2] : 0)
    lower1[i] = (first[i] - (i > 0 ? lower2[i - 1] * l1 * diagonal[i - 1] : 0)) / diagonal[i]
    lower2[i] = second[i] / diagonal[i]
  }
  const trend = Float64Array.from(z)
  for (let i = 0; i < n; i++)
    trend[i] -= (i > 0 ? lower1[i - 1] * trend[i - 1] : 0) + (i > 1 ? lower2[i - 2] * trend[i - 2] : 0)
  for (let i = 0; i < n; i++) trend[i] /= diagonal[i]
  for (let i = n - 1; i >= 0; i--)
    trend[i] -= (i + 1 < n ? lower1[i] * trend[i + 1] : 0) + (i + 2 < n ? lower2[i] * trend[i + 2] : 0)
  return z.map((value, i) => value - trend[i])
}
