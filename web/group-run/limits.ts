// The limits that guide a runner on this phone, how old they are, and whether the clinic has changed them since. Pure.
import type { ParameterOverrides } from '../../src/domain/parameters/parameters.ts'
import { ruleVersion } from '../../src/domain/rule-version.ts'
import type { MarkEntry } from '../../src/formats/phone-recording/entry.ts'
import type { Roster } from '../../src/live/protocol.ts'
import type { StoredParticipation } from '../outbox/stored.ts'

/** By what a runner is guided, and as of when that is known. */
export interface Limits extends Pick<StoredParticipation, 'watchLevel' | 'zone'> {
  /** The server's clock; null where the server never said (a guest). */
  readonly limitsAsOfMs: number | null
  /** The clinic's changes to the rules' parameters. */
  readonly parameters: ParameterOverrides
}

/** Longer ago than this and a person is told: a product choice. Somebody may have set a lower limit yesterday evening. */
const OLD_MS = 86_400_000

export const isOldLimit = (asOfMs: number | null, nowMs: number): boolean => asOfMs !== null && nowMs - asOfMs > OLD_MS

/** A client's entry in a roster; null if they are not in it (any more). */
export function limitsIn(roster: Roster, clientId: string | null): Limits | null {
  const client = roster.clients.find(({ id }) => id === clientId)
  if (client === undefined) return null
  const { watchLevel, zone } = client
  return { watchLevel, zone, limitsAsOfMs: roster.fetchedAtMs, parameters: roster.parameters }
}

/** Whether somebody would be guided otherwise by these than by those. */
export function guidesOtherwise(a: Limits, b: Limits): boolean {
  const facts = ({ zone, watchLevel, parameters }: Limits) =>
    JSON.stringify([
      zone?.id ?? null,
      zone?.ceilingBpm ?? null,
      zone?.hardBpm ?? null,
      watchLevel,
      Object.entries(parameters).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    ])
  return facts(a) !== facts(b)
}

/** Whether `a` lets somebody run harder than `b` anywhere: never to be taken over by one tap. */
export function isLooser(a: Limits, b: Limits): boolean {
  const bpm = (limit: number | null | undefined) => limit ?? Number.POSITIVE_INFINITY
  return (
    bpm(a.zone?.ceilingBpm) > bpm(b.zone?.ceilingBpm) ||
    bpm(a.zone?.hardBpm) > bpm(b.zone?.hardBpm) ||
    (a.watchLevel === 'standard' && b.watchLevel === 'extra')
  )
}

/** As a stream says it. */
export const toGuided = ({
  watchLevel,
  zone,
  limitsAsOfMs,
  parameters,
}: Limits): Omit<Extract<MarkEntry, { kind: 'guided' }>, 'atMs'> => ({
  kind: 'guided',
  zoneVersionId: zone?.id ?? null,
  watchLevel,
  parameters,
  ruleVersion,
  limitsAsOfMs,
  ceilingBpm: zone?.ceilingBpm ?? null,
  hardBpm: zone?.hardBpm ?? null,
})
