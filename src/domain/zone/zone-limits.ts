// Section B: the single ways to a ceiling, a floor and a hard limit. Which of them counts is decided in resolve-zone.ts.
import { zoneDefaults, type ZoneParameters } from '../parameters/zone.ts'
import { roundDown, roundUp } from '../rounding.ts'
import { median } from '../statistics.ts'

export interface CalmLimits {
  readonly floorBpm: number
  readonly ceilingBpm: number
}

/** Rule B1, Karvonen 1957: shares of the heart-rate reserve. */
export function karvonenLimits(
  restBpm: number,
  maxBpm: number,
  floorShare = zoneDefaults.floorReserveShare,
  ceilingShare = zoneDefaults.ceilingReserveShare,
): CalmLimits {
  const at = (share: number) => restBpm + share * (maxBpm - restBpm)
  return { floorBpm: roundUp(at(floorShare)), ceilingBpm: roundDown(at(ceilingShare)) }
}

/** Rule B2: shares of the maximum, where no resting heart rate is known. */
export function shareOfMaxLimits(
  maxBpm: number,
  floorShare = zoneDefaults.floorMaxShare,
  ceilingShare = zoneDefaults.ceilingMaxShare,
): CalmLimits {
  return { floorBpm: roundUp(floorShare * maxBpm), ceilingBpm: roundDown(ceilingShare * maxBpm) }
}

export const mafCategories = ['a', 'b', 'c', 'd'] as const
export type MafCategory = (typeof mafCategories)[number]
const mafCorrectionBpm: Readonly<Record<MafCategory, number>> = { a: -10, b: -5, c: 0, d: 5 }

/** Rule B3: Maffetone's 180 formula. Not peer-reviewed; only where a therapist chooses it. Null over 65: individual. */
export function mafLimits(ageYears: number, category: MafCategory): CalmLimits | null {
  if (ageYears > 65) return null
  const ceilingBpm = ageYears < 17 ? 165 : 180 - ageYears + mafCorrectionBpm[category]
  return { floorBpm: ceilingBpm - 10, ceilingBpm }
}

export interface TalkStage {
  /** Good smoothed heart rates of the stage, one per second, oldest first; null is a second without a good one. */
  readonly heartRateBpm: readonly (number | null)[]
  /** "Can you talk?": only a full yes counts. */
  readonly talk: 'yes' | 'just' | 'no'
}

/** Rule B4: the ceiling that a talk test shows, or null where it shows none (first stage not a yes; fewer than 30 good
 *  seconds in the last minute of the last yes). */
export function talkTestCeilingBpm(stages: readonly TalkStage[], p: ZoneParameters = zoneDefaults): number | null {
  const firstOther = stages.findIndex((stage) => stage.talk !== 'yes')
  const last = firstOther === -1 ? stages.at(-1) : stages[firstOther - 1]
  if (last === undefined) return null
  const good = last.heartRateBpm.slice(-p.talkWindowS).filter((bpm) => bpm !== null)
  if (good.length < p.talkMinGoodS) return null
  const middle = median(good)
  return middle === null ? null : roundDown(middle)
}

/** Rule B4, the cap: a talk ceiling may not pass this share of the reserve where rest and maximum are known. */
export function talkCapBpm(
  restBpm: number,
  maxBpm: number,
  extraWatch: boolean,
  p: ZoneParameters = zoneDefaults,
): number {
  const share = extraWatch ? p.talkCapReserveShareExtra : p.talkCapReserveShare
  return roundDown(restBpm + share * (maxBpm - restBpm))
}

/** Rule B7: a manual hard limit wins; else 90 % of a known maximum, at least 10 above the ceiling; else ceiling + 20. */
export function hardLimitBpm(
  ceilingBpm: number,
  maxBpm: number | null,
  manualBpm: number | null,
  p: ZoneParameters = zoneDefaults,
): number {
  if (manualBpm !== null) return manualBpm
  if (maxBpm === null) return ceilingBpm + p.hardAboveCeilingUnknownMaxBpm
  return Math.max(ceilingBpm + p.hardAboveCeilingBpm, roundDown(p.hardMaxShare * maxBpm))
}

/** Rule B10: the lower ceiling to suggest when a client says below the ceiling that talking is not comfortable; null
 *  where there is nothing to lower. Comfort above the ceiling never raises it.
 *  @internal of the rule book; no screen asks it yet */
export function lowerCeilingSuggestionBpm(
  ceilingBpm: number,
  smoothedBpm: number,
  talkIsComfortable: boolean,
  p: ZoneParameters = zoneDefaults,
): number | null {
  if (talkIsComfortable || smoothedBpm >= ceilingBpm) return null
  return roundDown(smoothedBpm - p.talkLowerBpm)
}
