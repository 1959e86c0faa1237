// Breaking the glass: staff look at a client who is not theirs, in an emergency, for an hour at most, with a reason typed and a
// second factor used. It is loud in the log and on every page, and the administrator sees a list of it.
import { createRoute, z } from '@hono/zod-openapi'
import { logClinic, type Access } from '../../store/access.ts'
import { isNamed } from '../../domain/same-name.ts'
import { listClientsNamed } from '../../store/clients.ts'
import { openGlassOf } from '../../store/standing.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireInClinic } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireRoom } from '../require-room.ts'
import { body, epochMs, json } from '../schemas.ts'

const HOLDS_MS = 3_600_000
/** product choice: who has more namesakes is found by another way. */
const MOST_FOUND = 50

const find = createRoute({
  ...guarded('glass.break'),
  method: 'post',
  path: '/api/break-glass/search',
  request: { body: body(z.strictObject({ firstName: z.string().trim().min(2).max(80) })) },
  responses: {
    200: json(
      z.object({ items: z.array(z.object({ id: z.string(), firstName: z.string(), birthYear: z.number().int() })) }),
      'Clients of this first name, whatever its case, accents and particles; the search is logged',
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
const mine = createRoute({
  ...guarded('glass.break'),
  method: 'get',
  path: '/api/break-glass/mine',
  responses: {
    200: json(
      z.object({
        items: z.array(
          z.object({
            id: z.string(),
            clientId: z.string(),
            untilMs: epochMs,
            leftMs: z.number().int().describe('from now: the clock of a phone may be another'),
          }),
        ),
      }),
      'Emergencies of mine that still hold; says nothing of anybody',
    ),
  },
})
const end = createRoute({
  ...guarded('glass.break'),
  method: 'delete',
  path: '/api/break-glass/{glassId}',
  request: { params: z.object({ glassId: z.string() }) },
  responses: { 204: { description: 'It holds no longer; of mine only' } },
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
      const access = requireTwoFactors(requireInClinic(c, find))
      const { firstName: typed } = c.req.valid('json')
      const items = await store.atomically(async (db) => {
        const found = (await listClientsNamed(db, (name) => isNamed(name, typed))).slice(0, MOST_FOUND)
        await logClinic(db, access, 'glass.break', { searched: true, found: found.length })
        return found.map(({ id, firstName, birthYear }) => ({ id, firstName, birthYear }))
      })
      return c.json({ items }, 200)
    })
    .openapi(breakGlass, async (c) => {
      const access = requireTwoFactors(requireInClinic(c, breakGlass))
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
    .openapi(mine, async (c) => {
      const { personId } = requireInClinic(c, mine)
      const now = nowMs()
      const rows = await openGlassOf(store.db, personId, now).orderBy('until_ms').execute()
      const items = rows.flatMap(({ id, client_id: clientId, until_ms: untilMs }) =>
        clientId === null ? [] : [{ id, clientId, untilMs, leftMs: untilMs - now }],
      )
      return c.json({ items }, 200)
    })
    .openapi(end, async (c) => {
      const access = requireInClinic(c, end)
      const { glassId } = c.req.valid('param')
      await store.atomically(async (db) => {
        const ended = await db
          .updateTable('break_glass')
          .set({ until_ms: nowMs() })
          .where('id', 'in', openGlassOf(db, access.personId, nowMs()).clearSelect().select('id'))
          .where('id', '=', glassId)
          .returning('client_id')
          .executeTakeFirst()
        if (ended === undefined) throw new ProblemError('NOT_FOUND')
        await logClinic(db, access, 'glass.break', { ended: true }, ended.client_id)
      })
      return c.body(null, 204)
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

/** A password alone opens nobody's data in an emergency, in the first minutes of an account neither.
 *  @throws ProblemError SECOND_FACTOR_REQUIRED */
function requireTwoFactors(access: Access): Access {
  if (access.hasTwoFactors !== true) throw new ProblemError('SECOND_FACTOR_REQUIRED')
  return access
}
