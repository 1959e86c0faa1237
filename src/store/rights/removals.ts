// Remembers what was removed of a client: its identity, never its content, so that no older archive brings it back. A
// removal is part of the archive. Of two decisions the later one wins, whatever the order of archives.
import type { Selectable } from 'kysely'
import { removalKinds, type RemovalKind } from '../../domain/note-kinds.ts'
import { closedWord } from '../closed-word.ts'
import type { ClientAccess } from '../people/access.ts'
import { isFound } from '../people/relations.ts'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'

export interface Removal {
  readonly kind: RemovalKind
  /** Which one it was: `nameOfRun`, or the moment that it tells of. */
  readonly what: string
  readonly atMs: number
  /** Of a run: its id where it was removed. */
  readonly runId: string | null
  /** Whether the client removed it themself. */
  readonly byClient: boolean
}

/** What a run is called wherever its file comes. */
export const nameOfRun = (sha256: string, part: number | null): string => `${sha256} ${part ?? 0}`
export const nameOfRestNote = ({ kind, atMs }: { readonly kind: string; readonly atMs: number }): string =>
  `${kind} ${atMs}`

/** Of one that was removed twice the later removal counts. */
export async function noteRemoval(db: Database, { clientId }: ClientAccess, removal: Removal): Promise<void> {
  const { kind, what, atMs, runId, byClient } = removal
  const facts = { at_ms: atMs, run_id: runId, by_client: byClient ? 1 : 0 }
  await db
    .insertInto('removal')
    .values({ client_id: clientId, kind, what, ...facts })
    .onConflict((conflict) =>
      conflict.columns(['client_id', 'kind', 'what']).doUpdateSet(facts).where('removal.at_ms', '<', atMs),
    )
    .execute()
}

/** Oldest first. */
export async function listRemovals(db: Database, { clientId }: ClientAccess): Promise<Removal[]> {
  const rows = await db
    .selectFrom('removal')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('at_ms')
    .orderBy('kind')
    .orderBy('what')
    .execute()
  return rows.map(toRemoval)
}

/** Whether the client removed a run of these bytes: only they bring it in again. */
export const isRemovedByClient = (db: Database, access: ClientAccess, sha256: string): Promise<boolean> =>
  isFound(removalsOf(db, access, sha256).where('by_client', '=', 1))

/** Whether anybody removed a run of these bytes since then. */
export const isRemovedSince = (db: Database, access: ClientAccess, sha256: string, sinceMs: number): Promise<boolean> =>
  isFound(removalsOf(db, access, sha256).where('at_ms', '>=', sinceMs))

const removalsOf = (db: Database, { clientId }: ClientAccess, sha256: string) =>
  db
    .selectFrom('removal')
    .select('what')
    .where('client_id', '=', clientId)
    .where('kind', '=', 'run')
    // No LIKE: a Durable Object takes patterns of 50 bytes at most.
    .where((eb) => eb(eb.fn('substr', ['what', eb.val(1), eb.val(sha256.length)]), '=', sha256))

/** Something that can be removed.
 *  @property sinceMs when it was brought in or written; null where that was not kept yet */
export interface Removable {
  readonly kind: RemovalKind
  readonly what: string
  readonly runId?: string
  readonly sinceMs: number | null
}

/** Why something stays away: it was removed, and nobody brought it in, or wrote it, since. Null where it does not. */
export const findRemoval = (removals: readonly Removal[], one: Removable): Removal | null =>
  removals.findLast(
    ({ kind, what, runId, atMs }) =>
      kind === one.kind &&
      (what === one.what || (runId !== null && runId === one.runId)) &&
      (one.sinceMs === null || one.sinceMs <= atMs),
  ) ?? null

const toRemoval = (row: Selectable<Tables['removal']>): Removal => ({
  kind: closedWord(removalKinds, row.kind, 'removal.kind'),
  what: row.what,
  atMs: row.at_ms,
  runId: row.run_id,
  byClient: row.by_client === 1,
})
