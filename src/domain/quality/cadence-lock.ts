// Rule D6: an optical sensor that counts steps instead of beats.
import { qualityDefaults, type QualityParameters } from '../parameters/quality.ts'
import type { SpanS } from '../recording.ts'
import { correlation } from '../statistics.ts'

/** Spans (whole seconds) in which the heart rate is the cadence.
 *  @param bpm     one value per second; NaN where there is none
 *  @param cadence steps per minute, one value per second; NaN where there is none
 *  @source rule D6 */
export function findCadenceLock(
  bpm: ArrayLike<number>,
  cadence: ArrayLike<number>,
  p: QualityParameters = qualityDefaults,
): SpanS[] {
  const length = Math.min(bpm.length, cadence.length)
  const inBand = new Uint8Array(length)
  for (let s = 0; s < length; s++) inBand[s] = Math.abs(bpm[s] - cadence[s]) <= p.lockBandPerMin ? 1 : 0
  const locked = new Uint8Array(length)
  let count = 0
  for (let s = 0; s < length; s++) {
    count += inBand[s] - (s >= p.lockWindowS ? inBand[s - p.lockWindowS] : 0)
    const from = s - p.lockWindowS + 1
    if (from < 0 || count < p.lockShare * p.lockWindowS) continue
    if (follows(bpm, cadence, from, s, p) || roseIntoBand(bpm, inBand, from, p)) markTrimmed(locked, inBand, from, s)
  }
  return spansOf(locked)
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

/** Whether the heart rate rose by at least 15 within the 20 s before it entered the band that this window is in. */
function roseIntoBand(bpm: ArrayLike<number>, inBand: Uint8Array, from: number, p: QualityParameters): boolean {
  let entry = inBand.indexOf(1, from)
  while (entry > 0 && inBand[entry - 1] === 1) entry--
  for (let s = Math.max(0, entry - p.lockRiseS); s < entry; s++) if (bpm[entry] - bpm[s] >= p.lockRiseBpm) return true
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
