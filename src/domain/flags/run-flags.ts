// Flags of one run: F1 above, F2 peak, F5 longer. Computed from good data even where the verdict is "cannot tell" (C6).
import type { ZoneTime } from '../assessment.ts'
import { makeFinding, type Finding, type FlagLevel } from '../finding.ts'
import { verdictDefaults, type VerdictParameters } from '../parameters/verdict.ts'
import { SLACK } from '../rounding.ts'
import type { SpanS } from '../recording.ts'
import type { Peak } from './peak.ts'

/** Rule F1: share of the measured time above the ceiling; null where nothing was measured or it was little.
 *  @param aboveSpansS the stretches above the ceiling */
export function flagAbove(
  time: ZoneTime,
  aboveSpansS: () => readonly SpanS[],
  p: VerdictParameters = verdictDefaults,
): Finding | null {
  if (time.goodS === 0) return null
  const aboveShare = time.aboveS / time.goodS
  const level = levelAbove(aboveShare, p.aboveNoteShare, p.aboveAttentionShare)
  if (level === null) return null
  return makeFinding('F1.above', level, {
    aboveS: time.aboveS,
    goodS: time.goodS,
    movingS: time.movingS,
    aboveShare,
    spansS: aboveSpansS(),
  })
}

/** Rule F2: the peak reached the hard limit. Where F9 tells of the same it is one event and one row; where the signal around
 *  it is bad it may be a misreading, as for F10. Both leave it a note.
 *  @param isTold whether F9 hard stands for this run
 *  @param isDoubtful whether the signal around a stretch is bad */
export function flagPeak(
  peak: Peak | null,
  hardBpm: number | null,
  isTold: boolean,
  isDoubtful: (span: SpanS) => boolean,
  p: VerdictParameters = verdictDefaults,
): Finding | null {
  if (peak === null || hardBpm === null || peak.bpm < hardBpm) return null
  const level = isTold || isDoubtful(peak.span) ? 'note' : 'attention'
  return makeFinding('F2.peak', level, { peakBpm: peak.bpm, hardBpm, heldS: p.peakHoldS, spansS: [peak.span] })
}

/** Rule F5, the level alone. */
export function overPlanLevel(
  movingMin: number,
  plannedMin: number,
  p: VerdictParameters = verdictDefaults,
): FlagLevel | null {
  if (movingMin <= plannedMin + p.longerMin + SLACK) return null
  return levelAbove(movingMin / plannedMin, p.longerNoteRatio, p.longerAttentionRatio)
}

/** Rule F5: longer than agreed. A long calm walk is a note: walking always counts, and it asks nobody to hold back before it is
 *  more than an hour longer.
 *  @param isCalmWalk a walk by its device, and nothing in it was hard */
export function flagLonger(
  movingMin: number,
  plannedMin: number | null,
  isCalmWalk = false,
  p: VerdictParameters = verdictDefaults,
): Finding | null {
  const reached = plannedMin === null ? null : overPlanLevel(movingMin, plannedMin, p)
  if (plannedMin === null || reached === null) return null
  const level = isCalmWalk && movingMin <= plannedMin + p.longerWalkMin + SLACK ? 'note' : reached
  return makeFinding('F5.longer', level, { movingMin, plannedMin, ratio: movingMin / plannedMin })
}

function levelAbove(value: number, note: number, attention: number): FlagLevel | null {
  if (value > attention + SLACK) return 'attention'
  return value > note + SLACK ? 'note' : null
}
