// Rule D8: artefacts in RR intervals, simplified from Lipponen & Tarvainen 2019 (their S11/S12 classes are not needed).
import { qualityDefaults, type QualityParameters } from '../parameters/quality.ts'
import { median, quantileOfSorted } from '../statistics.ts'

/** Indices of artefacts: more than th from the median of 11, with a step of more than th on one of its sides; th is 5.2
 *  quartile deviations of the absolute steps in the 91 beats around, at least 20 ms. */
export function findArtefactsByLipponen(rrMs: ArrayLike<number>, p: QualityParameters = qualityDefaults): number[] {
  const count = rrMs.length
  const steps = new Float64Array(count)
  for (let i = 1; i < count; i++) steps[i] = Math.abs(rrMs[i] - rrMs[i - 1])
  const values = Float64Array.from(rrMs)
  const artefacts: number[] = []
  for (let i = 0; i < count; i++) {
    const around = windowAround(steps, i, p.lipponenWindow).slice().sort()
    const deviation = (quantileOfSorted(around, 0.75) - quantileOfSorted(around, 0.25)) / 2
    const threshold = Math.max(p.lipponenMinMs, p.lipponenFactor * deviation)
    const middle = median(windowAround(values, i, p.lipponenMedian)) ?? values[i]
    const stepAfter = i + 1 < count ? steps[i + 1] : 0
    if (Math.abs(values[i] - middle) > threshold && (steps[i] > threshold || stepAfter > threshold)) artefacts.push(i)
  }
  return artefacts
}

function windowAround(values: Float64Array, i: number, size: number): Float64Array {
  const half = (size - 1) / 2
  return values.subarray(Math.max(0, i - half), Math.min(values.length, i + half + 1))
}
