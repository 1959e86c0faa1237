// Of an archive: what was agreed, what the client told after running and whether they share it, and what was written between
// them and who guides them. Each once, however often the archive comes; known by its moment. Staff bring archives in: none of
// it may be newer than what the client said here themself, nor replace it.
import type { ClientArchive } from '../formats/archive/client-archive.ts'
import type { ClientAccess } from './access.ts'
import { insertSharing, listAfterRuns, listSharing, putAfterRun } from './after-runs.ts'
import type { Database } from './database.ts'
import { insertNote, listNotes } from './notes.ts'
import { insertPlan, listPlans } from './plans.ts'
import { insertRestNote, listRestNotes, type RestNote } from './rest-notes.ts'

interface Importing {
  readonly access: ClientAccess<'data.import'>
  readonly newId: () => string
  readonly nowMs: number
}

/** @param runIds ids of the archive's runs here */
export async function importTold(
  db: Database,
  { access, newId, nowMs }: Importing,
  { plans, sharing, afterRuns, notes, restNotes }: ClientArchive,
  runIds: ReadonlyMap<string, string>,
): Promise<void> {
  const here = (runId: string | null) => (runId === null ? null : (runIds.get(runId) ?? null))
  const thereOf = (all: readonly { readonly atMs: number }[]) => new Set(all.map(({ atMs }) => atMs))
  const plansThere = new Set((await listPlans(db, access)).map(({ createdAtMs }) => createdAtMs))
  // Oldest first, so that two of one moment keep their order.
  for (const plan of plans.toReversed())
    if (!plansThere.has(plan.createdAtMs))
      // Nothing is agreed for a moment to come: the newest version is the one that holds.
      await insertPlan(db, access, { ...plan, id: newId(), validFromMs: Math.min(plan.validFromMs, nowMs) })
  const sharingThere = await listSharing(db, access)
  const lastWordMs = sharingThere[0]?.atMs ?? nowMs
  for (const one of sharing)
    if (one.atMs <= lastWordMs && !thereOf(sharingThere).has(one.atMs)) await insertSharing(db, access, one)
  const toldThere = await listAfterRuns(db, access)
  const runsTold = new Set(toldThere.map(({ runId }) => runId))
  for (const told of afterRuns) {
    const runId = here(told.runId)
    if (thereOf(toldThere).has(told.atMs) || (runId !== null && runsTold.has(runId))) continue
    await putAfterRun(db, access, { ...told, id: newId(), runId })
  }
  const notesThere = new Map((await listNotes(db, access)).map((note) => [`${note.atMs} ${note.text}`, note.id]))
  const ids = new Map<string, string>()
  // Questions come before their answers.
  for (const note of notes.toReversed()) {
    const there = notesThere.get(`${note.atMs} ${note.text}`)
    const id = there ?? newId()
    ids.set(note.id, id)
    const answers = note.answers === null ? null : (ids.get(note.answers) ?? null)
    if (there === undefined) await insertNote(db, access, { ...note, id, answers, runId: here(note.runId) })
  }
  const nameOf = ({ kind, atMs }: Pick<RestNote, 'kind' | 'atMs'>) => `${kind} ${atMs}`
  const restThere = new Set((await listRestNotes(db, access)).map(nameOf))
  for (const { kind, score, ...note } of restNotes)
    if (!restThere.has(nameOf({ kind, ...note })) && (kind === 'score') === (score !== null))
      await insertRestNote(db, access, { ...note, kind, score, id: newId(), atMs: Math.min(note.atMs, nowMs) })
}
