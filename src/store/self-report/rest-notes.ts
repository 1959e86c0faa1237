// A therapist's notes about rest days (rule G14): that an advised rest day was hard for the client, and the result of a
// questionnaire, as a number with its date. No answer and no item of a questionnaire is stored.
import type { Selectable } from 'kysely'
import { restNoteKinds, type RestNoteKind } from '../../domain/note-kinds.ts'
import type { ClientAccess } from '../people/access.ts'
import { closedWord } from '../closed-word.ts'
import type { Database } from '../database.ts'
import { question } from '../question.ts'
import { nameOfRestNote, noteRemoval } from '../rights/removals.ts'
import type { Tables } from '../tables.ts'

export interface RestNote {
  readonly id: string
  readonly kind: RestNoteKind
  readonly atMs: number
  /** Of `score` alone. */
  readonly score: number | null
  readonly byPersonId: string
  /** When it was written; null where that was not kept yet. */
  readonly writtenAtMs: number | null
}

export async function insertRestNote(
  db: Database,
  { clientId }: ClientAccess<'flag.review' | 'data.import'>,
  { id, kind, atMs, score, byPersonId, writtenAtMs }: RestNote,
): Promise<void> {
  await db
    .insertInto('rest_note')
    .values({ id, client_id: clientId, kind, at_ms: atMs, score, by_person_id: byPersonId, written_at_ms: writtenAtMs })
    .execute()
}

/** Newest first. */
export async function listRestNotes(db: Database, { clientId }: ClientAccess): Promise<RestNote[]> {
  return (await restNotesOf(db, clientId)).map(toRestNote)
}

const restNotesOf = question((db, clientId: string) =>
  db.selectFrom('rest_note').selectAll().where('client_id', '=', clientId).orderBy('at_ms', 'desc').orderBy('id'),
)

/** Written by mistake. @returns false where there is no such one of this client */
export async function deleteRestNote(
  db: Database,
  access: ClientAccess<'flag.review' | 'data.import'>,
  id: string,
  nowMs: number,
): Promise<boolean> {
  const gone = await db
    .deleteFrom('rest_note')
    .where('client_id', '=', access.clientId)
    .where('id', '=', id)
    .returning(['kind', 'at_ms'])
    .executeTakeFirst()
  if (gone === undefined) return false
  const what = nameOfRestNote({ kind: gone.kind, atMs: gone.at_ms })
  await noteRemoval(db, access, { kind: 'rest_note', what, atMs: nowMs, runId: null, byClient: false })
  return true
}

const toRestNote = (row: Selectable<Tables['rest_note']>): RestNote => ({
  id: row.id,
  kind: closedWord(restNoteKinds, row.kind, 'rest_note.kind'),
  atMs: row.at_ms,
  score: row.score,
  byPersonId: row.by_person_id,
  writtenAtMs: row.written_at_ms,
})
