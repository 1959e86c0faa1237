// Rule G13: three signs that together ask for a talk. A health statement: off unless the clinic switched its rule set on,
// and only for clients who agreed to check-ins. It says what changed, never why.
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import { weekLevel } from './rhythm.ts'

/** Null is "not known"; a pair holds the last two nights or days, oldest first, and is null unless both are known. */
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
}

export interface EarlySigns {
  readonly sleep: boolean
  readonly mood: boolean
  readonly activity: boolean
  /** 3 of 3 is `today`, 2 of 3 `look`. */
  readonly level: 'today' | 'look' | null
}

export function judgeEarlySigns(facts: EarlySignFacts, p: PatternParameters = patternDefaults): EarlySigns {
  const isHigh = (value: number, usual: number | null) =>
    value >= p.highAt || (usual !== null && value >= usual + p.higherBy)
  const sleep = facts.sleepH?.every((h) => isShortSleep(h, facts.usualSleepH, p)) ?? false
  const mood = facts.mood?.every((value) => isHigh(value, facts.usualMood)) ?? false
  const runsMuch =
    facts.mostRunsADay >= 2 || (facts.planMin !== null && weekLevel(facts.weekMin, facts.planMin, p) === 'attention')
  const activity = runsMuch || (facts.energy !== null && isHigh(facts.energy, facts.usualEnergy))
  const count = [sleep, mood, activity].filter(Boolean).length
  return { sleep, mood, activity, level: count === 3 ? 'today' : count === 2 ? 'look' : null }
}

/** Another picture, not under G13: short nights with low energy and low mood. */
export function isShortSleepLowEnergy(facts: EarlySignFacts, p: PatternParameters = patternDefaults): boolean {
  const isLow = (value: number, usual: number | null) =>
    value <= p.lowAt || (usual !== null && value <= usual - p.higherBy)
  const { sleepH, mood, energy } = facts
  if (sleepH === null || mood === null || energy === null) return false
  return (
    sleepH.every((h) => isShortSleep(h, facts.usualSleepH, p)) &&
    mood.every((value) => isLow(value, facts.usualMood)) &&
    isLow(energy, facts.usualEnergy)
  )
}

const isShortSleep = (h: number, usual: number | null, p: PatternParameters): boolean =>
  h < p.shortSleepH || (usual !== null && h <= usual - p.shorterSleepH)
