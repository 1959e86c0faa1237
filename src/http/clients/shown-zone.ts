// Versions of a calm zone as the API shows them: names instead of person ids, and the therapist's own reasons only for
// people who guide the client.
import type { z } from '@hono/zod-openapi'
import type { Access, ClientAccess } from '../../store/people/access.ts'
import { isOwnRecord } from '../../store/clients/clients.ts'
import type { Database } from '../../store/database.ts'
import { findNames } from '../../store/people/people.ts'
import type { ZoneVersion } from '../../store/clients/zones.ts'
import type { zoneSchema } from './zone-schemas.ts'

type ShownZone = z.infer<typeof zoneSchema>

/** The reader of a text about a client: the client, or the people who guide them. */
export type Reader = 'client' | 'staff'

/** A person who reads their own record is the client, whatever their other roles. */
export const readerOf = async (db: Database, key: ClientAccess, { personId }: Access): Promise<Reader> =>
  (await isOwnRecord(db, key, personId)) ? 'client' : 'staff'

/** A therapist's own text, which the client never reads. */
export const ownReason = (reason: string | null, reader: Reader): string | null => (reader === 'staff' ? reason : null)

export const showZones = (db: Database, versions: readonly ZoneVersion[], reader: Reader): Promise<ShownZone[]> =>
  showZonesOfEach(
    db,
    versions.map((version) => ({ version, reader })),
  )

/** Of several clients at once, each for who reads it. */
export async function showZonesOfEach(
  db: Database,
  shown: readonly { readonly version: ZoneVersion; readonly reader: Reader }[],
): Promise<ShownZone[]> {
  const people = shown.flatMap(({ version }) => [version.byPersonId, version.withdrawn?.byPersonId ?? null])
  const names = await findNames(db, [...new Set(people.filter((id) => id !== null))])
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  return shown.map(({ version: { byPersonId, withdrawn, reason, ...version }, reader }) => ({
    ...version,
    reason: ownReason(reason, reader),
    inputs: { ...version.inputs },
    by: nameOf(byPersonId),
    withdrawn: withdrawn && {
      atMs: withdrawn.atMs,
      by: nameOf(withdrawn.byPersonId),
      reason: ownReason(withdrawn.reason, reader),
    },
  }))
}

export async function showZone(db: Database, version: ZoneVersion, reader: Reader): Promise<ShownZone> {
  const [shown] = await showZones(db, [version], reader)
  if (shown === undefined) throw new Error('one version is shown as one')
  return shown
}
