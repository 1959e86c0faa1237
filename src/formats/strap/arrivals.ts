// Whether a notification's time of arrival can be its time (rule I). A page that stood still, or a radio that lost its link,
// hands over at once what waited meanwhile: those have no second of their own. Phone, server and the strap's driver ask it.

/** Longer without a notification than this, and what comes next may have waited. */
const SILENT_MS = 5000
/** Closer than this share of the usual distance is no distance of a strap. */
const DENSE_SHARE = 0.4
/** So many in a row at their natural distance: nothing waits any more. One alone may stand between two halves of a queue. */
const CONFIRMING = 2
/** No strap tells more often: a silence has room for no more notifications than this. */
const LEAST_DISTANCE_MS = 250
const MOST_DISTANCE_MS = 2000
const FIRST_DISTANCE_MS = 1000
/** Of a strap that said nothing before, only what is closer than this came out of a queue. */
const FIRST_DENSE_MS = 50
/** How much the newest distance counts among the usual ones. */
const LEARNING = 1 / 8
/** A queue is empty by then, however slow the page … product choice, as all numbers here. */
const EMPTY_AFTER_MS = 15_000
/** … and a long queue later: handed over at less than `DENSE_SHARE` of the distance at which more comes behind it, it takes up to
 *  so much of the silence. */
const EMPTY_AFTER_SHARE = DENSE_SHARE / (1 - DENSE_SHARE)

/** Plain data of one strap. Changed in place by `takeArrival`. */
export interface Arrivals {
  /** From when it was listened to; -Infinity where that says nothing. */
  readonly fromMs: number
  lastAtMs: number | null
  /** Distance between notifications as it usually is. */
  usualMs: number
  /** Whether that distance has been seen at all. */
  hasUsual: boolean
  /** The beat of the last notification may be older than its arrival by this much. */
  delayMs: number
  /** Since a silence: no time of arrival is believed until the queue behind it must be empty. */
  doubt: Doubt | null
}
interface Doubt {
  readonly sinceMs: number
  readonly silentMs: number
  came: number
  natural: number
}

/** @param before of the strap before it: where a queue may be waiting, this one's may too */
export const startArrivals = (fromMs: number, before: Arrivals | null = null): Arrivals => ({
  fromMs,
  lastAtMs: null,
  usualMs: FIRST_DISTANCE_MS,
  hasUsual: false,
  delayMs: 0,
  doubt: before === null || before.doubt === null ? null : { ...before.doubt },
})

/** Whoever listens stood still until now. */
export function doubtArrivals(arrivals: Arrivals, atMs: number, silentMs: number): void {
  const hasHeard = arrivals.lastAtMs !== null && atMs - arrivals.lastAtMs <= SILENT_MS
  if (silentMs > SILENT_MS && !hasHeard) arrivals.doubt = { sinceMs: atMs, silentMs, came: 0, natural: 0 }
}

/** `unconfirmed`: its time may be another, so it is neither shown nor judged. `late`: so too, and it came out of a queue. */
export type Arrival = 'present' | 'unconfirmed' | 'late'

/** Take the next notification of a strap.
 *  @param atMs its arrival, by a clock that never goes back */
export function takeArrival(arrivals: Arrivals, atMs: number): Arrival {
  const { lastAtMs, usualMs, hasUsual, doubt } = arrivals
  arrivals.lastAtMs = atMs
  if (lastAtMs === null) return takeFirst(arrivals, atMs)
  const distanceMs = atMs - lastAtMs
  const isDense = distanceMs < (hasUsual || doubt !== null ? DENSE_SHARE * usualMs : FIRST_DENSE_MS)
  arrivals.delayMs = isDense ? arrivals.delayMs + distanceMs : Math.max(0, distanceMs - usualMs)
  if (distanceMs > SILENT_MS) return beginDoubt(arrivals, atMs, distanceMs)
  if (doubt !== null) return takeDoubted(arrivals, doubt, atMs, isDense)
  if (isDense && !hasUsual) {
    arrivals.doubt = { sinceMs: atMs, silentMs: Infinity, came: 2, natural: 0 }
    return 'late'
  }
  learn(arrivals, distanceMs)
  return 'present'
}

/** Nobody knows since when it waits, but not for longer than it was listened to. */
function takeFirst(arrivals: Arrivals, atMs: number): Arrival {
  if (arrivals.doubt !== null) {
    arrivals.doubt.came++
    return 'unconfirmed'
  }
  const silentMs = atMs - arrivals.fromMs
  if (silentMs === Infinity) return 'present'
  arrivals.delayMs = Math.max(0, silentMs - arrivals.usualMs)
  return silentMs > SILENT_MS ? beginDoubt(arrivals, atMs, silentMs) : 'present'
}

function beginDoubt(arrivals: Arrivals, atMs: number, silentMs: number): Arrival {
  arrivals.doubt = { sinceMs: atMs, silentMs, came: 1, natural: 0 }
  return 'unconfirmed'
}

function takeDoubted(arrivals: Arrivals, doubt: Doubt, atMs: number, isDense: boolean): Arrival {
  doubt.came++
  doubt.natural = isDense ? 0 : doubt.natural + 1
  const { silentMs } = doubt
  const emptyAfterMs = silentMs === Infinity ? EMPTY_AFTER_MS : Math.max(EMPTY_AFTER_MS, EMPTY_AFTER_SHARE * silentMs)
  const isEmpty = doubt.came * LEAST_DISTANCE_MS > silentMs || atMs - doubt.sinceMs > emptyAfterMs
  if (doubt.natural < CONFIRMING && !isEmpty) return isDense ? 'late' : 'unconfirmed'
  arrivals.doubt = null
  // What comes all at once from here on is this strap's way of telling, and no queue: nothing was silent before it.
  arrivals.hasUsual = true
  if (isEmpty) arrivals.delayMs = 0
  return 'present'
}

/** Those of a queue after a short silence stand for the silence, so both count. */
function learn(arrivals: Arrivals, distanceMs: number): void {
  const usualMs = arrivals.usualMs + (distanceMs - arrivals.usualMs) * LEARNING
  arrivals.usualMs = Math.min(MOST_DISTANCE_MS, Math.max(LEAST_DISTANCE_MS, usualMs))
  arrivals.hasUsual = true
}
