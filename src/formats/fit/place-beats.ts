// Where RR intervals stand among the readings. FIT gives a beat no time: a reader counts beat after beat and goes by the
// last time told before them. So each interval is put behind the second from which our reader comes closest to its time.
import type { RrColumns } from '../../domain/recording.ts'
import { RR_DRIFT_S } from './to-recording.ts'

export interface PlacedBeats {
  /** The whole second that they follow. */
  readonly second: number
  readonly rrMs: readonly number[]
}

const MAX_RR_MS = 0xfffe

/** Intervals in the order of the recording, grouped by the second that they follow. What does not fit 16 bits is left out.
 *  @param lastSecond of the recording: no reader believes a beat after it */
export function placeBeats({ elapsedS, rrMs }: RrColumns, lastSecond: number): PlacedBeats[] {
  const placed: { second: number; rrMs: number[] }[] = []
  let place: Place = { second: 0, endS: Number.NaN }
  for (let i = 0; i < rrMs.length; i++) {
    const whole = Math.round(rrMs[i])
    if (!(whole >= 0 && whole <= MAX_RR_MS)) continue
    place = bestPlace(place, whole / 1000, elapsedS[i], lastSecond)
    const last = placed.at(-1)
    if (last?.second === place.second) last.rrMs.push(whole)
    else placed.push({ second: place.second, rrMs: [whole] })
  }
  return placed
}

interface Place {
  readonly second: number
  /** Where the reader will put the end of the beat. */
  readonly endS: number
}

/** Three things a reader can be made to do: stand still, count on, or start again at a second. The least step forward is
 *  tried first: later intervals can still be put anywhere after it. */
function bestPlace(last: Place, rrS: number, wantedS: number, lastSecond: number): Place {
  const countedS = last.endS + rrS
  const places = [last.second, Math.ceil(countedS - RR_DRIFT_S), Math.round(wantedS)]
    .map((second) => Math.max(last.second, Math.min(lastSecond, second)))
    .filter((second) => !Number.isNaN(second))
    .map((second): Place => ({ second, endS: readEndS(second, last.endS, countedS) }))
  return places.reduce((best, one) => (Math.abs(one.endS - wantedS) < Math.abs(best.endS - wantedS) ? one : best))
}

/** As `rrColumns` of the reader has it. */
const readEndS = (toldS: number, lastS: number, countedS: number): number =>
  Math.abs(countedS - toldS) <= RR_DRIFT_S ? countedS : Math.max(toldS, Number.isNaN(lastS) ? toldS : lastS)
