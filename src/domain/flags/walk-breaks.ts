// Rule F7: were the walk breaks of the plan taken? One long walk is no missing break.
import { makeFinding, type Finding } from '../finding.ts'
import { flagDefaults, type FlagParameters } from '../parameters/flags.ts'
import type { SpanS } from '../recording.ts'
import { SLACK } from '../rounding.ts'

export interface PlannedBreaks {
  readonly count: number
  readonly walkS: number
}

/** Stretches of walking of at least 20 s and 60 % of the planned break. Too few are found where they are fewer than half
 *  of the planned ones and less than half of the planned time was walked.
 *  @param isWalking one entry per step of `stepS` seconds */
export function findWalkBreaks(
  isWalking: ArrayLike<boolean | number>,
  stepS: number,
  planned: PlannedBreaks,
  p: FlagParameters = flagDefaults,
): { readonly breaks: readonly SpanS[]; readonly share: number; readonly walkedS: number; readonly tooFew: boolean } {
  const enoughS = Math.max(p.breakMinS, p.breakShareOfPlan * planned.walkS)
  const breaks: SpanS[] = []
  let first = 0
  let walkedS = 0
  for (let i = 0; i <= isWalking.length; i++) {
    if (i < isWalking.length && isWalking[i]) continue
    walkedS += (i - first) * stepS
    if ((i - first) * stepS >= enoughS - SLACK) breaks.push([first * stepS, i * stepS])
    first = i + 1
  }
  const share = breaks.length / planned.count
  const walkedShare = walkedS / (planned.count * planned.walkS)
  const tooFew = share < p.breakFoundShare - SLACK && walkedShare < p.breakFoundShare - SLACK
  return { breaks, share, walkedS, tooFew }
}

/** Rule F7 as a flag; attention under the watch level extra. */
export function flagWalkBreaks(
  isWalking: ArrayLike<boolean | number>,
  planned: PlannedBreaks,
  extraWatch: boolean,
  p: FlagParameters = flagDefaults,
): Finding | null {
  const { breaks, share, walkedS, tooFew } = findWalkBreaks(isWalking, 1, planned, p)
  if (!tooFew) return null
  const { count, walkS } = planned
  const evidence = { planned: count, plannedWalkS: walkS, found: breaks.length, share, walkedS, spansS: breaks }
  return makeFinding('F7.no_breaks', extraWatch ? 'attention' : 'note', evidence)
}
