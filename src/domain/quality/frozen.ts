// Rule D3: a living heart rate does not stand still for a minute and a half while moving.
import { qualityDefaults, type QualityParameters } from '../parameters/quality.ts'

/** Which samples are frozen, looking at the whole run afterwards: in a stretch of one identical value that lasts at least
 *  90 s, everything later than 10 s after its start.
 *  @param breaks   whether a stretch may not reach over the step from sample i-1 to i (a pause or a hole lies between)
 *  @param excused  whether the stretch from sample i to j is alive all the same (its RR intervals vary) */
export function findFrozen(
  timesS: ArrayLike<number>,
  bpm: ArrayLike<number>,
  breaks: (i: number) => boolean,
  excused: (fromS: number, toS: number) => boolean,
  p: QualityParameters = qualityDefaults,
): Uint8Array {
  const frozen = new Uint8Array(timesS.length)
  let first = 0
  for (let i = 1; i <= timesS.length; i++) {
    if (i < timesS.length && bpm[i] === bpm[first] && !breaks(i)) continue
    const fromS = timesS[first]
    const toS = timesS[i - 1]
    if (toS - fromS >= p.frozenS && !excused(fromS, toS))
      for (let k = first; k < i; k++) if (timesS[k] > fromS + p.frozenLeadS) frozen[k] = 1
    first = i
  }
  return frozen
}

/** RR intervals by the notification that brought them: those of notification `i` stand in `rrMs` from `from[i]` up to `to[i]`. */
export interface RrLists {
  readonly rrMs: ArrayLike<number>
  readonly from: Int32Array
  readonly to: Int32Array
}

/** Which notifications only repeat: their list of RR intervals is the same for at least ten in a row. All but the first
 *  of such a stretch are frozen. A notification without RR intervals ends a stretch. */
export function findRepeatedRr({ rrMs, from, to }: RrLists, p: QualityParameters = qualityDefaults): Uint8Array {
  const frozen = new Uint8Array(from.length)
  const same = (i: number, k: number) => {
    const count = to[i] - from[i]
    if (count === 0 || count !== to[k] - from[k]) return false
    for (let n = 0; n < count; n++) if (rrMs[from[i] + n] !== rrMs[from[k] + n]) return false
    return true
  }
  let first = 0
  for (let i = 1; i <= from.length; i++) {
    if (i < from.length && same(i, first)) continue
    if (i - first >= p.frozenRrRepeats) frozen.fill(1, first + 1, i)
    first = i
  }
  return frozen
}
