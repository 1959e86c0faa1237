// The wall clock ran ahead of the steady clock: did the phone sleep, or did somebody set its clock? One reading cannot
// tell. The recorder's clock asks here. If the evidence is not enough, the answer is "slept", because a visible hole is
// better than a hidden one. Pure.

/** Longer nobody sleeps in a run: such a step is a clock that was set … product choice, as all numbers here. */
const MOST_SLEEP_MS = 12 * 3_600_000
/** So long the straps are listened to; their natural distance is about a second. */
export const DECIDE_MS = 2500
/** How far from its usual distance a strap may tell, and be counted as one that went on. */
const NATURAL_SHARE = 0.15
/** Where the screen was held on all the while, so that a phone hardly sleeps. */
const NATURAL_SHARE_AWAKE = 0.25
/** Of the straps that told before it. */
const MOST_SHARE = 2 / 3

/** A strap that told at its natural distance until the step was seen. Times by the steady clock. */
export interface Witness {
  readonly usualMs: number
  readonly lastMs: number
  /** Since the step was seen. */
  readonly cameMs: readonly number[]
}

export interface ClockStep {
  /** How far the wall clock has run ahead. */
  readonly aheadMs: number
  /** Since it was seen, by the steady clock. */
  readonly forMs: number
  readonly wasHidden: boolean
  /** The browser kept the screen on from the reading before to this one. */
  readonly isHeldAwake: boolean
  readonly witnesses: readonly Witness[]
}

/** @returns null while it cannot be said yet */
export function judgeStep(step: ClockStep): 'slept' | 'set' | null {
  if (step.aheadMs > MOST_SLEEP_MS) return 'set'
  const { witnesses, forMs, isHeldAwake } = step
  if (step.wasHidden || witnesses.length === 0) return 'slept'
  const share = isHeldAwake ? NATURAL_SHARE_AWAKE : NATURAL_SHARE
  const answers = witnesses.map((one) => wentOn(one, share))
  const count = (what: boolean | null) => answers.filter((one) => one === what).length
  const needed = isHeldAwake ? MOST_SHARE * witnesses.length : witnesses.length
  if (witnesses.length - count(false) < needed) return 'slept'
  if (forMs < DECIDE_MS) return null
  return count(true) >= needed ? 'set' : 'slept'
}

/** Whether a strap went on as if nothing had happened; null before its next is due. */
function wentOn({ usualMs, lastMs, cameMs }: Witness, share: number): boolean | null {
  let beforeMs = lastMs
  for (const atMs of cameMs) {
    if (Math.abs(atMs - beforeMs - usualMs) > share * usualMs) return false
    beforeMs = atMs
  }
  return cameMs.length === 0 ? null : true
}
