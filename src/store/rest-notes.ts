// What whoever guides a client wrote down about rest days (rule G14): that an advised rest day was taken hard, and the result of
// a questionnaire, as a number and its date. No answer and no item of a questionnaire is kept.
import type { Selectable } from 'kysely'
import type { ClientAccess } from './access.ts'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'

export const restNoteKinds = ['upset', 'score'] as const
/** `upset`: an advised rest day was taken hard. `score`: the result of a questionnaire. */
export type RestNoteKind = (typeof restNoteKinds)[number]

export interface RestNote {
  readonly id: string
  readonly kind: RestNoteKind
  readonly atMs: number
  /** Of `score` alone. */
  readonly score: number | null
  readonly byPersonId: string
}

export async function insertRestNote(
  db: Database,
  { clientId }: ClientAccess<'flag.review' | 'data.import'>,
  { id, kind, atMs, score, byPersonId }: RestNote,
): Promise<void> {
  await db
    .insertInto('rest_note')
    .values({ id, client_id: clientId, kind, at_ms: atMs, score, by_person_id: byPersonId })
    .execute()
}

/** Newest first. */
export async function listRestNotes(db: Database, { clientId }: ClientAccess): Promise<RestNote[]> {
  const rows = await db
    .selectFrom('rest_note')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('at_ms', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(toRestNote)
}

/** Written by mistake. @returns false where there is no such one of this client */
export async function deleteRestNote(
  db: Database,
  { clientId }: ClientAccess<'flag.review'>,
  id: string,
): Promise<boolean> {
  const gone = await db
    .deleteFrom('rest_note')
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return gone !== undefined
}

const toRestNote = (row: Selectable<Tables['rest_note']>): RestNote => ({
  id: row.id,
  kind: restNoteKinds.find((kind) => kind === row.kind) ?? 'upset',
  atMs: row.at_ms,
  score: row.score,
  byPersonId: row.by_person_id,
})
