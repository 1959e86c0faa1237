// Routes of clients.
import { inForce } from '../../domain/zone/zone-versions.ts'
import { createRoute, z } from '@hono/zod-openapi'
import {
  listActions,
  logClinic,
  openClient,
  openClients,
  type Access,
  type ClientAccess,
} from '../../store/people/access.ts'
import {
  findClient,
  findOwnRecords,
  insertClient,
  listClients,
  updateClient,
  type ClientSummary,
} from '../../store/clients/clients.ts'
import type { Database } from '../../store/database.ts'
import { listGroups } from '../../store/people/groups.ts'
import { countOpenQuestions } from '../../store/self-report/notes.ts'
import { listZones, listZonesOfEach } from '../../store/clients/zones.ts'
import { readerOf, showZone, showZonesOfEach } from './shown-zone.ts'
import { fromCursor, newRouter, toCursor, type AppContext } from '../app-context.ts'
import { guarded, requireInClinic, withClient } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireReadableName } from '../readable-name.ts'
import { requireRoom } from '../require-room.ts'
import { body, json, pageQuery } from '../schemas.ts'
import { clientInputSchema, clientSchema, shownClientSchema } from './client-schemas.ts'

const params = z.object({ clientId: z.string() })
const newClientSchema = clientInputSchema.extend({
  groupId: z.string().optional().describe('one of your groups; not needed where you have one'),
})
/** Without the default of a new client: a name that changes must not turn the extra look off. */
const changeSchema = clientInputSchema.extend({ watchLevel: clientInputSchema.shape.watchLevel.unwrap() }).partial()
const listedClient = clientSchema
  .extend({ openQuestions: z.number().int().nullable().describe('without an answer; null for clients') })
  .openapi('ListedClient')
const page = z.object({ items: z.array(listedClient), nextCursor: z.string().nullable() })

const list = createRoute({
  ...guarded('clients.list'),
  method: 'get',
  path: '/api/clients',
  request: { query: pageQuery },
  responses: { 200: json(page, 'Clients by first name') },
})
const create = createRoute({
  ...guarded('client.add'),
  method: 'post',
  path: '/api/clients',
  request: { body: body(newClientSchema) },
  responses: { 201: json(clientSchema, 'The new client') },
})
const show = createRoute({
  ...guarded('client.view'),
  method: 'get',
  path: '/api/clients/{clientId}',
  request: { params },
  responses: { 200: json(shownClientSchema, 'One client') },
})
const change = createRoute({
  ...guarded('client.change'),
  method: 'patch',
  path: '/api/clients/{clientId}',
  request: { params, body: body(changeSchema) },
  responses: { 200: json(clientSchema, 'The changed client') },
})

export function clientRoutes({ store, nowMs, newId }: AppContext) {
  return newRouter()
    .openapi(list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const key = fromCursor(cursor)
      const access = requireInClinic(c, list)
      const page = await store.shortly(async (db) => {
        const clients = await listClients(db, access, limit + 1, key && key[1])
        if (clients === null) throw new ProblemError('INVALID_REQUEST', 'cursor: not one of ours')
        const items = []
        const shown = clients.slice(0, limit)
        const ids = shown.map(({ id }) => id)
        const questions = mayAnswer(access) ? await countOpenQuestions(db, ids) : null
        const keys = await openClients(db, access, 'zone.view', ids, { list: true })
        const zones = await findZonesOfEach(db, [...keys.values()], access, nowMs())
        for (const client of shown) {
          const openQuestions = questions === null ? null : (questions.get(client.id) ?? 0)
          if (keys.has(client.id)) items.push({ ...client, zone: zones.get(client.id) ?? null, openQuestions })
        }
        return { items, more: clients.length > limit }
      })
      const last = page.items.at(-1)
      const nextCursor = page.more && last !== undefined ? toCursor(['client', last.id]) : null
      return c.json({ items: page.items, nextCursor }, 200)
    })
    .openapi(create, async (c) => {
      const { groupId = null, ...input } = c.req.valid('json')
      requireReadableName(input.firstName)
      const access = requireInClinic(c, create)
      requireAdult(input.birthYear, nowMs())
      const id = newId()
      const client = await store.atomically(async (db) => {
        const own = (await listGroups(db, access.personId)).filter(({ staff }) =>
          staff.some(({ personId, role }) => personId === access.personId && role === 'therapist'),
        )
        const group = groupId === null ? (own.length === 1 ? own[0] : undefined) : own.find((one) => one.id === groupId)
        if (group === undefined)
          throw new ProblemError('INVALID_REQUEST', 'groupId: one of your own groups', {
            errors: ['groupId: one of your own groups'],
          })
        await requireRoom(db, 'client', '', nowMs())
        await insertClient(db, { ...input, id, createdAtMs: nowMs() }, group.id)
        await logClinic(db, access, 'client.add', { groupId: group.id }, id)
        const key = await openClient(db, access, 'client.view', id)
        if (key === null) throw new ProblemError('NOT_FOUND')
        return showClient(db, key, c.var.access, nowMs())
      })
      return c.json(client, 201)
    })
    .openapi(show, async (c) =>
      c.json(
        await withClient(store, c, show, c.req.valid('param').clientId, async (db, key) => ({
          ...(await showClient(db, key, c.var.access, nowMs())),
          actions: await listActions(db, c.var.access, key.clientId),
        })),
        200,
      ),
    )
    .openapi(change, async (c) => {
      const { firstName, birthYear, watchLevel } = c.req.valid('json')
      if (birthYear !== undefined) requireAdult(birthYear, nowMs())
      if (firstName !== undefined) requireReadableName(firstName)
      const changed = await withClient(store, c, change, c.req.valid('param').clientId, async (db, key) => {
        const client = await requireClient(db, key)
        await updateClient(db, key, {
          firstName: firstName ?? client.firstName,
          birthYear: birthYear ?? client.birthYear,
          watchLevel: watchLevel ?? client.watchLevel,
        })
        return showClient(db, key, c.var.access, nowMs())
      })
      return c.json(changed, 200)
    })
}

const mayAnswer = ({ roles }: Access): boolean => roles.some((role) => role !== 'client')

async function requireClient(db: Database, key: ClientAccess): Promise<ClientSummary> {
  const client = await findClient(db, key)
  if (client === null) throw new ProblemError('NOT_FOUND')
  return client
}

const showClient = async (db: Database, key: ClientAccess, access: Access, nowMs: number) =>
  withZone(db, key, await requireClient(db, key), access, nowMs)

async function withZone(db: Database, key: ClientAccess, client: ClientSummary, access: Access, nowMs: number) {
  const zone = inForce(await listZones(db, key), nowMs)
  return { ...client, zone: zone && (await showZone(db, zone, await readerOf(db, key, access))) }
}

/** The limits that hold now, of all clients of a page at once. */
async function findZonesOfEach(db: Database, keys: readonly ClientAccess[], { personId }: Access, nowMs: number) {
  const versions = await listZonesOfEach(db, keys)
  const own = await findOwnRecords(db, [...versions.keys()], personId)
  const shown = [...versions].flatMap(([clientId, all]) => {
    const version = inForce(all, nowMs)
    return version === null ? [] : [{ version, reader: own.has(clientId) ? ('client' as const) : ('staff' as const) }]
  })
  const zones = await showZonesOfEach(db, shown)
  return new Map(shown.map(({ version }, i) => [version.clientId, zones[i]]))
}

/** Adults up to 90 (rule book, K and B8). Only the year is known, so who turns 18 this year is let in. */
export function requireAdult(birthYear: number, nowMs: number): void {
  const age = new Date(nowMs).getUTCFullYear() - birthYear
  if (age < 18 || age > 90)
    throw new ProblemError('INVALID_REQUEST', 'birthYear: clients are from 18 to 90 years old', {
      errors: ['birthYear: clients are from 18 to 90 years old'],
    })
}
