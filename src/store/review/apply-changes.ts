// Writes changes of flags: new rows, occurrences added to existing rows, new contents of rows, and rows that are over.
// Called when occurrences change and when a run is removed.
import type { RowChange, Seen } from '../../domain/review/rows.ts'
import type { ClientAccess } from '../people/access.ts'
import type { Database } from '../database.ts'
import { endFlag, insertFlag, insertSeenAgain, showOccurrence } from './write-rows.ts'
import type { StoredRow } from './known-rows.ts'

export interface Applying {
  readonly nowMs: number
  readonly newId: () => string
  /** Who removed a run, where one was: what is over is over by that. */
  readonly removed?: { readonly personId: string | null }
}

/** Inside `atomically`. */
export async function applyChanges(
  db: Database,
  access: ClientAccess,
  known: readonly StoredRow[],
  changes: readonly RowChange[],
  applying: Applying,
): Promise<void> {
  for (const change of changes) {
    const there = known.find(({ id }) => id === change.flagId)
    if (there === undefined) await raise(db, access, change, applying)
    else await revise(db, access, there, change, applying)
  }
}

/** A new row, raised for the first of what it tells. */
async function raise(
  db: Database,
  access: ClientAccess,
  { occurrences: [first, ...again], shows }: RowChange,
  { nowMs, newId }: Applying,
): Promise<void> {
  if (first === undefined) return
  const flag = { id: newId(), state: 'open' as const, version: 0, level: first.level }
  await insertFlag(db, access, flag.id, first, nowMs)
  const now = shows === null || shows === first ? flag : await showOccurrence(db, access, flag, shows, nowMs)
  for (const one of again) await insertSeenAgain(db, now, one, nowMs)
}

async function revise(
  db: Database,
  access: ClientAccess,
  there: StoredRow,
  { occurrences, shows, over }: RowChange,
  { nowMs, removed }: Applying,
): Promise<void> {
  const now = shows === null ? there : await showOccurrence(db, access, there, shows, nowMs)
  for (const one of occurrences) await insertSeenAgain(db, now, one, nowMs)
  if (shows !== null && there.isTouched && !occurrences.some((one) => one === shows))
    await insertRenumbered(db, now, shows, nowMs)
  if (over === null) return
  const personId = removed?.personId ?? null
  await endFlag(db, access, now, { reason: removed ? 'run_removed' : over, personId, atMs: nowMs })
}

/** Whoever looked at a row can find out what it said then. */
const insertRenumbered = (db: Database, flag: StoredRow, shows: Seen, nowMs: number): Promise<void> =>
  insertSeenAgain(db, flag, shows, nowMs, 'renumbered')
