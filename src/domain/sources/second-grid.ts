// A recording's believed heart rate on whole seconds of UTC, so that two recordings can be laid over each other and moved by
// seconds. Made by rule T5 alone; nothing is judged by it.
import { prepare } from '../prepare.ts'
import type { QualityParameters } from '../parameters/quality.ts'
import type { Recording } from '../recording.ts'

export interface SecondGrid {
  /** UTC second of the first place. */
  readonly firstS: number
  /** NaN where no value is believed. */
  readonly bpm: Float32Array
  /** Smoothed by rule C3. */
  readonly smoothedBpm: Float32Array
}

/** A grid is no longer than this. What lies further away is another run, or a stray point that no reader took out. */
const LONGEST_S = 2 * 86_400
/** A gap that no run has: the parts before and after it are not laid out together where both would be too long. */
const PART_GAP_S = 3600

export function toSecondGrid(recording: Recording, p: QualityParameters): SecondGrid {
  const { timesS, endsS, goodBpm, smoothedBpm } = prepare(recording, p)
  const startS = recording.startedAtMs / 1000
  const [from, to] = rowsOfGrid(timesS)
  const firstS = to > from ? Math.floor(startS + timesS[from]) : Math.floor(startS)
  const length = to > from ? Math.min(LONGEST_S, Math.ceil(startS + endsS[to - 1]) - firstS + 1) : 0
  const grid = { firstS, bpm: emptyOf(length), smoothedBpm: emptyOf(length) }
  for (let i = from; i < to; i++) {
    if (Number.isNaN(goodBpm[i])) continue
    const at = Math.floor(startS + timesS[i]) - firstS
    // A sample counts in the second in which it was measured, and in those that it holds whole.
    const until = Math.max(at + 1, Math.floor(startS + endsS[i]) - firstS)
    grid.bpm.fill(goodBpm[i], at, until)
    grid.smoothedBpm.fill(smoothedBpm[i], at, until)
  }
  return grid
}

const emptyOf = (length: number): Float32Array => new Float32Array(length).fill(Number.NaN)

/** All rows, or where they lie too far apart the most that lie together. */
function rowsOfGrid(timesS: Float64Array): readonly [from: number, to: number] {
  const last = timesS.length - 1
  if (last < 0 || timesS[last] - timesS[0] < LONGEST_S) return [0, timesS.length]
  let best: readonly [number, number] = [0, 0]
  for (let from = 0, i = 1; i <= timesS.length; i++) {
    if (i < timesS.length && timesS[i] - timesS[i - 1] < PART_GAP_S) continue
    if (i - from > best[1] - best[0]) best = [from, i]
    from = i
  }
  return best
}
