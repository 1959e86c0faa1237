// Section H: DFA alpha 1 along a run, for a supervisor to look at. Experimental: it sets no limit and gives no alarm, and
// it is hidden where the heart rate needs its own calibration. Off unless the clinic switched its rule set on.
import { alpha1Defaults, type Alpha1Parameters } from '../parameters/alpha1.ts'
import { qualityDefaults, type QualityParameters } from '../parameters/quality.ts'
import type { RrColumns } from '../recording.ts'
import { SLACK } from '../rounding.ts'
import { computeDfa } from './dfa.ts'
import { fillArtefacts } from './fill.ts'
import { findArtefactsByLipponen } from './lipponen-tarvainen.ts'
import { findArtefactsByMalik } from './malik.ts'

export interface Alpha1Window {
  /** End of the window, seconds since the start. */
  readonly atS: number
  readonly beats: number
  readonly artefactShare: number
  /** Null where it cannot be told: too few beats, too many artefacts. */
  readonly alpha1: number | null
}

export type Alpha1Reading = 'below_threshold' | 'near_threshold' | 'above_threshold'

/** Windows of 120 s every 20 s. */
export function computeAlpha1(
  rr: RrColumns,
  p: Alpha1Parameters = alpha1Defaults,
  quality: QualityParameters = qualityDefaults,
): Alpha1Window[] {
  const windows: Alpha1Window[] = []
  const { elapsedS, rrMs } = rr
  const count = rrMs.length
  if (count === 0) return windows
  let first = 0
  let end = 0
  for (let atS = elapsedS[0] + p.alphaWindowS; atS <= elapsedS[count - 1]; atS += p.alphaStepS) {
    while (end < count && elapsedS[end] <= atS) end++
    while (first < end && elapsedS[first] <= atS - p.alphaWindowS) first++
    // After a hole of hours the next windows are empty: go on where beats are.
    if (first === end) atS = Math.max(atS, elapsedS[end] + p.alphaWindowS - p.alphaStepS)
    else windows.push(judgeWindow(atS, Array.from(rrMs.subarray(first, end)), p, quality))
  }
  return windows
}

function judgeWindow(atS: number, rrMs: number[], p: Alpha1Parameters, quality: QualityParameters): Alpha1Window {
  const beats = rrMs.length
  const isArtefact = artefactsOf(rrMs, quality)
  const artefactShare = isArtefact.filter(Boolean).length / beats
  const coveredS = rrMs.reduce((sum, rr) => sum + rr, 0) / 1000
  const isFull = coveredS >= p.alphaWindowS - 2 && beats >= p.alphaMinBeatsFullWindow
  if ((beats < p.alphaMinBeats && !isFull) || artefactShare >= p.alphaMaxArtefactShare - SLACK)
    return { atS, beats, artefactShare, alpha1: null }
  const { alpha } = computeDfa(fillArtefacts(rrMs, isArtefact), p.alphaFirstBox, p.alphaLastBox)
  return { atS, beats, artefactShare, alpha1: alpha }
}

/** D8, or D7 where there are too few beats for it. */
function artefactsOf(rrMs: readonly number[], quality: QualityParameters): boolean[] {
  if (rrMs.length < quality.lipponenWindow) return findArtefactsByMalik(rrMs, quality)
  const found = new Set(findArtefactsByLipponen(rrMs, quality))
  return rrMs.map((_, i) => found.has(i))
}

/** What the last three windows in a row agree on; null where they do not, or one is unknown. Above the threshold means a
 *  LOW alpha 1.
 *  @internal of the rule book; no screen asks it yet */
export function readAlpha1(
  windows: readonly Alpha1Window[],
  p: Alpha1Parameters = alpha1Defaults,
): Alpha1Reading | null {
  const last = windows.slice(-p.alphaInARow)
  if (last.length < p.alphaInARow) return null
  const readings = last.map(({ alpha1 }) => {
    if (alpha1 === null) return null
    if (alpha1 > p.alphaThreshold) return 'below_threshold'
    return alpha1 >= p.alphaLow ? 'near_threshold' : 'above_threshold'
  })
  return readings.every((reading) => reading === readings[0]) ? readings[0] : null
}
