// Routes of notes about rest days (rule G14). The client's therapist writes them, never the client.
import { createRoute, z } from '@hono/zod-openapi'
import { restNoteKinds } from '../../domain/note-kinds.ts'
import type { ClientAccess } from '../../store/people/access.ts'
import type { Database } from '../../store/database.ts'
import { findNames } from '../../store/people/people.ts'
import { deleteRestNote, insertRestNote, listRestNotes } from '../../store/self-report/rest-notes.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, withClient } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireRoom } from '../require-room.ts'
import { body, epochMs, json } from '../schemas.ts'

const YEAR_MS = 366 * 86_400_000

const params = z.object({ clientId: z.string() })
const score = z.number().int().min(6).max(30)
const atMs = epochMs.optional().describe('the day that it is of, a year back at most; else now')
const input = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('upset'), atMs }),
    z.strictObject({
      kind: z.literal('score'),
      atMs,
      score: score.describe('of six items, 1 to 5 each; no item is kept'),
    }),
  ])
  .openapi('RestNoteInput')
const page = z
  .object({
    items: z
      .array(
        z.object({
          id: z.string(),
          kind: z
            .enum(restNoteKinds)
            .describe('`upset`: an advised rest day was taken hard; `score`: the result of a questionnaire'),
          atMs: epochMs,
          score: score.nullable(),
          byName: z.string().nullable().describe('null where they have no account here any more'),
        }),
      )
      .describe('newest first'),
  })
  .openapi('RestNotes')

const list = createRoute({
  ...guarded('flag.view'),
  method: 'get',
  path: '/api/clients/{clientId}/rest-notes',
  request: { params },
  responses: { 200: json(page, 'What was written down about rest days') },
})
const write = createRoute({
  ...guarded('flag.review'),
  method: 'post',
  path: '/api/clients/{clientId}/rest-notes',
  request: { params, body: body(input) },
  responses: { 201: json(page, 'Written down') },
})
const remove = createRoute({
  ...guarded('flag.review'),
  method: 'delete',
  path: '/api/clients/{clientId}/rest-notes/{restNoteId}',
  request: { params: params.extend({ restNoteId: z.string() }) },
  responses: { 200: json(page, 'It was a mistake, and is gone') },
})

export function restNoteRoutes({ store, nowMs, newId }: AppContext) {
  return newRouter()
    .openapi(list, async (c) => c.json(await withClient(store, c, list, c.req.valid('param').clientId, showNotes), 200))
    .openapi(write, async (c) => {
      const note = c.req.valid('json')
      const { personId } = c.var.access
      const now = nowMs()
      const at = note.atMs ?? now
      if (at > now || at < now - YEAR_MS) throw new ProblemError('INVALID_REQUEST', WHEN, { errors: [WHEN] })
      const id = newId()
      const work = async (db: Database, key: ClientAccess<'flag.review'>) => {
        const ofScore = note.kind === 'score' ? note.score : null
        await requireRoom(db, 'restNote', key.clientId, now)
        const written = { byPersonId: personId, writtenAtMs: now }
        await insertRestNote(db, key, { id, kind: note.kind, atMs: at, score: ofScore, ...written })
        return showNotes(db, key)
      }
      // Its kind and its day, which tell of it where it is taken away again; never the result.
      const detail = { restNoteId: id, kind: note.kind, atMs: at }
      const shown = await withClient(store, c, write, c.req.valid('param').clientId, work, detail)
      return c.json(shown, 201)
    })
    .openapi(remove, async (c) => {
      const { clientId, restNoteId } = c.req.valid('param')
      const work = async (db: Database, key: ClientAccess<'flag.review'>) => {
        if (!(await deleteRestNote(db, key, restNoteId, nowMs()))) throw new ProblemError('NOT_FOUND')
        return showNotes(db, key)
      }
      const shown = await withClient(store, c, remove, clientId, work, { removed: true, restNoteId })
      return c.json(shown, 200)
    })
}

const WHEN = 'atMs: from a year ago until now'

async function showNotes(db: Database, key: ClientAccess) {
  const notes = await listRestNotes(db, key)
  const names = await findNames(db, [...new Set(notes.map(({ byPersonId }) => byPersonId))])
  return {
    items: notes.map(({ byPersonId, writtenAtMs: _writtenAtMs, ...note }) => ({
      ...note,
      byName: names.get(byPersonId) ?? null,
    })),
  }
}
