// Routes of people: the accounts, their roles, ending their sessions, removing an account.
import { createRoute, z } from '@hono/zod-openapi'
import { isStaffRole, roles, staffRoles } from '../../domain/access.ts'
import { logClinic } from '../../store/people/access.ts'
import type { Database } from '../../store/database.ts'
import {
  deletePasskey,
  deletePerson,
  findPerson,
  isLastAdministrator,
  listPasskeysOf,
  listPeople,
  setRoles,
  type Person,
} from '../../store/people/people.ts'
import { endSessions } from '../../store/sign-in/sessions.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireInClinic } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { body, json } from '../schemas.ts'
import { requireFresh } from '../sign-in/session.ts'

const role = z.enum(roles)
const personSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    createdAtMs: z.number().int(),
    hasTotp: z.boolean(),
    passkeys: z.number().int(),
    roles: z.array(role),
    clientId: z.string().nullable(),
  })
  .openapi('Person')
const staffRole = z.enum(staffRoles)
const params = z.object({ personId: z.string() })
const gone = { 204: { description: 'Done' } }

const list = createRoute({
  ...guarded('people.view'),
  method: 'get',
  path: '/api/people',
  responses: { 200: json(z.object({ items: z.array(personSchema) }), 'Everybody who can sign in, by name') },
})
const changeRoles = createRoute({
  ...guarded('people.manage'),
  method: 'put',
  path: '/api/people/{personId}/roles',
  request: { params, body: body(z.strictObject({ roles: z.array(staffRole).max(3) })) },
  responses: { 200: json(personSchema, 'With the roles from now on; a role that is gone is gone at once') },
})
const remove = createRoute({
  ...guarded('people.manage'),
  method: 'delete',
  path: '/api/people/{personId}',
  request: { params },
  responses: gone,
})
const signOut = createRoute({
  ...guarded('people.manage'),
  method: 'delete',
  path: '/api/people/{personId}/sessions',
  request: { params },
  responses: gone,
})
const listPasskeys = createRoute({
  ...guarded('people.view'),
  method: 'get',
  path: '/api/people/{personId}/passkeys',
  request: { params },
  responses: {
    200: json(
      z.object({
        items: z.array(
          z.object({ id: z.string(), name: z.string().nullable(), addedAtMs: z.number().int().nullable() }),
        ),
      }),
      'Their passkeys, oldest first',
    ),
  },
})
const removePasskey = createRoute({
  ...guarded('people.manage'),
  method: 'delete',
  path: '/api/people/{personId}/passkeys/{passkeyId}',
  request: { params: params.extend({ passkeyId: z.string() }) },
  responses: gone,
})

export function peopleRoutes({ store, nowMs }: AppContext) {
  const requirePerson = async (db: Database, personId: string) => {
    const person = await findPerson(db, personId)
    if (person === null) throw new ProblemError('NOT_FOUND')
    return person
  }
  return newRouter()
    .openapi(list, async (c) => {
      const access = requireInClinic(c, list)
      const people = await store.atomically(async (db) => {
        await logClinic(db, access, 'people.view', {})
        return listPeople(db)
      })
      return c.json({ items: people.map(toJson) }, 200)
    })
    .openapi(changeRoles, async (c) => {
      const access = requireInClinic(c, changeRoles)
      const { personId } = c.req.valid('param')
      const wanted = c.req.valid('json').roles
      const person = await store.atomically(async (db) => {
        const before = await requirePerson(db, personId)
        if (!wanted.includes('administrator') && (await isLastAdministrator(db, personId)))
          throw new ProblemError('LAST_ADMINISTRATOR')
        await setRoles(db, personId, wanted, nowMs())
        await logClinic(db, access, 'people.manage', {
          personId,
          rolesBefore: before.roles.filter(isStaffRole),
          roles: wanted,
        })
        return requirePerson(db, personId)
      })
      return c.json(toJson(person), 200)
    })
    .openapi(remove, async (c) => {
      const access = requireInClinic(c, remove)
      const { personId } = c.req.valid('param')
      await store.atomically(async (db) => {
        await requirePerson(db, personId)
        if (await isLastAdministrator(db, personId)) throw new ProblemError('LAST_ADMINISTRATOR')
        await deletePerson(db, personId, nowMs())
        await logClinic(db, access, 'people.manage', { personId, removed: true })
      })
      return c.body(null, 204)
    })
    .openapi(signOut, async (c) => {
      const access = requireInClinic(c, signOut)
      const { personId } = c.req.valid('param')
      await store.atomically(async (db) => {
        await requirePerson(db, personId)
        await endSessions(db, personId)
        await logClinic(db, access, 'people.manage', { personId, sessionsEnded: true })
      })
      return c.body(null, 204)
    })
    .openapi(listPasskeys, async (c) => {
      const access = requireInClinic(c, listPasskeys)
      const { personId } = c.req.valid('param')
      const items = await store.atomically(async (db) => {
        await requirePerson(db, personId)
        await logClinic(db, access, 'people.view', { personId, passkeys: true })
        return listPasskeysOf(db, personId)
      })
      return c.json({ items }, 200)
    })
    .openapi(removePasskey, async (c) => {
      const access = requireInClinic(c, removePasskey)
      requireFresh(c.var, nowMs())
      const { personId, passkeyId } = c.req.valid('param')
      await store.atomically(async (db) => {
        if (!(await deletePasskey(db, personId, passkeyId))) throw new ProblemError('NOT_FOUND')
        await endSessions(db, personId)
        await logClinic(db, access, 'people.manage', { personId, passkeyRemoved: true, sessionsEnded: true })
      })
      return c.body(null, 204)
    })
}

const toJson = (person: Person) => ({ ...person, roles: [...person.roles] })
