// Rule D7: artefacts in RR intervals by the 20 % rule. Used for windows too short for D8.
import { qualityDefaults, type QualityParameters } from '../parameters/quality.ts'

/** Which intervals are artefacts: outside 300 to 2000 ms, or more than 20 % away from the last accepted one. Three
 *  rejected in a row that agree within 20 % start a new level; they themselves stay artefacts. */
export function findArtefactsByMalik(rrMs: ArrayLike<number>, p: QualityParameters = qualityDefaults): boolean[] {
  const artefacts: boolean[] = []
  let accepted: number | null = null
  let agreeing = 0
  let previous = Number.NaN
  for (let i = 0; i < rrMs.length; i++) {
    const rr = rrMs[i]
    const inRange = rr >= p.rrMinMs && rr <= p.rrMaxMs
    if (inRange && (accepted === null || isNear(rr, accepted, p))) {
      accepted = rr
      agreeing = 0
      artefacts.push(false)
      continue
    }
    artefacts.push(true)
    agreeing = !inRange ? 0 : agreeing > 0 && isNear(rr, previous, p) ? agreeing + 1 : 1
    previous = rr
    if (agreeing >= p.rrReseed) {
      accepted = rr
      agreeing = 0
    }
  }
  return artefacts
}

const isNear = (rr: number, other: number, p: QualityParameters): boolean =>
  Math.abs(rr - other) <= p.malikShare * other
