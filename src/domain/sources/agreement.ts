// How far two sensors on one body agree: bias and limits of agreement, over the seconds in which both were believed. For
// showing; no rule uses it.
import { sourceDefaults, type SourceParameters } from '../parameters/sources.ts'
import { mean, standardDeviation } from '../statistics.ts'

export interface Agreement {
  /** Seconds in which both were believed. */
  readonly seconds: number
  /** Mean of second minus first. */
  readonly biasBpm: number
  /** Between these lie 95 % of the differences, if they are spread normally. */
  readonly lowerBpm: number
  readonly upperBpm: number
}

/** @param differencesBpm second minus first, one per common second
 *  @returns null where less than a minute is common
 *  @source Bland & Altman 1986, Lancet 327:307-310 */
export function computeAgreement(
  differencesBpm: readonly number[],
  p: SourceParameters = sourceDefaults,
): Agreement | null {
  if (differencesBpm.length < p.agreementMinS) return null
  const biasBpm = mean(differencesBpm)
  const spread = p.agreementFactor * standardDeviation(differencesBpm)
  return { seconds: differencesBpm.length, biasBpm, lowerBpm: biasBpm - spread, upperBpm: biasBpm + spread }
}
