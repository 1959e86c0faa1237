// Calm zones: every version is kept, with the facts behind it and the person who saved it. A run is bound to the
// version that judged it. A version is never edited. A wrong version is withdrawn (rule B12), and stays with who, when
// and why.
import type { Selectable } from 'kysely'
import { toCalmZone, zoneSources, type CalmZone } from '../../domain/calm-zone.ts'
import { readInputs, type StoredInputs, type ZoneInputs } from '../../domain/zone/zone-inputs.ts'
import { versionAt } from '../../domain/zone/zone-versions.ts'
import type { ClientAccess } from '../people/access.ts'
import { closedWord } from '../closed-word.ts'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'
import { among, question, toAmong } from '../question.ts'

export type ZoneVersion = CalmZone & ZoneVersionFacts

/** All of a version but its limits. */
export interface ZoneVersionFacts {
  readonly id: string
  readonly clientId: string
  readonly validFromMs: number
  /** The therapist's own: no client reads it. */
  readonly reason: string | null
  /** The text for the client. */
  readonly reasonForClient: string | null
  /** The facts that the zone was resolved from, as they were given. */
  readonly inputs: ZoneInputs
  readonly createdAtMs: number
  /** The person who saved it; null in older versions, which did not store that. */
  readonly byPersonId: string | null
  readonly withdrawn: Withdrawal | null
}
export interface Withdrawal {
  readonly atMs: number
  /** Null where calmpace itself did: a version of an archive that was dated ahead. */
  readonly byPersonId: string | null
  readonly reason: string
}

export async function insertZone(
  db: Database,
  access: ClientAccess<'zone.set' | 'data.import'>,
  zone: CalmZone &
    Omit<ZoneVersionFacts, 'clientId' | 'withdrawn' | 'byPersonId' | 'reasonForClient'> &
    Partial<Pick<ZoneVersion, 'byPersonId' | 'reasonForClient'>>,
): Promise<void> {
  await db
    .insertInto('calm_zone')
    .values({
      id: zone.id,
      client_id: access.clientId,
      valid_from_ms: zone.validFromMs,
      source: zone.source,
      ceiling_bpm: zone.ceilingBpm,
      floor_bpm: zone.floorBpm,
      hard_bpm: zone.hardBpm,
      reason: zone.reason,
      reason_for_client: zone.reasonForClient ?? null,
      inputs_json: JSON.stringify(zone.inputs),
      created_at_ms: zone.createdAtMs,
      by_person_id: zone.byPersonId ?? null,
    })
    .execute()
}

/** Rule B12: saved by mistake. Withdrawing twice changes nothing.
 *  @param zoneId a version of this client */
export async function withdrawZone(
  db: Database,
  _access: ClientAccess<'zone.set' | 'data.import'>,
  zoneId: string,
  { atMs, byPersonId, reason }: Withdrawal,
): Promise<void> {
  await db
    .insertInto('zone_withdrawal')
    .values({ zone_id: zoneId, at_ms: atMs, by_person_id: byPersonId, reason })
    .onConflict((on) => on.doNothing())
    .execute()
}

/** Newest first, withdrawn ones among them. */
export async function listZones(db: Database, { clientId }: ClientAccess): Promise<ZoneVersion[]> {
  return (await zonesOf(db, toAmong([clientId]))).map(toZone)
}

/** The same of several clients at once, each asked for; who has none is left out. */
export async function listZonesOfEach(
  db: Database,
  keys: readonly ClientAccess[],
): Promise<ReadonlyMap<string, readonly ZoneVersion[]>> {
  const rows = await zonesOf(db, toAmong(keys.map(({ clientId }) => clientId)))
  return Map.groupBy(rows.map(toZone), ({ clientId }) => clientId)
}

const zonesOf = question((db, clientIds: string) =>
  db
    .selectFrom('calm_zone')
    .leftJoin('zone_withdrawal', 'zone_withdrawal.zone_id', 'calm_zone.id')
    .selectAll('calm_zone')
    .select([
      'zone_withdrawal.at_ms as withdrawn_at_ms',
      'zone_withdrawal.by_person_id as withdrawn_by',
      'zone_withdrawal.reason as withdrawn_reason',
    ])
    .where('client_id', 'in', among(clientIds))
    .orderBy('valid_from_ms', 'desc')
    .orderBy('created_at_ms', 'desc'),
)

const toZone = (row: Awaited<ReturnType<typeof zonesOf>>[number]): ZoneVersion => ({
  id: row.id,
  clientId: row.client_id,
  validFromMs: row.valid_from_ms,
  ...limitsIn(row),
  reason: row.reason,
  reasonForClient: row.reason_for_client,
  inputs: readInputs(JSON.parse(row.inputs_json) as StoredInputs),
  createdAtMs: row.created_at_ms,
  byPersonId: row.by_person_id,
  withdrawn:
    row.withdrawn_at_ms === null
      ? null
      : { atMs: row.withdrawn_at_ms, byPersonId: row.withdrawn_by, reason: row.withdrawn_reason ?? '' },
})

/** Rule B12: the zone to judge a run by, which is the version that held when it started; for a run from before all of them
 *  the earliest one, for an older run is better judged by the client's own zone than by none. Withdrawn ones never count.
 *  Null where there is none. */
export async function findZoneAt(db: Database, access: ClientAccess, startedAtMs: number): Promise<ZoneVersion | null> {
  return versionAt(await listZones(db, access), startedAtMs)
}

/** The zone to judge a run by that somebody watched live: the version that they watched by, where it is this client's and
 *  was not withdrawn since.
 *  @param watchedById null where nobody watched it */
export const findZoneOfRun = async (
  db: Database,
  access: ClientAccess,
  startedAtMs: number,
  watchedById: string | null,
): Promise<ZoneVersion | null> => zoneOfRun(await listZones(db, access), startedAtMs, watchedById)

/** @param versions newest first */
export function zoneOfRun(
  versions: readonly ZoneVersion[],
  startedAtMs: number,
  watchedById: string | null,
): ZoneVersion | null {
  const watched = versions.find(({ id, withdrawn }) => id === watchedById && withdrawn === null)
  return watched ?? versionAt(versions, startedAtMs)
}

/** @throws Error where source and ceiling contradict each other: the row is damaged */
function limitsIn(row: Selectable<Tables['calm_zone']>): CalmZone {
  const source = closedWord(zoneSources, row.source, 'calm_zone.source')
  const limits = { source, ceilingBpm: row.ceiling_bpm, floorBpm: row.floor_bpm, hardBpm: row.hard_bpm }
  const zone = toCalmZone(limits)
  if (zone === null) throw new Error('calm_zone holds a ceiling without a source, or a source without a ceiling')
  return zone
}
