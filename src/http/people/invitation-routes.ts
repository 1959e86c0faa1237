// Routes of invitations: make a link, list links with their state, take a link back. Therapists handle links to a
// client's account; administrators handle links for staff.
import { createRoute, z } from '@hono/zod-openapi'
import { roles, staffRoles } from '../../domain/access.ts'
import { logClinic, type ClientAccess } from '../../store/people/access.ts'
import { hasAccount } from '../../store/clients/clients.ts'
import type { Database } from '../../store/database.ts'
import { groupsAmong } from '../../store/people/groups.ts'
import { endings, insertInvitation, listInvitations, takeBackInvitation } from '../../store/people/invitations.ts'
import { findNames } from '../../store/people/people.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireInClinic, withClient } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireRoom } from '../require-room.ts'
import { body, epochMs, json } from '../schemas.ts'

const staffRole = z.enum(staffRoles)
const name = z.string().trim().max(80).default('').describe('to tell the link apart: for whom, or how it was sent')
const invitation = z
  .object({
    id: z.string(),
    token: z.string().describe('told once, kept nowhere: the link is /join#TOKEN'),
    name: z.string(),
    expiresAtMs: epochMs,
  })
  .openapi('Invitation')
const listed = z
  .object({
    id: z.string(),
    name: z.string(),
    roles: z.array(z.enum(roles)),
    groupIds: z.array(z.string()),
    invitedBy: z.string().nullable(),
    invitedByName: z.string().nullable().describe('null where the account is gone'),
    createdAtMs: epochMs,
    expiresAtMs: epochMs,
    openedAtMs: epochMs
      .nullable()
      .describe('when a page read it: it works on that page alone since, and a day at most'),
    usedAtMs: epochMs.nullable(),
    endedAtMs: epochMs.nullable(),
    ending: z.enum(endings).nullable().describe('why it ended'),
    works: z.boolean().describe('whether somebody could join by it now'),
  })
  .openapi('ListedInvitation')
const params = z.object({ invitationId: z.string() })
const clientParams = z.object({ clientId: z.string() })
const gone = { 204: { description: 'It works no longer' } }

const invite = createRoute({
  ...guarded('people.manage'),
  method: 'post',
  path: '/api/invitations',
  request: {
    body: body(
      z.strictObject({ roles: z.array(staffRole).min(1).max(3), groupIds: z.array(z.string()).max(50), name }),
    ),
  },
  responses: { 201: json(invitation, 'A link that works once, for a week') },
})
const list = createRoute({
  ...guarded('people.view'),
  method: 'get',
  path: '/api/invitations',
  responses: { 200: json(z.object({ items: z.array(listed) }), 'Links for staff of the last 30 days, newest first') },
})
const takeBack = createRoute({
  ...guarded('people.manage'),
  method: 'delete',
  path: '/api/invitations/{invitationId}',
  request: { params },
  responses: gone,
})
const inviteClient = createRoute({
  ...guarded('client.invite'),
  method: 'post',
  path: '/api/clients/{clientId}/invitations',
  request: { params: clientParams, body: { ...body(z.strictObject({ name: name.optional() })), required: false } },
  responses: { 201: json(invitation, "A link to the client's own account") },
})
const listOfClient = createRoute({
  ...guarded('client.invite'),
  method: 'get',
  path: '/api/clients/{clientId}/invitations',
  request: { params: clientParams },
  responses: {
    200: json(
      z.object({ items: z.array(listed), hasAccount: z.boolean().describe('then no link works') }),
      "Links to the client's own account of the last 30 days, newest first",
    ),
  },
})
const takeBackOfClient = createRoute({
  ...guarded('client.invite'),
  method: 'delete',
  path: '/api/clients/{clientId}/invitations/{invitationId}',
  request: { params: clientParams.extend(params.shape) },
  responses: gone,
})

export function invitationRoutes({ store, nowMs, newId }: AppContext) {
  return newRouter()
    .openapi(invite, async (c) => {
      const access = requireInClinic(c, invite)
      const wanted = c.req.valid('json')
      const made = await store.atomically(async (db) => {
        await requireRoom(db, 'invitation', access.personId, nowMs())
        const groupIds = await groupsAmong(db, wanted.groupIds)
        const one = { id: newId(), ...wanted, groupIds, clientId: null, invitedBy: access.personId }
        await logClinic(db, access, 'people.manage', { invitationId: one.id, roles: wanted.roles, groupIds })
        return { id: one.id, name: one.name, ...(await insertInvitation(db, one, nowMs())) }
      })
      return c.json(made, 201)
    })
    .openapi(list, async (c) => {
      const access = requireInClinic(c, list)
      const items = await store.atomically(async (db) => {
        const found = await showInvitations(db, null, nowMs())
        await logClinic(db, access, 'people.view', { invitations: found.length })
        return found
      })
      return c.json({ items }, 200)
    })
    .openapi(takeBack, async (c) => {
      const access = requireInClinic(c, takeBack)
      const { invitationId } = c.req.valid('param')
      await store.atomically(async (db) => {
        if (!(await takeBackInvitation(db, invitationId, null, nowMs()))) throw new ProblemError('NOT_FOUND')
        await logClinic(db, access, 'people.manage', { invitationId, takenBack: true })
      })
      return c.body(null, 204)
    })
    .openapi(inviteClient, async (c) => {
      const { clientId } = c.req.valid('param')
      const { name = '' } = c.req.valid('json')
      const invitedBy = c.var.access.personId
      const id = newId()
      const work = async (db: Database) => {
        await requireRoom(db, 'invitation', invitedBy, nowMs())
        return insertInvitation(db, { id, name, roles: ['client'], groupIds: [], clientId, invitedBy }, nowMs())
      }
      const made = await withClient(store, c, inviteClient, clientId, work, { invitationId: id })
      return c.json({ id, name, ...made }, 201)
    })
    .openapi(listOfClient, async (c) => {
      const { clientId } = c.req.valid('param')
      const work = async (db: Database, key: ClientAccess) => {
        const items = await showInvitations(db, clientId, nowMs())
        const isThere = await hasAccount(db, key)
        return { items: items.map((one) => ({ ...one, works: one.works && !isThere })), hasAccount: isThere }
      }
      return c.json(await withClient(store, c, listOfClient, clientId, work, { list: true }), 200)
    })
    .openapi(takeBackOfClient, async (c) => {
      const { clientId, invitationId } = c.req.valid('param')
      const work = async (db: Database) => {
        if (!(await takeBackInvitation(db, invitationId, clientId, nowMs()))) throw new ProblemError('NOT_FOUND')
      }
      await withClient(store, c, takeBackOfClient, clientId, work, { invitationId, takenBack: true })
      return c.body(null, 204)
    })
}

/** @param clientId null are those for staff */
async function showInvitations(db: Database, clientId: string | null, nowMs: number) {
  const found = await listInvitations(db, clientId, nowMs)
  const names = await findNames(db, [...new Set(found.flatMap(({ invitedBy }) => invitedBy ?? []))])
  return found.map((one) => ({
    ...one,
    roles: [...one.roles],
    groupIds: [...one.groupIds],
    invitedByName: one.invitedBy === null ? null : (names.get(one.invitedBy) ?? null),
    works: one.usedAtMs === null && one.endedAtMs === null && one.expiresAtMs > nowMs,
  }))
}
