// Removes here what an archive says was removed, and notes it, so that an older archive does not bring it back. Data
// that were imported or written here since stay.
import type { ClientArchive } from '../../formats/archive/client-archive.ts'
import { makeSystemAccess, type ClientAccess } from '../people/access.ts'
import { deleteAfterRun, listAfterRuns } from '../self-report/after-runs.ts'
import type { Database } from '../database.ts'
import { findRemoval, listRemovals, nameOfRestNote, nameOfRun, noteRemoval, type Removal } from './removals.ts'
import { removeRun } from '../runs/remove-run.ts'
import { deleteRestNote, listRestNotes } from '../self-report/rest-notes.ts'
import { listRunFiles } from '../runs/run-files.ts'
import { listAllRuns } from '../runs/runs.ts'

interface Importing {
  readonly access: ClientAccess<'data.import'>
  readonly newId: () => string
  readonly nowMs: number
}

/** Inside `atomically`, before anything of the archive comes in. @returns all that stays away from now on */
export async function importRemovals(
  db: Database,
  { access, newId, nowMs }: Importing,
  { removals }: Pick<ClientArchive, 'removals'>,
): Promise<readonly Removal[]> {
  // No moment that is still to come: it would keep away what is brought in until then.
  for (const removal of removals) await noteRemoval(db, access, { ...removal, atMs: Math.min(removal.atMs, nowMs) })
  const all = await listRemovals(db, access)
  if (removals.length === 0) return all
  const shaOf = new Map((await listRunFiles(db, access)).map(({ id, sha256 }) => [id, sha256]))
  // Whoever brings an archive in may remove runs as well.
  const removing = makeSystemAccess(access.clientId, 'run.remove')
  for (const run of await listAllRuns(db, access)) {
    const what = nameOfRun(shaOf.get(run.fileId) ?? '', run.part)
    const one = { kind: 'run', what, runId: run.id, sinceMs: run.importedAtMs } as const
    const removal = findRemoval(all, one)
    if (removal === null) continue
    const by = { personId: null, isClient: removal.byClient }
    await removeRun(db, removing, run, { by, removedAtMs: removal.atMs, nowMs, newId })
  }
  for (const { id, atMs, writtenAtMs } of await listAfterRuns(db, access)) {
    const removal = findRemoval(all, { kind: 'after_run', what: String(atMs), sinceMs: writtenAtMs })
    if (removal !== null) await deleteAfterRun(db, access, id, removal.atMs)
  }
  for (const { id, writtenAtMs, ...note } of await listRestNotes(db, access)) {
    const removal = findRemoval(all, { kind: 'rest_note', what: nameOfRestNote(note), sinceMs: writtenAtMs })
    if (removal !== null) await deleteRestNote(db, access, id, removal.atMs)
  }
  return all
}
