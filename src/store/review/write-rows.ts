// Writes one row of the list: its start, added occurrences, new contents, its end. Only apply-changes.ts calls it.
import type { OverReason } from '../../domain/review/flag-state.ts'
import type { Seen } from '../../domain/review/rows.ts'
import type { FindingOccurrence } from '../../domain/review/finding-occurrences.ts'
import type { ClientAccess } from '../people/access.ts'
import type { Database } from '../database.ts'
import { happening, insertEvent, restoreFlag, type Flag } from './flags.ts'

/** A flag as it begins, with the first event of its story. Inside `atomically`. */
export async function insertFlag(
  db: Database,
  access: ClientAccess,
  id: string,
  occurrence: FindingOccurrence,
  raisedAtMs: number,
): Promise<void> {
  await restoreFlag(db, access, { ...occurrence, id, raisedAtMs, state: 'open', assignedTo: null, version: 0 })
  await insertEvent(db, id, {
    ...happening('raised', raisedAtMs, { state: 'open', version: 0 }),
    runId: occurrence.runId,
    detail: detailOf(occurrence),
  })
}

/** What was sighted, as an event keeps it. */
const detailOf = ({ level, aboutMs, evidence, ruleVersion }: Omit<Seen, 'runId'>) => ({
  level,
  aboutMs,
  evidence,
  ruleVersion,
})

/** The rule held again: told beside the flag. Or its numbers changed, because more came in. */
export async function insertSeenAgain(
  db: Database,
  flag: Pick<Flag, 'id' | 'state' | 'version'>,
  occurrence: Seen,
  atMs: number,
  act: 'seen_again' | 'renumbered' = 'seen_again',
): Promise<void> {
  await insertEvent(db, flag.id, {
    ...happening(act, atMs, flag),
    runId: occurrence.runId,
    detail: detailOf(occurrence),
  })
}

/** What a flag says from now on. A rise of level comes to the list anew. @returns it as it is then */
export async function showOccurrence<F extends Pick<Flag, 'id' | 'level' | 'version'>>(
  db: Database,
  { clientId }: ClientAccess,
  flag: F,
  { level, evidence, ruleVersion, runId, aboutMs }: Seen,
  nowMs: number,
): Promise<F> {
  const version = flag.version + 1
  await db
    .updateTable('flag')
    .set({
      level,
      version,
      run_id: runId,
      about_ms: aboutMs,
      evidence_json: JSON.stringify(evidence ?? {}),
      ...(ruleVersion === null ? {} : { rule_version: ruleVersion }),
      ...(level === flag.level ? {} : { raised_at_ms: nowMs }),
    })
    .where('id', '=', flag.id)
    .where('client_id', '=', clientId)
    .execute()
  return { ...flag, version }
}

/** What a flag rested on is no more: its run was removed by a person, or it never held. */
export async function endFlag(
  db: Database,
  { clientId }: ClientAccess,
  flag: Pick<Flag, 'id' | 'version'>,
  { reason, personId, atMs }: { readonly reason: OverReason; readonly personId: string | null; readonly atMs: number },
): Promise<void> {
  const version = flag.version + 1
  const state = 'resolved' as const
  await db
    .updateTable('flag')
    .set({ state, version })
    .where('id', '=', flag.id)
    .where('client_id', '=', clientId)
    .execute()
  await insertEvent(db, flag.id, { ...happening('over', atMs, { state, version }), personId, reason })
}
