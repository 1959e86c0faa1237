// Messages between a client and their therapists: questions, answers, and notes that staff share. They never change. If
// the run of a note is removed, the note only loses its link.
import type { Selectable } from 'kysely'
import { noteKinds, type NoteKind } from '../../domain/note-kinds.ts'
import type { ClientAccess } from '../people/access.ts'
import { closedWord } from '../closed-word.ts'
import type { Database } from '../database.ts'
import { among, question, toAmong } from '../question.ts'
import type { Tables } from '../tables.ts'

export interface Note {
  readonly id: string
  readonly kind: NoteKind
  readonly text: string
  /** What it is about; null where it is about no one run. */
  readonly runId: string | null
  /** Of an answer: the question. */
  readonly answers: string | null
  readonly byPersonId: string
  readonly atMs: number
}

export async function insertNote(
  db: Database,
  { clientId }: ClientAccess<'note.write' | 'data.import'>,
  note: Note,
): Promise<void> {
  await db
    .insertInto('note')
    .values({
      id: note.id,
      client_id: clientId,
      run_id: note.runId,
      kind: note.kind,
      text: note.text,
      answers: note.answers,
      by_person_id: note.byPersonId,
      at_ms: note.atMs,
    })
    .execute()
}

/** Newest first. */
export async function listNotes(db: Database, { clientId }: ClientAccess): Promise<Note[]> {
  const rows = await db
    .selectFrom('note')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('at_ms', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(toNote)
}

/** What a page of notes is of. */
export interface NotePage {
  readonly limit: number
  /** Only what comes behind this one. */
  readonly behind: Pick<Note, 'atMs' | 'id'> | null
  /** Only what is about this run, and answers to it. */
  readonly runId: string | null
}

/** Newest first. An answer comes before its question: what is shown of a question is all that was answered. */
export async function listNotePage(
  db: Database,
  { clientId }: ClientAccess,
  { limit, behind, runId }: NotePage,
): Promise<Note[]> {
  let query = db.selectFrom('note').selectAll().where('client_id', '=', clientId)
  if (behind !== null)
    query = query.where((on) =>
      on.or([on('at_ms', '<', behind.atMs), on.and([on('at_ms', '=', behind.atMs), on('id', '>', behind.id)])]),
    )
  if (runId !== null) {
    const aboutRun = db.selectFrom('note').select('id').where('client_id', '=', clientId).where('run_id', '=', runId)
    query = query.where((on) => on.or([on('run_id', '=', runId), on('answers', 'in', aboutRun)]))
  }
  const rows = await query.orderBy('at_ms', 'desc').orderBy('id').limit(limit).execute()
  return rows.map(toNote)
}

/** @returns null where there is no such one of this client */
export async function findNote(db: Database, { clientId }: ClientAccess, id: string): Promise<Note | null> {
  const row = await db
    .selectFrom('note')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : toNote(row)
}

/** How many questions of each client nobody has answered; who has none is left out. */
export async function countOpenQuestions(
  db: Database,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await openQuestionsOf(db, toAmong(clientIds))
  return new Map(rows.map(({ client_id, count }) => [client_id, count]))
}

const openQuestionsOf = question((db, clientIds: string) =>
  db
    .selectFrom('note')
    .select('client_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('client_id', 'in', among(clientIds))
    .where('kind', '=', 'question')
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('note as answer').select('answer.id').whereRef('answer.answers', '=', 'note.id'))),
    )
    .groupBy('client_id'),
)

const toNote = (row: Selectable<Tables['note']>): Note => ({
  id: row.id,
  kind: closedWord(noteKinds, row.kind, 'note.kind'),
  text: row.text,
  runId: row.run_id,
  answers: row.answers,
  byPersonId: row.by_person_id,
  atMs: row.at_ms,
})
