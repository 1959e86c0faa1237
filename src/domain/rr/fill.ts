// Section H, step 2: artefacts in RR intervals bridged for one computation. The filled series is never stored or shown.

/** Linear interpolation over the marked beats, by beat index; marked beats at an end copy the nearest good one. */
export function fillArtefacts(rrMs: ArrayLike<number>, isArtefact: ArrayLike<boolean | number>): number[] {
  const filled = Array.from(rrMs)
  let before = -1
  for (let i = 0; i <= filled.length; i++) {
    if (i < filled.length && isArtefact[i]) continue
    for (let k = before + 1; k < i; k++) filled[k] = between(filled, before, i, k)
    before = i
  }
  return filled
}

function between(values: readonly number[], before: number, after: number, at: number): number {
  if (before < 0) return after < values.length ? values[after] : values[at]
  if (after >= values.length) return values[before]
  return values[before] + ((values[after] - values[before]) * (at - before)) / (after - before)
}
