// What the heart of a made client does in one run, second by second, before any sensor hears it. Pure. It is no model of a person,
// and nothing may be concluded from it.
import type { Intervals } from '../../domain/plan.ts'
import { chanceOf, wandering } from './chance.ts'

/** All plausible for untrained adults, all product choice. */
export interface MadeBody {
  readonly restBpm: number
  /** Where the heart settles while running. */
  readonly runBpm: number
  readonly driftBpmPerMin: number
  readonly mostBpm: number
  readonly runMPerS: number
}

export interface MadeEffort {
  readonly body: MadeBody
  readonly lengthS: number
  readonly activity: 'run' | 'walk'
  readonly intervals: Intervals | null
  /** How much more than usual it takes today. */
  readonly todayBpm: number
  /** Above it somebody tells them to slow down; null where there is nobody, or no limit. */
  readonly toldAboveBpm: number | null
  /** Whether they walk for a while when told. */
  readonly heeds: boolean
  readonly seed: string
}

export interface MadeSecond {
  readonly bpm: number
  readonly speedMPerS: number
  readonly stepsPerMin: number
  /** Somebody told them to slow down. */
  readonly isTold: boolean
}

/** Seconds in which two thirds of a change have happened. */
const RISE_TAU_S = 28
const FALL_TAU_S = 42
const BEAT_SD_BPM = 0.8
/** Walked before running, where there is time for it. */
const WARM_UP_S = 120
/** Of running; before that nothing drifts. */
const DRIFT_FROM_S = 300
/** So long above the limit before somebody is told, and then no more for a while. */
const TOLD_AFTER_S = 55
const TOLD_EVERY_S = 240
/** So long does somebody walk who was told. */
const EASE_S = [60, 120] as const

export function liveRun(effort: MadeEffort): MadeSecond[] {
  const { body, lengthS, intervals, todayBpm, toldAboveBpm, heeds } = effort
  const chance = chanceOf('heart', effort.seed)
  const hills = wandering(chance, effort.activity === 'walk' ? 2 : 3, 70)
  const steps = wandering(chance, 1.5, 20)
  const warmUpS = lengthS < 900 ? 60 : WARM_UP_S
  const walkBpm = body.restBpm + 0.5 * (body.runBpm - body.restBpm)
  let [bpm, ranS, overS, quietUntilS, walksUntilS] = [body.restBpm + chance.between(8, 20), 0, 0, 0, warmUpS]
  let turnsS = warmUpS
  let runsNow = false
  return Array.from({ length: lengthS }, (_, s) => {
    if (intervals !== null && s >= turnsS) {
      runsNow = !runsNow
      // Nobody turns to the second.
      turnsS = s + Math.round((runsNow ? intervals.runS : intervals.walkS) * chance.between(0.9, 1.12))
    }
    const isRunning = effort.activity === 'run' && s >= walksUntilS && (intervals === null || runsNow)
    if (isRunning) ranS++
    const drift = (body.driftBpmPerMin * Math.max(0, ranS - DRIFT_FROM_S)) / 60
    const wanted = Math.min(body.mostBpm, (isRunning ? body.runBpm + drift : walkBpm) + todayBpm + hills())
    bpm += (wanted - bpm) / (wanted > bpm ? RISE_TAU_S : FALL_TAU_S)
    overS = toldAboveBpm !== null && bpm > toldAboveBpm ? overS + 1 : 0
    const isTold = overS >= TOLD_AFTER_S && s >= quietUntilS
    if (isTold) quietUntilS = s + TOLD_EVERY_S
    if (isTold && heeds) walksUntilS = s + chance.whole(...EASE_S)
    const wobble = steps()
    return {
      // From beat to beat no heart is even.
      bpm: bpm + chance.normal(BEAT_SD_BPM),
      speedMPerS: Math.max(0.8, (isRunning ? body.runMPerS : 1.4) + wobble / 40),
      stepsPerMin: (isRunning ? 152 : 112) + wobble,
      isTold,
    }
  })
}
