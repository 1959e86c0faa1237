// Rules G1 to G5: how much a run or a week was. Numbers to compare with oneself, never a risk.
import type { LoadOf } from '../evidence.ts'
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import { SLACK } from '../rounding.ts'
import type { TrainingSession } from './training-sessions.ts'
import { mean, standardDeviation } from '../statistics.ts'

/** Minutes at one heart rate: a held interval of rule C1. */
export interface LoadPart {
  readonly minutes: number
  readonly bpm: number
}
export type LoadSex = 'm' | 'f' | null

/** Rule G1: Banister 1991, summed over held intervals, not over the mean of the run. Unknown sex takes the male constants;
 *  say so where it is shown.
 *  @param restBpm both needed; null gives null, not 0 */
export function banisterTrimp(
  parts: readonly LoadPart[],
  restBpm: number | null,
  maxBpm: number | null,
  sex: LoadSex,
): number | null {
  if (restBpm === null || maxBpm === null || maxBpm <= restBpm) return null
  const [k, b] = sex === 'f' ? [0.86, 1.67] : [0.64, 1.92]
  let trimp = 0
  for (const { minutes, bpm } of parts) {
    const x = Math.min(1, Math.max(0, (bpm - restBpm) / (maxBpm - restBpm)))
    trimp += minutes * x * k * Math.exp(b * x)
  }
  return trimp
}

/** Rule G2: Edwards, minutes times 1 to 5 for each tenth of the maximum from 50 % on, lower borders inclusive. */
export function edwardsLoad(parts: readonly LoadPart[], maxBpm: number): number {
  let load = 0
  for (const { minutes, bpm } of parts)
    load += minutes * Math.min(5, Math.max(0, Math.floor((bpm / maxBpm) * 10 + SLACK) - 4))
  return load
}

/** Rule G3: session RPE (Foster 2001), CR10 times minutes; asked 10 to 30 minutes after the run. */
export const sessionRpeLoad = (rpe: number, minutes: number): number => rpe * minutes

/** The load of each day from the first run on, until a day. */
export function dailyLoads(
  sessions: readonly TrainingSession[],
  untilDay: number,
): { readonly loads: number[]; readonly loadOf: LoadOf } {
  const loadOf = sessions.every(({ runs }) => runs.every(({ rpe }) => rpe !== null)) ? 'session_rpe' : 'minutes'
  const firstDay = sessions[0]?.start.day
  if (firstDay === undefined) return { loads: [], loadOf: 'minutes' }
  const loads = Array.from({ length: untilDay - firstDay + 1 }, () => 0)
  for (const { start, runs } of sessions)
    for (const { rpe, movingS } of runs)
      loads[start.day - firstDay] += loadOf === 'session_rpe' ? sessionRpeLoad(rpe ?? 0, movingS / 60) : movingS / 60
  return { loads, loadOf }
}

export interface LoadChange {
  readonly acute: number | null
  readonly chronic: number | null
  /** "Change against usual"; hidden (null) for the first 28 days and where hardly anything was run. */
  readonly ratio: number | null
}

/** Rule G4: exponentially weighted means (Williams 2017), as of each day.
 *  @param dailyLoads one per day, oldest first; a day without a run is 0 */
export function loadChanges(
  dailyLoads: readonly number[],
  p: PatternParameters = patternDefaults,
  acuteDays = p.ewmaAcuteDays,
  chronicDays = p.ewmaChronicDays,
): LoadChange[] {
  const acutes = weightedMeans(dailyLoads, acuteDays)
  const chronics = weightedMeans(dailyLoads, chronicDays)
  return acutes.map((acute, at) => {
    const chronic = chronics[at] ?? 0
    const shown = at + 1 >= p.ewmaChronicDays && chronic >= p.ewmaMinChronic - SLACK
    return { acute, chronic, ratio: shown ? acute / chronic : null }
  })
}

/** The same as of the last day. */
export const loadChange = (...days: Parameters<typeof loadChanges>): LoadChange =>
  loadChanges(...days).at(-1) ?? { acute: null, chronic: null, ratio: null }

function weightedMeans(loads: readonly number[], days: number): number[] {
  const lambda = 2 / (days + 1)
  const means: number[] = []
  for (const load of loads) {
    const before = means.at(-1)
    means.push(before === undefined ? load : lambda * load + (1 - lambda) * before)
  }
  return means
}

/** Rule G5: Foster 1998, with the sample standard deviation; null where every day was alike. */
export function fosterWeek(dailyLoads: readonly number[]): {
  readonly load: number
  readonly monotony: number | null
  readonly strain: number | null
} {
  const load = dailyLoads.reduce((sum, daily) => sum + daily, 0)
  const spread = dailyLoads.length < 2 ? 0 : standardDeviation(dailyLoads)
  if (spread === 0) return { load, monotony: null, strain: null }
  const monotony = mean(dailyLoads) / spread
  return { load, monotony, strain: load * monotony }
}
