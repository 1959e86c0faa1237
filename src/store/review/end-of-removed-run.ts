// What becomes of rows when a run is removed (a lent watch, the wrong file): those that rest on it alone are over, by whoever
// removed it; others say what is left. Where the client removes a run themself, HARD stays for a person to close.
import { isOfRemovedRun, reviseRows } from '../../domain/review/rows.ts'
import { neverQuietKinds } from '../../domain/review/sightings.ts'
import type { ClientAccess } from '../access.ts'
import type { Database } from '../database.ts'
import { applyChanges } from './apply-changes.ts'
import { listKnownRows } from './known-rows.ts'

/** Who removes a run; null is calmpace itself. */
export interface RemovedBy {
  readonly personId: string | null
  readonly isClient: boolean
}

/** Inside `atomically`, once the run is pointed at no more. */
export async function endRowsOfRemovedRun(
  db: Database,
  access: ClientAccess<'run.remove'>,
  by: RemovedBy,
  nowMs: number,
): Promise<void> {
  const known = await listKnownRows(db, access, nowMs)
  const changes = reviseRows([], known, {
    timeZone: 'UTC',
    isAsked: () => false,
    mayBeOver: ({ kind, seen }) =>
      seen.some((one) => isOfRemovedRun(kind, one)) && !(by.isClient && neverQuietKinds.has(kind)),
  })
  const newId = () => {
    throw new Error('a removed run raises nothing')
  }
  await applyChanges(db, access, known, changes, { nowMs, newId, removed: by })
}
