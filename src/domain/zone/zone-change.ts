// What must not happen unseen when a calm limit is saved: a limit that rises or goes (rule B12), and numbers that call for
// caution (rule B11). The form shows them and asks for a tick each; the server stores nothing without it.
import type { CalmZone, Limits } from '../calm-zone.ts'
import { zoneDefaults } from '../parameters/zone.ts'
import { SLACK } from '../rounding.ts'

export const zoneConfirmations = {
  CEILING_RISES: 'The calm limit becomes higher than the one in force, or goes.',
  HARD_RISES: 'The hard limit becomes higher than the one in force, or goes.',
  REST_HIGH: 'A resting heart rate over 100 is unusual; the limits that follow from it are high.',
  CEILING_HIGH_OF_MAX: 'The calm limit lies above 80 % of the maximum.',
} as const
export type ZoneConfirmation = keyof typeof zoneConfirmations

/** One thing to confirm, with the numbers that it is about. */
export type ToConfirm =
  /** `toBpm` of null is a limit that goes. */
  | { readonly code: 'CEILING_RISES' | 'HARD_RISES'; readonly fromBpm: number; readonly toBpm: number | null }
  | { readonly code: 'REST_HIGH' | 'CEILING_HIGH_OF_MAX'; readonly bpm: number }

/** What can rise. */

/** @param before what held until now; null where there is none: nothing can rise then
 *  @param facts   of the zone after the change; the maximum that its ceiling was computed from, where one was known */
export function findToConfirm(
  before: Limits | null,
  after: CalmZone,
  facts: { readonly restBpm: number | null; readonly maxBpm: number | null },
): ToConfirm[] {
  const found: ToConfirm[] = []
  const rise = (code: 'CEILING_RISES' | 'HARD_RISES', fromBpm: number | null, toBpm: number | null) => {
    if (fromBpm !== null && (toBpm === null || toBpm > fromBpm)) found.push({ code, fromBpm, toBpm })
  }
  rise('CEILING_RISES', before?.ceilingBpm ?? null, after.ceilingBpm)
  rise('HARD_RISES', before?.hardBpm ?? null, after.hardBpm)
  const { restBpm, maxBpm } = facts
  if (restBpm !== null && restBpm > zoneDefaults.restHighBpm) found.push({ code: 'REST_HIGH', bpm: restBpm })
  const { source, ceilingBpm } = after
  const isByReserve = source === 'hrr_age' || source === 'hrr_measured'
  if (isByReserve && ceilingBpm !== null && maxBpm !== null && isHighOf(ceilingBpm, maxBpm))
    found.push({ code: 'CEILING_HIGH_OF_MAX', bpm: ceilingBpm })
  return found
}

const isHighOf = (ceilingBpm: number, maxBpm: number): boolean =>
  ceilingBpm > zoneDefaults.ceilingHighMaxShare * maxBpm + SLACK
