// Calm zones: every version is kept with the facts it came from. A run is bound to the version it was judged by.
import { zoneSources, type CalmZone, type ZoneSource } from '../domain/calm-zone.ts'
import type { ClientAccess } from './access.ts'
import type { Database } from './database.ts'

export interface ZoneVersion extends CalmZone {
  readonly id: string
  readonly clientId: string
  readonly validFromMs: number
  readonly reason: string | null
  /** The facts that the zone was resolved from, as they were given. */
  readonly inputs: Readonly<Record<string, unknown>>
  readonly createdAtMs: number
}

export async function insertZone(
  db: Database,
  access: ClientAccess<'zone.set' | 'data.import'>,
  zone: Omit<ZoneVersion, 'clientId'>,
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
      inputs_json: JSON.stringify(zone.inputs),
      created_at_ms: zone.createdAtMs,
    })
    .execute()
}

/** Newest first. */
export async function listZones(db: Database, access: ClientAccess): Promise<ZoneVersion[]> {
  const rows = await db
    .selectFrom('calm_zone')
    .selectAll()
    .where('client_id', '=', access.clientId)
    .orderBy('valid_from_ms', 'desc')
    .orderBy('created_at_ms', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    clientId: row.client_id,
    validFromMs: row.valid_from_ms,
    source: toSource(row.source),
    ceilingBpm: row.ceiling_bpm,
    floorBpm: row.floor_bpm,
    hardBpm: row.hard_bpm,
    reason: row.reason,
    inputs: JSON.parse(row.inputs_json) as Record<string, unknown>,
    createdAtMs: row.created_at_ms,
  }))
}

/** The zone to judge a run by: the version that was valid when it started; for a run from before the first version, the
 *  first one, for an older run is better judged by the client's own zone than by none. Null where there is none. */
export async function findZoneAt(db: Database, access: ClientAccess, startedAtMs: number): Promise<ZoneVersion | null> {
  const versions = await listZones(db, access)
  return versions.find((version) => version.validFromMs <= startedAtMs) ?? versions.at(-1) ?? null
}

/** The zone to judge a run by that somebody watched live: the version that they watched by, where it is this client's. */
export async function findZoneOfRun(
  db: Database,
  access: ClientAccess,
  startedAtMs: number,
  watchedById: string | null,
): Promise<ZoneVersion | null> {
  const versions = watchedById === null ? [] : await listZones(db, access)
  return versions.find(({ id }) => id === watchedById) ?? findZoneAt(db, access, startedAtMs)
}

const toSource = (text: string): ZoneSource => zoneSources.find((source) => source === text) ?? 'none'
