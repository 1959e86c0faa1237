// Versions of a calm zone as the API shows them, with names in the place of person ids.
import type { z } from '@hono/zod-openapi'
import type { Database } from '../store/database.ts'
import { findNames } from '../store/people.ts'
import type { ZoneVersion } from '../store/zones.ts'
import type { zoneSchema } from './schemas.ts'

type ShownZone = z.infer<typeof zoneSchema>

export async function showZones(db: Database, versions: readonly ZoneVersion[]): Promise<ShownZone[]> {
  const people = versions.flatMap(({ byPersonId, withdrawn }) => [byPersonId, withdrawn?.byPersonId ?? null])
  const names = await findNames(db, [...new Set(people.filter((id) => id !== null))])
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  return versions.map(({ byPersonId, withdrawn, ...version }) => ({
    ...version,
    inputs: { ...version.inputs },
    by: nameOf(byPersonId),
    withdrawn: withdrawn && { atMs: withdrawn.atMs, by: nameOf(withdrawn.byPersonId), reason: withdrawn.reason },
  }))
}

export async function showZone(db: Database, version: ZoneVersion): Promise<ShownZone> {
  const [shown] = await showZones(db, [version])
  if (shown === undefined) throw new Error('one version is shown as one')
  return shown
}
