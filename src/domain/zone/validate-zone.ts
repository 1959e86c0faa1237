// Rule B8: which numbers cannot be a person's zone. All problems are collected; a rejected set is never stored.
import { zoneDefaults } from '../parameters/zone.ts'
import { SLACK } from '../rounding.ts'

export const zoneProblems = {
  TYPE: 'A value is not a number.',
  AGE_RANGE: 'The age must be a whole number from 16 to 90.',
  REST_RANGE: 'The resting heart rate must be from 30 to 120.',
  MAX_RANGE: 'The maximal heart rate must be from 90 to 220.',
  REST_GE_MAX: 'The resting heart rate must be below the maximal heart rate.',
  RESERVE_TOO_SMALL: 'Between resting and maximal heart rate there must be at least 30 beats.',
  CEILING_RANGE: 'The calm ceiling must be from 70 to 200.',
  CEILING_NEAR_REST: 'The calm ceiling must be at least 10 above the resting heart rate.',
  CEILING_ABOVE_90_MAX: 'The calm ceiling lies above 90 % of the maximal heart rate.',
  FLOOR_GE_CEILING: 'The floor must be below the calm ceiling.',
  HARD_NEAR_CEILING: 'The hard limit must be at least 5 above the calm ceiling.',
  FLOOR_RANGE: 'The floor must be from 30 to 195.',
  HARD_RANGE: 'The hard limit must be from 75 to 220.',
  TALK_DATE: 'The talk test must have been done by now, and its date must be given.',
} as const
export type ZoneProblem = keyof typeof zoneProblems

/** What is checked; null is "not given" and passes. */
export interface ZoneCandidate {
  readonly ageYears: number | null
  readonly restBpm: number | null
  readonly maxBpm: number | null
  readonly floorBpm: number | null
  readonly ceilingBpm: number | null
  readonly hardBpm: number | null
}

/** All problems of a set of numbers, in the order of rule B8; empty is fine. Values of a wrong type give `TYPE` once and
 *  are then treated as not given. */
export function findZoneProblems(candidate: { readonly [K in keyof ZoneCandidate]: unknown }): ZoneProblem[] {
  const problems: ZoneProblem[] = []
  const given = Object.values(candidate).filter((value) => value !== null && value !== undefined)
  if (given.some((value) => !isNumber(value))) problems.push('TYPE')
  const number = (value: unknown): number | null => (isNumber(value) ? value : null)
  const age = number(candidate.ageYears)
  const rest = number(candidate.restBpm)
  const max = number(candidate.maxBpm)
  const floor = number(candidate.floorBpm)
  const ceiling = number(candidate.ceilingBpm)
  const hard = number(candidate.hardBpm)

  if (age !== null && (!Number.isInteger(age) || outside(age, 16, 90))) problems.push('AGE_RANGE')
  if (rest !== null && outside(rest, 30, 120)) problems.push('REST_RANGE')
  if (max !== null && outside(max, 90, 220)) problems.push('MAX_RANGE')
  if (rest !== null && max !== null) {
    if (rest >= max) problems.push('REST_GE_MAX')
    else if (max - rest < 30) problems.push('RESERVE_TOO_SMALL')
  }
  // Not in B8: no heart beats like that, and what is stored must be read again (HARD would never come).
  if (floor !== null && outside(floor, 30, 195)) problems.push('FLOOR_RANGE')
  if (hard !== null && outside(hard, 75, 220)) problems.push('HARD_RANGE')
  if (ceiling === null) return problems
  if (outside(ceiling, 70, 200)) problems.push('CEILING_RANGE')
  if (rest !== null && ceiling < rest + 10) problems.push('CEILING_NEAR_REST')
  if (max !== null && ceiling > zoneDefaults.hardMaxShare * max + SLACK) problems.push('CEILING_ABOVE_90_MAX')
  if (floor !== null && floor >= ceiling) problems.push('FLOOR_GE_CEILING')
  if (hard !== null && hard < ceiling + 5) problems.push('HARD_NEAR_CEILING')
  return problems
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const outside = (value: number, low: number, high: number): boolean => value < low || value > high
