// Routes of clients.
import { createRoute, z } from '@hono/zod-openapi'
import { insertClient, listClients, updateClient, type ClientSummary } from '../store/clients.ts'
import { listZones } from '../store/zones.ts'
import { fromCursor, newRouter, requireClient, toCursor, type AppContext } from './app-context.ts'
import { ProblemError } from './problem.ts'
import { body, clientInputSchema, clientSchema, json, pageQuery } from './schemas.ts'

const params = z.object({ clientId: z.string() })
const page = z.object({ items: z.array(clientSchema), nextCursor: z.string().nullable() })

const list = createRoute({
  method: 'get',
  path: '/api/clients',
  request: { query: pageQuery },
  responses: { 200: json(page, 'Clients by first name') },
})
const create = createRoute({
  method: 'post',
  path: '/api/clients',
  request: { body: body(clientInputSchema) },
  responses: { 201: json(clientSchema, 'The new client') },
})
const show = createRoute({
  method: 'get',
  path: '/api/clients/{clientId}',
  request: { params },
  responses: { 200: json(clientSchema, 'One client') },
})
const change = createRoute({
  method: 'patch',
  path: '/api/clients/{clientId}',
  request: { params, body: body(clientInputSchema.partial()) },
  responses: { 200: json(clientSchema, 'The changed client') },
})

export function clientRoutes(context: AppContext) {
  const { store, nowMs, newId } = context
  const withZone = async (client: ClientSummary) => {
    const [zone = null] = await listZones(store.db, client.id)
    return { ...client, zone: zone && { ...zone, inputs: { ...zone.inputs } } }
  }
  return newRouter()
    .openapi(list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const key = fromCursor(cursor)
      const clients = await listClients(store.db, limit + 1, key && { firstName: String(key[0]), id: key[1] })
      const items = await Promise.all(clients.slice(0, limit).map(withZone))
      const last = items.at(-1)
      const more = clients.length > limit && last !== undefined
      return c.json({ items, nextCursor: more ? toCursor([last.firstName, last.id]) : null }, 200)
    })
    .openapi(create, async (c) => {
      const input = c.req.valid('json')
      requireAdult(input.birthYear, nowMs())
      const client = { ...input, id: newId(), createdAtMs: nowMs() }
      await insertClient(store.db, client)
      return c.json(await withZone(await requireClient(context, client.id)), 201)
    })
    .openapi(show, async (c) =>
      c.json(await withZone(await requireClient(context, c.req.valid('param').clientId)), 200),
    )
    .openapi(change, async (c) => {
      const { firstName, birthYear, watchLevel } = c.req.valid('json')
      const client = await requireClient(context, c.req.valid('param').clientId)
      if (birthYear !== undefined) requireAdult(birthYear, nowMs())
      await updateClient(store.db, {
        ...client,
        firstName: firstName ?? client.firstName,
        birthYear: birthYear ?? client.birthYear,
        watchLevel: watchLevel ?? client.watchLevel,
      })
      return c.json(await withZone(await requireClient(context, client.id)), 200)
    })
}

/** Adults up to 90 (rule book, K and B8). Only the year is known, so who turns 18 this year is let in. */
function requireAdult(birthYear: number, nowMs: number): void {
  const age = new Date(nowMs).getUTCFullYear() - birthYear
  if (age < 18 || age > 90)
    throw new ProblemError('INVALID_REQUEST', 'birthYear: clients are from 18 to 90 years old', {
      errors: ['birthYear: clients are from 18 to 90 years old'],
    })
}
