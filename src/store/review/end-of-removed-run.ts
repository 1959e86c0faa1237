// Decides about flags when a run is removed (a lent watch, the wrong file). Flags that depend on that run alone are
// over; the others say what is left. If the client removed the run, HARD stays for a person to close.
import { reviseRows } from '../../domain/review/rows.ts'
import { neverQuietKinds } from '../../domain/review/finding-occurrences.ts'
import type { ClientAccess } from '../people/access.ts'
import type { Database } from '../database.ts'
import { applyChanges } from './apply-changes.ts'
import { happening, insertEvent } from './flags.ts'
import { listKnownRows } from './known-rows.ts'

/** Who removes a run; null is calmpace itself. */
export interface RemovedBy {
  readonly personId: string | null
  readonly isClient: boolean
}

/** Inside `atomically`: what people said and decided of a run stays and points at nothing from now on; rows that rest on it alone
 *  are over. */
export async function endRowsOfRemovedRun(
  db: Database,
  access: ClientAccess<'run.remove'>,
  runId: string,
  by: RemovedBy,
  nowMs: number,
): Promise<void> {
  const before = await listKnownRows(db, access, nowMs)
  const rested = new Set(before.filter(({ seen }) => seen.some((one) => one.runId === runId)).map(({ id }) => id))
  for (const table of ['flag', 'flag_event'] as const)
    await db.updateTable(table).set({ run_id: null }).where('run_id', '=', runId).execute()
  if (by.isClient)
    for (const row of before)
      if (rested.has(row.id) && neverQuietKinds.has(row.kind))
        await insertEvent(db, row.id, happening('kept', nowMs, row))
  const kept = await listKept(db, access)
  const known = await listKnownRows(db, access, nowMs)
  const changes = reviseRows([], known, {
    timeZone: 'UTC',
    isAsked: () => false,
    mayBeOver: ({ id }) => rested.has(id) && !kept.has(id),
  })
  const newId = () => {
    throw new Error('a removed run raises nothing')
  }
  await applyChanges(db, access, known, changes, { nowMs, newId, removed: by })
}

/** Rows that tell of a run which the client removed: no removal ends them. */
async function listKept(db: Database, { clientId }: ClientAccess): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('flag_event')
    .innerJoin('flag', 'flag.id', 'flag_event.flag_id')
    .select('flag.id')
    .where('flag.client_id', '=', clientId)
    .where('flag_event.act', '=', 'kept')
    .execute()
  return new Set(rows.map(({ id }) => id))
}
