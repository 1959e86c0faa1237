// The route for the roster that a phone takes along to a group run: the runners and their limits. It checks the right
// for every client in it.
import { createRoute, z } from '@hono/zod-openapi'
import { zoneOfVersion } from '../../domain/calm-zone.ts'
import { ruleVersion } from '../../domain/rule-version.ts'
import { watchLevels } from '../../domain/zone/resolve-zone.ts'
import type { RosterClient } from '../../live/protocol.ts'
import { openClients, type Access, type ClientAccess } from '../../store/people/access.ts'
import { zoneNeedsReview } from '../../store/self-report/check-ins.ts'
import { findClient } from '../../store/clients/clients.ts'
import type { Database } from '../../store/database.ts'
import { listClientsOfGroup, type Group } from '../../store/people/groups.ts'
import { findSettings } from '../../store/settings/settings.ts'
import { findZoneAt } from '../../store/clients/zones.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded } from '../guard.ts'
import { findOwnGroup } from '../people/own-group.ts'
import { ProblemError } from '../problem.ts'
import { epochMs, json, withLimits } from '../schemas.ts'

const rosterSchema = z
  .object({
    groupId: z.string(),
    name: z.string(),
    fetchedAtMs: epochMs,
    ruleVersion: z.string(),
    parameters: z.record(z.string(), z.number()).describe('what the clinic changed'),
    clients: z.array(
      z.object({
        id: z.string(),
        firstName: z.string(),
        watchLevel: z.enum(watchLevels),
        zone: withLimits({ id: z.string(), validFromMs: epochMs }).nullable(),
        zoneNeedsReview: z.boolean().describe('rule A10: a check-in since the newest zone said so'),
      }),
    ),
  })
  .openapi('Roster')

const roster = createRoute({
  ...guarded('run.record'),
  method: 'get',
  path: '/api/groups/{groupId}/roster',
  request: { params: z.object({ groupId: z.string() }) },
  responses: { 200: json(rosterSchema, 'All that a phone needs to guide this group without a network') },
})

export function rosterRoutes({ store, nowMs }: AppContext) {
  return newRouter().openapi(roster, async (c) => {
    const { access } = c.var
    const { groupId } = c.req.valid('param')
    const shown = await store.shortly(async (db) => {
      const group = await findOwnGroup(db, access, groupId, 'run.record')
      return group && showRoster(db, access, group, nowMs())
    })
    if (shown === null) throw new ProblemError('NOT_FOUND')
    return c.json(shown, 200)
  })
}

async function showRoster(db: Database, access: Access, group: Group, nowMs: number) {
  const { parameters } = await findSettings(db)
  const clients: RosterClient[] = []
  const ids = await listClientsOfGroup(db, group.id)
  for (const key of (await openClients(db, access, 'run.record', ids, { roster: group.id })).values()) {
    const client = await showClient(db, key, nowMs)
    if (client !== null) clients.push(client)
  }
  const { id: groupId, name } = group
  return { groupId, name, fetchedAtMs: nowMs, ruleVersion, parameters: { ...parameters }, clients }
}

async function showClient(db: Database, key: ClientAccess, nowMs: number): Promise<RosterClient | null> {
  const client = await findClient(db, key)
  if (client === null) return null
  const { id, firstName, watchLevel } = client
  const version = await findZoneAt(db, key, nowMs)
  const needsReview = await zoneNeedsReview(db, key, version?.createdAtMs ?? 0)
  return {
    id,
    firstName,
    watchLevel,
    zone: version && { id: version.id, validFromMs: version.validFromMs, ...zoneOfVersion(version) },
    zoneNeedsReview: needsReview,
  }
}
