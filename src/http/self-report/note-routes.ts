// Routes of notes: a client asks; their therapist answers or shares a note, in general or about one run.
import { createRoute, z } from '@hono/zod-openapi'
import { noteKinds } from '../../domain/note-kinds.ts'
import type { ClientAccess } from '../../store/people/access.ts'
import { isOwnRecord } from '../../store/clients/clients.ts'
import type { Database } from '../../store/database.ts'
import { findNote, insertNote, listNotePage } from '../../store/self-report/notes.ts'
import { findNames } from '../../store/people/people.ts'
import { runsOf } from '../../store/runs/runs.ts'
import { fromCursor, newRouter, toCursor, type AppContext } from '../app-context.ts'
import { guarded, withClient } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireRoom } from '../require-room.ts'
import { body, epochMs, json, pageQuery } from '../schemas.ts'

const params = z.object({ clientId: z.string() })
const words = {
  text: z.string().trim().min(1).max(1000),
  runId: z.string().nullable().describe('what it is about'),
  answers: z.string().nullable().describe('of an answer: the question; only staff answer'),
}
const input = z
  .strictObject({ ...words, runId: words.runId.default(null), answers: words.answers.default(null) })
  .openapi('NoteInput')
const page = z
  .object({
    items: z
      .array(
        z.object({
          id: z.string(),
          kind: z.enum(noteKinds),
          ...words,
          atMs: epochMs,
          byName: z.string().nullable().describe('null where they have no account here any more'),
          bySelf: z.boolean().describe('by the client themself'),
        }),
      )
      .describe('newest first'),
    nextCursor: z.string().nullable(),
  })
  .openapi('Notes')

const notesQuery = pageQuery.extend({
  runId: z.string().max(100).optional().describe('only what is about this run, and answers to it'),
})

const list = createRoute({
  ...guarded('note.view'),
  method: 'get',
  path: '/api/clients/{clientId}/notes',
  request: { params, query: notesQuery },
  responses: { 200: json(page, 'Questions, answers and shared notes') },
})
const write = createRoute({
  ...guarded('note.write'),
  method: 'post',
  path: '/api/clients/{clientId}/notes',
  request: { params, body: body(input) },
  responses: { 201: json(page, 'A client asks by it; of staff it is an answer, or a note that they share') },
})

export function noteRoutes({ store, nowMs, newId }: AppContext) {
  return newRouter()
    .openapi(list, async (c) => {
      const { clientId } = c.req.valid('param')
      const query = c.req.valid('query')
      return c.json(await withClient(store, c, list, clientId, (db, key) => showNotes(db, key, query)), 200)
    })
    .openapi(write, async (c) => {
      const note = c.req.valid('json')
      const { personId } = c.var.access
      const shown = await withClient(store, c, write, c.req.valid('param').clientId, async (db, key) => {
        const isOwn = await isOwnRecord(db, key, personId)
        await requireTheirs(db, key, note)
        const kind = isOwn ? 'question' : note.answers === null ? 'shared' : 'answer'
        if (isOwn && note.answers !== null)
          throw new ProblemError('INVALID_REQUEST', 'answers: staff answer', { errors: ['answers: staff answer'] })
        await requireRoom(db, 'note', key.clientId, nowMs())
        await insertNote(db, key, { ...note, kind, id: newId(), byPersonId: personId, atMs: nowMs() })
        return showNotes(db, key, firstPage)
      })
      return c.json(shown, 201)
    })
}

/** @throws ProblemError NOT_FOUND where the run or the question is not this client's */
async function requireTheirs(
  db: Database,
  key: ClientAccess,
  { runId, answers }: Pick<z.infer<typeof input>, 'runId' | 'answers'>,
): Promise<void> {
  if (runId !== null && (await runsOf(db, key, [runId])).length === 0) throw new ProblemError('NOT_FOUND')
  if (answers === null) return
  const question = await findNote(db, key, answers)
  if (question?.kind !== 'question') throw new ProblemError('NOT_FOUND')
}

const firstPage = notesQuery.parse({})

async function showNotes(db: Database, key: ClientAccess, { limit, cursor, runId }: z.infer<typeof notesQuery>) {
  const from = fromCursor(cursor)
  const behind = from && { atMs: Number(from[0]), id: from[1] }
  const found = await listNotePage(db, key, { limit: limit + 1, behind, runId: runId ?? null })
  const notes = found.slice(0, limit)
  const last = notes.at(-1)
  const names = await findNames(db, [...new Set(notes.map(({ byPersonId }) => byPersonId))])
  return {
    items: notes.map(({ byPersonId, ...note }) => ({
      ...note,
      byName: names.get(byPersonId) ?? null,
      // Only the client asks.
      bySelf: note.kind === 'question',
    })),
    nextCursor: found.length > limit && last !== undefined ? toCursor([last.atMs, last.id]) : null,
  }
}
