// A run-walk plan: how long, and how running and walking take turns. Pure: the timer on the phone asks it for every moment.

/** Seconds of running and of walking that take turns, running first. */
export interface Intervals {
  readonly runS: number
  readonly walkS: number
}
export interface RunWalkPlan {
  /** How long in all, minutes; null is "until we stop". */
  readonly minutes: number | null
  /** Null is one calm run without planned walking. */
  readonly intervals: Intervals | null
}

export interface PlanMoment {
  readonly pace: 'run' | 'walk' | 'done'
  /** Until the pace changes; null where it does not. */
  readonly leftS: number | null
  /** 1 for the first run and its walk. */
  readonly round: number
  /** Until the plan is done; null without an end. */
  readonly planLeftS: number | null
}

/** How many whole walks fit in so many minutes: what rule F7 looks for. */
export const countWalks = ({ runS, walkS }: Intervals, minutes: number): number =>
  Math.floor((minutes * 60) / (runS + walkS))

/** @param elapsedS of the plan's own clock, which stands still in a pause */
export function momentOf({ minutes, intervals }: RunWalkPlan, elapsedS: number): PlanMoment {
  const planLeftS = minutes === null ? null : Math.max(0, minutes * 60 - elapsedS)
  const round = intervals === null ? 1 : Math.floor(elapsedS / (intervals.runS + intervals.walkS)) + 1
  if (planLeftS === 0) return { pace: 'done', leftS: null, round, planLeftS }
  if (intervals === null) return { pace: 'run', leftS: planLeftS, round, planLeftS }
  const intoRoundS = elapsedS - (round - 1) * (intervals.runS + intervals.walkS)
  const isRunning = intoRoundS < intervals.runS
  const leftS = (isRunning ? intervals.runS : intervals.runS + intervals.walkS) - intoRoundS
  return { pace: isRunning ? 'run' : 'walk', leftS: Math.min(leftS, planLeftS ?? leftS), round, planLeftS }
}
