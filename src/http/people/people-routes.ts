// Routes of people: who can sign in, their roles, ending their sessions, inviting, taking an account away.
import { createRoute, z } from '@hono/zod-openapi'
import { roles, staffRoles } from '../../domain/access.ts'
import { logClinic } from '../../store/access.ts'
import type { Database } from '../../store/database.ts'
import { groupsAmong } from '../../store/groups.ts'
import { deleteOpenInvitations, insertInvitation } from '../../store/invitations.ts'
import {
  deletePerson,
  endSessions,
  findPerson,
  isLastAdministrator,
  listPeople,
  setRoles,
  type Person,
} from '../../store/people.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireInClinic, withClient } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireRoom } from '../require-room.ts'
import { body, json } from '../schemas.ts'

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
const staffRole = z.enum(['administrator', 'supervisor', 'therapist'])
const invitation = z
  .object({
    token: z.string().describe('told once, kept nowhere: the link is /join#TOKEN'),
    expiresAtMs: z.number().int(),
  })
  .openapi('Invitation')
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
const invite = createRoute({
  ...guarded('people.manage'),
  method: 'post',
  path: '/api/invitations',
  request: {
    body: body(z.strictObject({ roles: z.array(staffRole).min(1).max(3), groupIds: z.array(z.string()).max(50) })),
  },
  responses: { 201: json(invitation, 'A link that works once, for a week') },
})
const inviteClient = createRoute({
  ...guarded('client.invite'),
  method: 'post',
  path: '/api/clients/{clientId}/invitations',
  request: { params: z.object({ clientId: z.string() }) },
  responses: { 201: json(invitation, "A link to the client's own account") },
})

export function peopleRoutes({ store, nowMs, newId }: AppContext) {
  const requirePerson = async (db: Database, personId: string) => {
    const person = await findPerson(db, personId)
    if (person === null) throw new ProblemError('NOT_FOUND')
    return person
  }
  return newRouter()
    .openapi(list, async (c) => {
      requireInClinic(c, list)
      return c.json({ items: (await listPeople(store.db)).map(toJson) }, 200)
    })
    .openapi(changeRoles, async (c) => {
      const access = requireInClinic(c, changeRoles)
      const { personId } = c.req.valid('param')
      const wanted = c.req.valid('json').roles
      const person = await store.atomically(async (db) => {
        const before = await requirePerson(db, personId)
        if (!wanted.includes('administrator') && (await isLastAdministrator(db, personId)))
          throw new ProblemError('LAST_ADMINISTRATOR')
        await setRoles(db, personId, wanted)
        await deleteOpenInvitations(db, personId)
        await logClinic(db, access, 'people.manage', {
          personId,
          rolesBefore: before.roles.filter((one) => staffRoles.includes(one)),
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
        await deletePerson(db, personId)
        await deleteOpenInvitations(db, personId)
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
    .openapi(invite, async (c) => {
      const access = requireInClinic(c, invite)
      const wanted = c.req.valid('json')
      const made = await store.atomically(async (db) => {
        await requireRoom(db, 'invitation', access.personId, nowMs())
        const groupIds = await groupsAmong(db, wanted.groupIds)
        const one = { id: newId(), roles: wanted.roles, groupIds, clientId: null, invitedBy: access.personId }
        await logClinic(db, access, 'people.manage', { invitationId: one.id, roles: wanted.roles, groupIds })
        return insertInvitation(db, one, nowMs())
      })
      return c.json(made, 201)
    })
    .openapi(inviteClient, async (c) => {
      const { clientId } = c.req.valid('param')
      const invitedBy = c.var.access.personId
      const made = await withClient(store, c, inviteClient, clientId, async (db) => {
        await requireRoom(db, 'invitation', invitedBy, nowMs())
        return insertInvitation(db, { id: newId(), roles: ['client'], groupIds: [], clientId, invitedBy }, nowMs())
      })
      return c.json(made, 201)
    })
}

const toJson = (person: Person) => ({ ...person, roles: [...person.roles] })
