// Rule G13: three signs that together ask for a talk. A health statement: off unless the clinic switched its rule set on,
// and only for clients who agreed to check-ins. It says what changed, never why.
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import { overUsualLevel, weekLevel } from './rhythm.ts'

/** Null is "not known"; a pair holds the last two days that were told of late, oldest first, and is null unless there are
 *  two. */
export interface EarlySignFacts {
  readonly sleepH: readonly [number, number] | null
  readonly usualSleepH: number | null
  /** 0 to 10. */
  readonly mood: readonly [number, number] | null
  readonly usualMood: number | null
  /** 0 to 10, the last one. */
  readonly energy: number | null
  readonly usualEnergy: number | null
  /** The most runs on one day of the week. */
  readonly mostRunsADay: number
  readonly weekMin: number
  readonly planMin: number | null
  /** Minutes of a usual week (rule G8); asked only where no plan is agreed. */
  readonly usualWeekMin: number | null
}

export interface EarlySigns {
  readonly sleep: boolean
  readonly mood: boolean
  readonly activity: boolean
  /** 3 of 3 is `today`, 2 of 3 `look`. */
  readonly level: 'today' | 'look' | null
}

export function judgeEarlySigns(facts: EarlySignFacts, p: PatternParameters = patternDefaults): EarlySigns {
  const sleep = facts.sleepH?.every((h) => isShortSleep(h, facts.usualSleepH, p)) ?? false
  const mood = facts.mood?.every((value) => isHigh(value, facts.usualMood, p)) ?? false
  const activity = runsMuch(facts, p) || (facts.energy !== null && isHigh(facts.energy, facts.usualEnergy, p))
  const count = [sleep, mood, activity].filter(Boolean).length
  return { sleep, mood, activity, level: count === 3 ? 'today' : count === 2 ? 'look' : null }
}

/** Another picture, not under G13: short nights with low energy and low mood. */
export function isShortSleepLowEnergy(facts: EarlySignFacts, p: PatternParameters = patternDefaults): boolean {
  const { sleepH, mood, energy } = facts
  if (sleepH === null || mood === null || energy === null) return false
  return (
    sleepH.every((h) => isShortSleep(h, facts.usualSleepH, p)) &&
    mood.every((value) => isLow(value, facts.usualMood, p)) &&
    isLow(energy, facts.usualEnergy, p)
  )
}

/** Twice on one day (G6), or a week far over the plan, without a plan over what is usual (G8). */
export function runsMuch(
  { mostRunsADay, weekMin, planMin, usualWeekMin }: EarlySignFacts,
  p: PatternParameters = patternDefaults,
): boolean {
  const level = planMin === null ? overUsualLevel(weekMin, usualWeekMin, p) : weekLevel(weekMin, planMin, p)
  return mostRunsADay >= 2 || level === 'attention'
}

/** Two hours under usual; or under five, where that is not usual either. */
function isShortSleep(h: number, usual: number | null, p: PatternParameters): boolean {
  if (usual === null) return h < p.shortSleepH
  return h <= usual - p.shorterSleepH || (h < p.shortSleepH && h <= usual - p.shortSleepBelowUsualH)
}

/** Two above usual and not only in the middle; or nine, where that is not usual. */
function isHigh(value: number, usual: number | null, p: PatternParameters): boolean {
  if (usual === null) return value >= p.highAt
  return value >= Math.max(usual + p.higherBy, p.highFrom) || (value >= p.highAt && usual <= p.highUsualMax)
}

/** Two under usual and not only in the middle; or three, where that is not usual (product choice: the mirror of high). */
function isLow(value: number, usual: number | null, p: PatternParameters): boolean {
  if (usual === null) return value <= p.lowAt
  return value <= Math.min(usual - p.higherBy, p.lowFrom) || (value <= p.lowAt && value < usual)
}
