// Breaking the glass: staff look at a client who is not theirs, in an emergency, for an hour, with a reason typed. It is
// loud in the log, and the administrator sees a list of it.
import { createRoute, z } from '@hono/zod-openapi'
import { logClinic } from '../../store/access.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireInClinic } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireRoom } from '../require-room.ts'
import { body, json } from '../schemas.ts'

const HOLDS_MS = 3_600_000

const find = createRoute({
  ...guarded('glass.break'),
  method: 'post',
  path: '/api/break-glass/search',
  request: { body: body(z.strictObject({ firstName: z.string().trim().min(2).max(80) })) },
  responses: {
    200: json(
      z.object({ items: z.array(z.object({ id: z.string(), firstName: z.string(), birthYear: z.number().int() })) }),
      'Clients of exactly this first name; the search is logged',
    ),
  },
})
const breakGlass = createRoute({
  ...guarded('glass.break'),
  method: 'post',
  path: '/api/break-glass',
  request: {
    body: body(z.strictObject({ clientId: z.string(), reason: z.string().trim().min(10).max(500) })),
  },
  responses: { 201: json(z.object({ untilMs: z.number().int() }), 'The client may be looked at until then') },
})
const list = createRoute({
  ...guarded('glass.view'),
  method: 'get',
  path: '/api/break-glass',
  responses: {
    200: json(
      z.object({
        items: z.array(
          z.object({
            id: z.string(),
            personId: z.string(),
            personName: z.string().nullable().describe('null where the account is gone'),
            clientId: z.string().nullable().describe('with the reason, null where the client was erased'),
            reason: z.string().nullable(),
            atMs: z.number().int(),
            untilMs: z.number().int(),
          }),
        ),
      }),
      'Every broken glass, newest first',
    ),
  },
})

export function breakGlassRoutes({ store, nowMs, newId }: AppContext) {
  return newRouter()
    .openapi(find, async (c) => {
      const access = requireInClinic(c, find)
      const { firstName } = c.req.valid('json')
      const items = await store.atomically(async (db) => {
        const found = await db
          .selectFrom('client')
          .select(['id', 'first_name', 'birth_year'])
          .where('first_name', '=', firstName)
          .limit(50)
          .execute()
        await logClinic(db, access, 'glass.break', { searched: true, found: found.length })
        return found.map((row) => ({ id: row.id, firstName: row.first_name, birthYear: row.birth_year }))
      })
      return c.json({ items }, 200)
    })
    .openapi(breakGlass, async (c) => {
      const access = requireInClinic(c, breakGlass)
      const { clientId, reason } = c.req.valid('json')
      const untilMs = nowMs() + HOLDS_MS
      await store.atomically(async (db) => {
        const client = await db.selectFrom('client').select('id').where('id', '=', clientId).executeTakeFirst()
        if (client === undefined) throw new ProblemError('NOT_FOUND')
        await requireRoom(db, 'brokenGlass', access.personId, nowMs())
        await db
          .insertInto('break_glass')
          .values({
            id: newId(),
            person_id: access.personId,
            client_id: clientId,
            reason,
            at_ms: nowMs(),
            until_ms: untilMs,
          })
          .execute()
        await logClinic(db, access, 'glass.break', { reason, untilMs }, clientId)
      })
      return c.json({ untilMs }, 201)
    })
    .openapi(list, async (c) => {
      const access = requireInClinic(c, list)
      const rows = await store.atomically(async (db) => {
        await logClinic(db, access, 'glass.view', {})
        return db
          .selectFrom('break_glass')
          .leftJoin('person', 'person.id', 'break_glass.person_id')
          .selectAll('break_glass')
          .select('person.name')
          .orderBy('at_ms', 'desc')
          .limit(200)
          .execute()
      })
      const items = rows.map((row) => ({
        id: row.id,
        personId: row.person_id,
        personName: row.name,
        clientId: row.client_id,
        reason: row.reason,
        atMs: row.at_ms,
        untilMs: row.until_ms,
      }))
      return c.json({ items }, 200)
    })
}
