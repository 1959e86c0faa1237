// Section H, steps 4 and 5: detrended fluctuation analysis over short boxes.
import { mean, slopeOf } from '../statistics.ts'

export interface Dfa {
  /** Null where it cannot be computed: too few beats, or a series without any fluctuation. */
  readonly alpha: number | null
  /** F(n) for n = first to last box size. */
  readonly fluctuation: readonly number[]
}

/** @param order 1 is a line per box, 2 a parabola (other numbers: never mix them) */
export function computeDfa(rrMs: readonly number[], firstBox: number, lastBox: number, order: 1 | 2 = 1): Dfa {
  if (rrMs.length < lastBox) return { alpha: null, fluctuation: [] }
  const middle = mean(rrMs)
  let sum = 0
  const profile = rrMs.map((rr) => (sum += rr - middle))
  const fluctuation: number[] = []
  const sizes: number[] = []
  for (let size = firstBox; size <= lastBox; size++) {
    sizes.push(Math.log10(size))
    fluctuation.push(fluctuationAt(profile, size, order))
  }
  const alpha = fluctuation.includes(0) ? null : slopeOf(sizes, fluctuation.map(Math.log10))
  return { alpha, fluctuation }
}

/** Boxes from the start; the rest is dropped. */
function fluctuationAt(profile: readonly number[], size: number, order: 1 | 2): number {
  const boxes = Math.floor(profile.length / size)
  // On evenly spaced points 1, x and x² less its mean are orthogonal, so that each is fitted by itself.
  const x = Array.from({ length: size }, (_, i) => i - (size - 1) / 2)
  const meanSquare = mean(x.map((value) => value * value))
  const terms = order === 1 ? [x] : [x, x.map((value) => value * value - meanSquare)]
  let squares = 0
  for (let box = 0; box < boxes; box++) {
    const start = box * size
    let level = 0
    for (let i = 0; i < size; i++) level += profile[start + i] / size
    const weights = terms.map((term) => {
      let dot = 0
      let norm = 0
      for (let i = 0; i < size; i++) {
        dot += term[i] * profile[start + i]
        norm += term[i] * term[i]
      }
      return norm === 0 ? 0 : dot / norm
    })
    for (let i = 0; i < size; i++) {
      const fitted = terms.reduce((value, term, k) => value + weights[k] * term[i], level)
      squares += (profile[start + i] - fitted) ** 2
    }
  }
  return Math.sqrt(squares / (boxes * size))
}
