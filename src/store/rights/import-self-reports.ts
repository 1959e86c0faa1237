// Imports agreements, the client's reports, their decision about sharing, and messages with their therapists. Each is
// imported once, however often the archive comes; its moment identifies it. Staff import archives, so nothing in them
// may be newer than the client's own last decision here, or replace it. Only the end of sharing always wins, wherever
// it was said.
import type { ClientArchive } from '../../formats/archive/client-archive.ts'
import type { ClientAccess } from '../people/access.ts'
import { insertSharing, listAfterRuns, listSharing, putAfterRun } from '../self-report/after-runs.ts'
import type { Database } from '../database.ts'
import { insertNote, listNotes } from '../self-report/notes.ts'
import { insertPlan, listPlans } from '../clients/plans.ts'
import { findRemoval, nameOfRestNote, type Removal } from './removals.ts'
import { insertRestNote, listRestNotes } from '../self-report/rest-notes.ts'

interface Importing {
  readonly access: ClientAccess<'data.import'>
  readonly newId: () => string
  readonly nowMs: number
}
type IdHere = (runId: string | null) => string | null

/** @param runIds   ids of the archive's runs here
 *  @param removals what stays away */
export async function importSelfReports(
  db: Database,
  context: Importing,
  archive: ClientArchive,
  runIds: ReadonlyMap<string, string>,
  removals: readonly Removal[],
): Promise<void> {
  const here: IdHere = (runId) => (runId === null ? null : (runIds.get(runId) ?? null))
  await importPlans(db, context, archive)
  await importSharing(db, context, archive)
  await importAfterRuns(db, context, archive, here, removals)
  await importNotes(db, context, archive, here)
  await importRestNotes(db, context, archive, removals)
}

async function importPlans(db: Database, { access, newId, nowMs }: Importing, { plans }: ClientArchive): Promise<void> {
  const there = new Set((await listPlans(db, access)).map(({ createdAtMs }) => createdAtMs))
  // Oldest first, so that two of one moment keep their order.
  for (const plan of plans.toReversed())
    if (!there.has(plan.createdAtMs))
      // Nothing is agreed for a moment to come: the newest version is the one that holds.
      await insertPlan(db, access, { ...plan, id: newId(), validFromMs: Math.min(plan.validFromMs, nowMs) })
}

/** That they share comes in as history only: nobody agrees for them after their last word here. That they share no more holds from
 *  when they said it, wherever that was; no later than now. */
async function importSharing(db: Database, { access, nowMs }: Importing, { sharing }: ClientArchive): Promise<void> {
  const there = await listSharing(db, access)
  const lastWordMs = there[0]?.atMs ?? nowMs
  for (const { atMs, agreed } of sharing) {
    const same = there.find((one) => one.atMs === atMs)
    if (agreed ? same === undefined && atMs <= lastWordMs : same?.agreed !== false)
      await insertSharing(db, access, { atMs: agreed ? atMs : Math.min(atMs, nowMs), agreed })
  }
}

/** What they told comes in while they share what they tell, and where they shared it when they told it. */
async function importAfterRuns(
  db: Database,
  { access, newId, nowMs }: Importing,
  { afterRuns }: ClientArchive,
  here: IdHere,
  removals: readonly Removal[],
): Promise<void> {
  const words = await listSharing(db, access)
  const [lastWord] = words
  if (lastWord === undefined || !lastWord.agreed) return
  const there = await listAfterRuns(db, access)
  const moments = new Set(there.map(({ atMs }) => atMs))
  const runsTold = new Set(there.map(({ runId }) => runId))
  for (const report of afterRuns) {
    const runId = here(report.runId)
    const writtenAtMs = report.writtenAtMs == null ? null : Math.min(report.writtenAtMs, nowMs)
    const wordThen = words.find(({ atMs }) => atMs <= (writtenAtMs ?? report.atMs))
    if (wordThen?.agreed === false || moments.has(report.atMs) || (runId !== null && runsTold.has(runId))) continue
    const one = { kind: 'after_run', what: String(report.atMs), sinceMs: writtenAtMs } as const
    if (findRemoval(removals, one) !== null) continue
    await putAfterRun(db, access, { ...report, id: newId(), runId, writtenAtMs })
  }
}

async function importNotes(
  db: Database,
  { access, newId }: Importing,
  { notes }: ClientArchive,
  here: IdHere,
): Promise<void> {
  const there = new Map((await listNotes(db, access)).map((note) => [`${note.atMs} ${note.text}`, note.id]))
  const ids = new Map<string, string>()
  // Questions come before their answers.
  for (const note of notes.toReversed()) {
    const known = there.get(`${note.atMs} ${note.text}`)
    const id = known ?? newId()
    ids.set(note.id, id)
    const answers = note.answers === null ? null : (ids.get(note.answers) ?? null)
    if (known === undefined) await insertNote(db, access, { ...note, id, answers, runId: here(note.runId) })
  }
}

async function importRestNotes(
  db: Database,
  { access, newId, nowMs }: Importing,
  { restNotes }: ClientArchive,
  removals: readonly Removal[],
): Promise<void> {
  const there = new Set((await listRestNotes(db, access)).map(nameOfRestNote))
  for (const { kind, score, writtenAtMs = null, ...note } of restNotes) {
    const what = nameOfRestNote({ kind, ...note })
    if (there.has(what) || (kind === 'score') !== (score !== null)) continue
    if (findRemoval(removals, { kind: 'rest_note', what, sinceMs: writtenAtMs }) !== null) continue
    await insertRestNote(db, access, {
      ...note,
      kind,
      score,
      id: newId(),
      atMs: Math.min(note.atMs, nowMs),
      writtenAtMs,
    })
  }
}
