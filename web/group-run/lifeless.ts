// Detects a strap that was taken off and still sends its last value: it sent RR intervals before, sends none now, and
// the number stands still. Rule D3 calls that frozen after 90 s; the live screen doubts the number sooner (rule E0).

/** product choice: hearts that beat slower than a strap tells leave one list empty, not ten seconds of them. */
const LIFELESS_S = 10

/** Of one strap, since its link. Changed in place. */
export interface Life {
  hasToldRr: boolean
  /** The number that stands still; null after an RR interval. */
  bpm: number | null
  sinceS: number
}

export const startLife = (): Life => ({ hasToldRr: false, bpm: null, sinceS: 0 })

/** @returns whether the value is doubted */
export function isLifeless(
  life: Life,
  { atS, bpm, rrMs }: { readonly atS: number; readonly bpm: number | null; readonly rrMs: readonly number[] },
): boolean {
  if (rrMs.length > 0) {
    life.hasToldRr = true
    life.bpm = null
    return false
  }
  if (bpm === null || bpm !== life.bpm) {
    life.bpm = bpm
    life.sinceS = atS
  }
  return life.hasToldRr && bpm !== null && atS - life.sinceS >= LIFELESS_S
}
