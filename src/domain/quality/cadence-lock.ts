// Rule D6: an optical sensor that counts steps instead of beats.
import { qualityDefaults, type QualityParameters } from '../parameters/quality.ts'
import type { Recording, SpanS } from '../recording.ts'
import { isOnFoot } from '../sport.ts'
import { correlation } from '../statistics.ts'

/** Whether this sensor may count steps: on foot, and not known to be a strap. Files of apps do not name their sensor. */
export const canCountSteps = ({ sensor, sport }: Pick<Recording, 'sensor' | 'sport'>): boolean =>
  sensor !== 'chest' && isOnFoot(sport)

/** Spans (whole seconds) in which the heart rate is the cadence: a minute that follows it or rose onto it; less than that
 *  where it jumped onto it; and from then on whatever is on it in this run, for a sensor that counted steps does so again.
 *  @param bpm     one value per second; NaN where there is none
 *  @param cadence steps per minute, one value per second; NaN where there is none
 *  @source rule D6 */
export function findCadenceLock(
  bpm: ArrayLike<number>,
  cadence: ArrayLike<number>,
  p: QualityParameters = qualityDefaults,
): SpanS[] {
  return spansOf(markLocked(bpm, cadence, 0, p))
}

/** Whether the last second is in such a span: what a monitor asks at every sample. */
export function isLockedAtEnd(bpm: ArrayLike<number>, cadence: ArrayLike<number>, p: QualityParameters): boolean {
  const last = bpm.length - 1
  return markLocked(bpm, cadence, last, p)[last] === 1
}

/** @param endS only what is at this second or later is marked in full: earlier windows cannot reach it */
function markLocked(
  bpm: ArrayLike<number>,
  cadence: ArrayLike<number>,
  endS: number,
  p: QualityParameters,
): Uint8Array {
  const length = Math.min(bpm.length, cadence.length)
  const inBand = new Uint8Array(length)
  for (let s = 0; s < length; s++) inBand[s] = Math.abs(bpm[s] - cadence[s]) <= p.lockBandPerMin ? 1 : 0
  const locked = new Uint8Array(length)
  const rose = (from: number, riseS: number) => roseIntoBand(bpm, inBand, from, riseS, p)
  eachBandWindow(inBand, p.lockWindowS, p.lockShare, (from, to) => {
    if (to < endS) return
    if (rose(from, p.lockRiseS) || follows(bpm, cadence, from, to, p)) markTrimmed(locked, inBand, from, to)
  })
  let jumped = false
  eachBandWindow(inBand, p.lockJumpWindowS, p.lockShare, (from, to) => {
    if ((to < endS && jumped) || !rose(from, p.lockJumpRiseS)) return
    jumped = true
    markTrimmed(locked, inBand, from, to)
  })
  if (jumped) eachBandWindow(inBand, p.lockAgainS, p.lockShare, (from, to) => markTrimmed(locked, inBand, from, to))
  return locked
}

/** Windows of which this share is in the band, first and last second included. */
function eachBandWindow(
  inBand: Uint8Array,
  windowS: number,
  share: number,
  visit: (from: number, to: number) => void,
): void {
  let count = 0
  for (let s = 0; s < inBand.length; s++) {
    count += inBand[s] - (s >= windowS ? inBand[s - windowS] : 0)
    if (s >= windowS - 1 && count >= share * windowS) visit(s - windowS + 1, s)
  }
}

function follows(bpm: ArrayLike<number>, cadence: ArrayLike<number>, from: number, to: number, p: QualityParameters) {
  const x: number[] = []
  const y: number[] = []
  for (let s = from; s <= to; s++) {
    if (Number.isNaN(bpm[s]) || Number.isNaN(cadence[s])) continue
    x.push(bpm[s])
    y.push(cadence[s])
  }
  const r = correlation(x, y)
  return r !== null && r >= p.lockCorrelation
}

/** Whether the heart rate rose by at least 15 within so many seconds before it entered the band that this window is in. */
function roseIntoBand(
  bpm: ArrayLike<number>,
  inBand: Uint8Array,
  from: number,
  riseS: number,
  p: QualityParameters,
): boolean {
  let entry = inBand.indexOf(1, from)
  while (entry > 0 && inBand[entry - 1] === 1) entry--
  for (let s = Math.max(0, entry - riseS); s < entry; s++) if (bpm[entry] - bpm[s] >= p.lockRiseBpm) return true
  return false
}

function markTrimmed(locked: Uint8Array, inBand: Uint8Array, from: number, to: number): void {
  locked.fill(1, inBand.indexOf(1, from), inBand.lastIndexOf(1, to) + 1)
}

function spansOf(marked: Uint8Array): SpanS[] {
  const spans: SpanS[] = []
  for (let s = 0; s < marked.length; s++) {
    if (marked[s] === 0) continue
    const from = s
    while (s < marked.length && marked[s] === 1) s++
    spans.push([from, s])
  }
  return spans
}
