// Times that never fall: whether some do, and where a moment lies among them.

export interface StepRange {
  /** The shortest step from one time to the next, negative where one goes back; Infinity without steps. */
  readonly leastS: number
  /** The longest one; -Infinity without steps. */
  readonly mostS: number
}

export function stepRangeOf(times: ArrayLike<number>): StepRange {
  let leastS = Infinity
  let mostS = -Infinity
  for (let k = 1; k < times.length; k++) {
    const stepS = times[k] - times[k - 1]
    if (stepS < leastS) leastS = stepS
    if (stepS > mostS) mostS = stepS
  }
  return { leastS, mostS }
}

/** The first place whose time is at or after `timeS`; their number where none is. */
export function firstAtOrAfter(times: ArrayLike<number>, timeS: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle] < timeS) low = middle + 1
    else high = middle
  }
  return low
}

/** The first place whose time is after `timeS`; their number where none is. */
export function firstAfter(times: ArrayLike<number>, timeS: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle] > timeS) high = middle
    else low = middle + 1
  }
  return low
}
