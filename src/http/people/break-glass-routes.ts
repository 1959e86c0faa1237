// Emergency access ("breaking the glass"): staff look at a client of another group, for an hour at most, with a typed
// reason and a second factor. The log and every page show it, and the administrator has a list of it.
import { createRoute, z } from '@hono/zod-openapi'
import { logClinic } from '../../store/people/access.ts'
import { isNamed } from '../../domain/same-name.ts'
import { listBrokenGlass, type BrokenGlass } from '../../store/people/broken-glass.ts'
import { listClientsNamed } from '../../store/clients/clients.ts'
import { endGlassOf, openGlassOf } from '../../store/people/relations.ts'
import { fromCursor, newRouter, toCursor, type AppContext } from '../app-context.ts'
import { guarded, requireInClinic, requireTwoFactors } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireRoom } from '../require-room.ts'
import { body, epochMs, json, pageQuery } from '../schemas.ts'

const HOLDS_MS = 3_600_000

const groupNames = z.array(z.string()).describe('their names')

const find = createRoute({
  ...guarded('glass.break'),
  method: 'post',
  path: '/api/break-glass/search',
  request: { body: body(z.strictObject({ firstName: z.string().trim().min(2).max(80) })) },
  responses: {
    200: json(
      z.object({
        items: z.array(
          z.object({ id: z.string(), firstName: z.string(), birthYear: z.number().int(), groups: groupNames }),
        ),
      }),
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
            atMs: epochMs.describe('when it was opened: it tells two of them apart and names nobody'),
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
  request: { query: pageQuery },
  responses: {
    200: json(
      z.object({
        nextCursor: z.string().nullable(),
        items: z.array(
          z.object({
            id: z.string(),
            personId: z.string(),
            personName: z.string().nullable().describe('null where the account is gone'),
            client: z
              .object({ id: z.string(), birthYear: z.number().int(), groups: groupNames })
              .nullable()
              .describe(
                'without a name, which administrators do not see; with the reason, null where they were erased',
              ),
            reason: z.string().nullable(),
            atMs: epochMs,
            untilMs: epochMs,
            state: z.enum(['open', 'stopped', 'over']).describe('stopped: before its hour was over'),
          }),
        ),
      }),
      'Every look in an emergency, newest first',
    ),
  },
})

export function breakGlassRoutes({ store, nowMs, newId }: AppContext) {
  return newRouter()
    .openapi(find, async (c) => {
      const access = requireTwoFactors(requireInClinic(c, find))
      const { firstName: typed } = c.req.valid('json')
      const items = await store.atomically(async (db) => {
        const found = await listClientsNamed(db, (name) => isNamed(name, typed))
        await logClinic(db, access, 'glass.break', { searched: true, found: found.length })
        return found
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
        // Another hour takes the place of the one that goes: of each client somebody has one.
        await endGlassOf(db, access.personId, nowMs(), clientId)
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
      const items = rows.flatMap(({ id, client_id: clientId, at_ms: atMs, until_ms: untilMs }) =>
        clientId === null ? [] : [{ id, clientId, atMs, untilMs, leftMs: untilMs - now }],
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
      const { limit, cursor } = c.req.valid('query')
      const from = fromCursor(cursor)
      const behind = from && { atMs: Number(from[0]), id: from[1] }
      const found = await store.atomically(async (db) => {
        await logClinic(db, access, 'glass.view', {})
        return listBrokenGlass(db, { limit: limit + 1, behind })
      })
      const items = found.slice(0, limit).map((glass) => ({ ...glass, state: stateOf(glass, nowMs()) }))
      const last = items.at(-1)
      const nextCursor = found.length > limit && last !== undefined ? toCursor([last.atMs, last.id]) : null
      return c.json({ items, nextCursor }, 200)
    })
}

function stateOf({ atMs, untilMs }: Pick<BrokenGlass, 'atMs' | 'untilMs'>, nowMs: number): 'open' | 'stopped' | 'over' {
  if (untilMs > nowMs) return 'open'
  return untilMs < atMs + HOLDS_MS ? 'stopped' : 'over'
}
