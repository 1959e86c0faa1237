// Rule B4: how long a zone counts. One that is over keeps running, for it is better than none, and people are told to look
// at it again.
import type { ZoneSource } from '../calm-zone.ts'
import { zoneDefaults, type ZoneParameters } from '../parameters/zone.ts'

export type ZoneState = 'valid' | 'expired'

const DAY_MS = 86_400_000

/** A talk test is over after 90 days; other sources say nothing of their age.
 *  @param talkTestedAtMs null where no talk test was done */
export function zoneState(
  source: ZoneSource,
  talkTestedAtMs: number | null,
  atMs: number,
  p: ZoneParameters = zoneDefaults,
): ZoneState {
  if (source !== 'talktest' && source !== 'talktest_capped') return 'valid'
  return talkTestedAtMs !== null && atMs - talkTestedAtMs <= p.talkValidDays * DAY_MS ? 'valid' : 'expired'
}
