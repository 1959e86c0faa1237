// The list of emergency access for administrators: who looked, why, for how long, and at which client. It never shows
// the client's name.
import type { Database } from '../database.ts'
import { namesOfGroups } from './groups.ts'

export interface BrokenGlass {
  readonly id: string
  readonly personId: string
  /** Null where the account is gone. */
  readonly personName: string | null
  /** Null where the client was erased; the reason went with them. */
  readonly client: { readonly id: string; readonly birthYear: number; readonly groups: string[] } | null
  readonly reason: string | null
  readonly atMs: number
  /** When it ends, or was ended. */
  readonly untilMs: number
}

/** Newest first.
 *  @param behind the last one that was read before; null begins at the newest */
export async function listBrokenGlass(
  db: Database,
  { limit, behind }: { readonly limit: number; readonly behind: { readonly atMs: number; readonly id: string } | null },
): Promise<BrokenGlass[]> {
  let query = db
    .selectFrom('break_glass as glass')
    .leftJoin('person', 'person.id', 'glass.person_id')
    .leftJoin('client', 'client.id', 'glass.client_id')
    .selectAll('glass')
    .select(['person.name', 'client.birth_year'])
  if (behind !== null)
    query = query.where((on) =>
      on.or([
        on('glass.at_ms', '<', behind.atMs),
        on.and([on('glass.at_ms', '=', behind.atMs), on('glass.id', '>', behind.id)]),
      ]),
    )
  const rows = await query.orderBy('glass.at_ms', 'desc').orderBy('glass.id').limit(limit).execute()
  const groups = await namesOfGroups(
    db,
    rows.flatMap((row) => row.client_id ?? []),
  )
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    personName: row.name,
    client:
      row.client_id === null || row.birth_year === null
        ? null
        : { id: row.client_id, birthYear: row.birth_year, groups: groups.get(row.client_id) ?? [] },
    reason: row.reason,
    atMs: row.at_ms,
    untilMs: row.until_ms,
  }))
}
