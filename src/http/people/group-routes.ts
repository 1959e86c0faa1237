// Routes of groups: which staff guide which clients.
import { createRoute, z } from '@hono/zod-openapi'
import { groupRoles } from '../../domain/access.ts'
import { logClinic } from '../../store/people/access.ts'
import {
  groupsAmong,
  insertGroup,
  listGroups,
  renameGroup,
  setClientGroups,
  setGroupStaff,
  type Group,
} from '../../store/people/groups.ts'
import { findPerson } from '../../store/people/people.ts'
import type { Database } from '../../store/database.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireInClinic } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireRoom } from '../require-room.ts'
import { body, json } from '../schemas.ts'

const groupRole = z.enum(groupRoles)
const groupSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    staff: z.array(z.object({ personId: z.string(), name: z.string(), role: groupRole })),
    clients: z.number().int().describe('how many'),
    clientIds: z.array(z.string()),
  })
  .openapi('Group')
const nameBody = z.strictObject({ name: z.string().trim().min(1).max(80) })
const params = z.object({ groupId: z.string() })

const list = createRoute({
  ...guarded('groups.view'),
  method: 'get',
  path: '/api/groups',
  request: {
    query: z.object({
      mine: z.enum(['true', 'false']).optional().describe('true: only those that I work in, to an administrator too'),
    }),
  },
  responses: { 200: json(z.object({ items: z.array(groupSchema) }), 'All to an administrator, else my own') },
})
const create = createRoute({
  ...guarded('groups.manage'),
  method: 'post',
  path: '/api/groups',
  request: { body: body(nameBody) },
  responses: { 201: json(groupSchema, 'The new group') },
})
const rename = createRoute({
  ...guarded('groups.manage'),
  method: 'patch',
  path: '/api/groups/{groupId}',
  request: { params, body: body(nameBody) },
  responses: { 200: json(groupSchema, 'The group under its new name') },
})
const changeStaff = createRoute({
  ...guarded('groups.manage'),
  method: 'put',
  path: '/api/groups/{groupId}/staff',
  request: {
    params,
    body: body(z.strictObject({ staff: z.array(z.object({ personId: z.string(), role: groupRole })).max(100) })),
  },
  responses: { 200: json(groupSchema, 'Who works in it from now on; they must hold the role') },
})
const place = createRoute({
  ...guarded('groups.manage'),
  method: 'put',
  path: '/api/clients/{clientId}/groups',
  request: {
    params: z.object({ clientId: z.string() }),
    body: body(z.strictObject({ groupIds: z.array(z.string()).min(1).max(50) })),
  },
  responses: { 204: { description: 'The client is in these groups from now on' } },
})

export function groupRoutes({ store, nowMs, newId }: AppContext) {
  const requireGroup = async (db: Database, groupId: string) => {
    const group = (await listGroups(db, null)).find(({ id }) => id === groupId)
    if (group === undefined) throw new ProblemError('NOT_FOUND')
    return group
  }
  return newRouter()
    .openapi(list, async (c) => {
      const { personId, roles } = requireInClinic(c, list)
      const all = roles.includes('administrator') && c.req.valid('query').mine !== 'true'
      const groups = await listGroups(store.db, all ? null : personId)
      return c.json({ items: groups.map(toJson) }, 200)
    })
    .openapi(create, async (c) => {
      const access = requireInClinic(c, create)
      const { name } = c.req.valid('json')
      const group = await store.atomically(async (db) => {
        const id = newId()
        await requireRoom(db, 'group', '', nowMs())
        await insertGroup(db, id, name, nowMs())
        await logClinic(db, access, 'groups.manage', { groupId: id, made: true })
        return requireGroup(db, id)
      })
      return c.json(toJson(group), 201)
    })
    .openapi(rename, async (c) => {
      const access = requireInClinic(c, rename)
      const { groupId } = c.req.valid('param')
      const group = await store.atomically(async (db) => {
        await requireGroup(db, groupId)
        await renameGroup(db, groupId, c.req.valid('json').name)
        await logClinic(db, access, 'groups.manage', { groupId, renamed: true })
        return requireGroup(db, groupId)
      })
      return c.json(toJson(group), 200)
    })
    .openapi(changeStaff, async (c) => {
      const access = requireInClinic(c, changeStaff)
      const { groupId } = c.req.valid('param')
      const { staff } = c.req.valid('json')
      const group = await store.atomically(async (db) => {
        await requireGroup(db, groupId)
        for (const { personId, role } of staff)
          if (!(await findPerson(db, personId))?.roles.includes(role))
            throw new ProblemError('INVALID_REQUEST', 'staff: somebody does not hold this role', {
              errors: ['staff: somebody does not hold this role'],
            })
        await setGroupStaff(db, groupId, staff, nowMs())
        await logClinic(db, access, 'groups.manage', { groupId, staff })
        return requireGroup(db, groupId)
      })
      return c.json(toJson(group), 200)
    })
    .openapi(place, async (c) => {
      const access = requireInClinic(c, place)
      const { clientId } = c.req.valid('param')
      const { groupIds } = c.req.valid('json')
      await store.atomically(async (db) => {
        const client = await db.selectFrom('client').select('id').where('id', '=', clientId).executeTakeFirst()
        const known = await groupsAmong(db, groupIds)
        if (client === undefined || known.length !== new Set(groupIds).size) throw new ProblemError('NOT_FOUND')
        await setClientGroups(db, clientId, known, nowMs())
        await logClinic(db, access, 'groups.manage', { groupIds: known }, clientId)
      })
      return c.body(null, 204)
    })
}

const toJson = (group: Group) => ({
  ...group,
  clientIds: [...group.clientIds],
  staff: group.staff.map((one) => ({ ...one })),
  clients: group.clientIds.length,
})
