// One strap's notifications one after another (rule I): doubles, malformed and late ones are dropped and counted, RR intervals
// are placed in time. The phone hears with it as they come, the server over what the phone wrote; so both hear the same.
import { isSameBytes } from '../same-bytes.ts'
import { startArrivals, takeArrival, type Arrival, type Arrivals } from './arrivals.ts'
import { decodeHeartRateMeasurement, type MeasurementError } from './heart-rate-measurement.ts'

/** A repeated identical notification within this time is the same one again. */
const DOUBLE_MS = 100
/** RR intervals and the clock may drift apart by this much before they are anchored anew. */
const DRIFT_MS = 2000

/** What one strap has said so far. Changed in place by `hearNotification`. */
export interface StrapSignal {
  last: { readonly atMs: number; readonly bytes: Uint8Array } | null
  /** End of the last beat; null before the first. */
  beatMs: number | null
  readonly arrivals: Arrivals
  /** No beat is placed before this. */
  readonly fromMs: number
}

/** @param before of the strap before it, if any */
export const startStrapSignal = (fromMs: number, before: StrapSignal | null = null): StrapSignal => ({
  last: null,
  beatMs: null,
  arrivals: startArrivals(fromMs, before?.arrivals),
  fromMs,
})

export interface Beat {
  readonly endMs: number
  readonly rrMs: number
}
export interface StrapSample {
  readonly heartRateBpm: number | null
  /** The strap says that it lost contact with the skin (rule D0). */
  readonly contactLost: boolean
  /** Oldest first. */
  readonly beats: readonly Beat[]
  /** What it says may be older than its arrival by this much. */
  readonly delayMs: number
}
export type NotificationResult =
  | { readonly kind: 'sample'; readonly sample: StrapSample }
  | { readonly kind: 'double' }
  /** It arrived at a time that need not be its own: nothing of it is shown, judged or placed. */
  | { readonly kind: Exclude<Arrival, 'present'> }
  | { readonly kind: 'malformed'; readonly code: MeasurementError }

/** Take one notification.
 *  @param atMs arrival, strictly rising
 *  @source rule I */
export function receiveNotification(signal: StrapSignal, atMs: number, bytes: Uint8Array): NotificationResult {
  const { last } = signal
  if (last !== null && atMs - last.atMs <= DOUBLE_MS && isSameBytes(last.bytes, bytes)) return { kind: 'double' }
  signal.last = { atMs, bytes }
  const arrival = takeArrival(signal.arrivals, atMs)
  const decoded = decodeHeartRateMeasurement(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (!decoded.ok) return { kind: 'malformed', code: decoded.code }
  if (arrival !== 'present') return { kind: arrival }
  const { heartRateBpm, contact, rrMs } = decoded.value
  return {
    kind: 'sample',
    sample: {
      heartRateBpm,
      contactLost: contact === 'no',
      beats: placeBeats(signal, atMs, rrMs),
      delayMs: signal.arrivals.delayMs,
    },
  }
}

/** Beats follow each other. Where they drift from the clock, the last one ends at arrival: behind the clock that leaves a
 *  hole; before it, beats that time has no room for are left out. */
function placeBeats(signal: StrapSignal, atMs: number, rrMs: readonly number[]): Beat[] {
  const sumMs = rrMs.reduce((sum, rr) => sum + rr, 0)
  const followsMs = signal.beatMs
  const isDrifting = followsMs === null || Math.abs(followsMs + sumMs - atMs) > DRIFT_MS
  let endMs = isDrifting ? atMs - sumMs : followsMs
  const beats: Beat[] = []
  for (const rr of rrMs) {
    endMs += rr
    if (endMs <= (followsMs ?? signal.fromMs)) continue
    beats.push({ endMs, rrMs: rr })
    signal.beatMs = endMs
  }
  return beats
}
