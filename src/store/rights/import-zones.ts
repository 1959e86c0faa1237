// Imports calm zones, each version unchanged. A version that may not be valid here is imported as withdrawn, with the
// reason: impossible heart rates, a date in the future, or a higher limit than the current one.
import type { CalmZone } from '../../domain/calm-zone.ts'
import { findZoneProblems } from '../../domain/zone/validate-zone.ts'
import { findToConfirm } from '../../domain/zone/zone-change.ts'
import { readInputs } from '../../domain/zone/zone-inputs.ts'
import { inForce } from '../../domain/zone/zone-versions.ts'
import type { ArchivedZone, ClientArchive } from '../../formats/archive/client-archive.ts'
import type { ClientAccess } from '../people/access.ts'
import type { Database } from '../database.ts'
import { insertZone, listZones, withdrawZone, type ZoneVersion } from '../clients/zones.ts'

interface Importing {
  readonly access: ClientAccess<'data.import'>
  readonly newId: () => string
  readonly nowMs: number
}

/** Why a version holds nothing here: it comes in as withdrawn. Null where it may hold. */
function refusalOf({ validFromMs, createdAtMs, floorBpm, ceilingBpm, hardBpm }: ArchivedZone, nowMs: number) {
  if (validFromMs > nowMs || createdAtMs > nowMs) return 'dated ahead in an archive'
  const limits = { ageYears: null, restBpm: null, maxBpm: null, floorBpm, ceilingBpm, hardBpm }
  return findZoneProblems(limits).length > 0 ? 'no heart has these numbers' : null
}

/** What is not here yet. @returns the id here of every version of the archive */
export async function importZones(db: Database, { access, newId, nowMs }: Importing, data: ClientArchive) {
  // Not by its reasons: what a client took along themself is without the therapist's own.
  const same = (zone: Pick<ArchivedZone, 'validFromMs' | 'createdAtMs' | 'source' | keyof CalmZone>) => {
    const { validFromMs, createdAtMs, source, ceilingBpm, floorBpm, hardBpm } = zone
    return JSON.stringify([validFromMs, createdAtMs, source, ceilingBpm, floorBpm, hardBpm])
  }
  const before = await listZones(db, access)
  const there = new Map(before.map((zone) => [same(zone), zone.id]))
  const ids = new Map<string, string>()
  let added = 0
  // Oldest first, so that two of one moment keep their order.
  for (const zone of data.zones.toReversed()) {
    const found = there.get(same(zone))
    const here = found ?? newId()
    ids.set(zone.id, here)
    if (found === undefined) {
      const { byPersonId = null, reasonForClient = null } = zone
      await insertZone(db, access, { ...zone, inputs: readInputs(zone.inputs), byPersonId, reasonForClient, id: here })
      added++
    }
    // What was withdrawn there is withdrawn here too, also where the version was here before.
    if (zone.withdrawn != null)
      await withdrawZone(db, access, here, { ...zone.withdrawn, reason: zone.withdrawn.reason ?? '' })
    const refusal = zone.withdrawn == null ? refusalOf(zone, nowMs) : null
    if (refusal !== null) await withdrawZone(db, access, here, { atMs: nowMs, byPersonId: null, reason: refusal })
  }
  await withdrawRises(db, access, inForce(before, nowMs), nowMs)
  return { ids, added }
}

/** No archive raises the limit in force (rule B12): nobody saw old and new.
 *  @param before in force until now; null where there was none: nothing rises then */
async function withdrawRises(
  db: Database,
  access: ClientAccess<'data.import'>,
  before: ZoneVersion | null,
  nowMs: number,
): Promise<void> {
  const withdrawal = {
    atMs: nowMs,
    byPersonId: null,
    reason: 'higher than the limit in force when the archive came in',
  }
  for (;;) {
    const now = inForce(await listZones(db, access), nowMs)
    if (before === null || now === null || now.id === before.id) return
    if (findToConfirm(before, now, { restBpm: null, maxBpm: null }).length === 0) return
    await withdrawZone(db, access, now.id, withdrawal)
  }
}
