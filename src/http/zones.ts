// Routes of calm zones: a new version, and all versions of a client.
import { createRoute, z } from '@hono/zod-openapi'
import { findClient } from '../store/clients.ts'
import { findSettings } from '../store/settings.ts'
import { insertZone, listZones } from '../store/zones.ts'
import { newRouter, type AppContext } from './app-context.ts'
import { guarded, withClient } from './guard.ts'
import { ProblemError } from './problem.ts'
import { resolveInputs } from './resolve-inputs.ts'
import { body, json, zoneInputsSchema, zoneSchema } from './schemas.ts'

const params = z.object({ clientId: z.string() })
/** Facts of a calm limit, with the reason of one that a person sets. */
export const zoneInput = z
  .strictObject({ inputs: zoneInputsSchema, reason: z.string().trim().min(1).max(500).nullish() })
  .openapi('ZoneInput')

const create = createRoute({
  ...guarded('zone.set'),
  method: 'post',
  path: '/api/clients/{clientId}/zones',
  request: { params, body: body(zoneInput) },
  responses: { 201: json(zoneSchema, 'The new version, valid from now') },
})
const list = createRoute({
  ...guarded('zone.view'),
  method: 'get',
  path: '/api/clients/{clientId}/zones',
  request: { params },
  responses: { 200: json(z.object({ items: z.array(zoneSchema) }), 'All versions, newest first') },
})

export function zoneRoutes({ store, nowMs, newId }: AppContext) {
  return newRouter()
    .openapi(create, async (c) => {
      const { inputs, reason = null } = c.req.valid('json')
      const now = nowMs()
      const zone = await withClient(store, c, create, c.req.valid('param').clientId, async (db, key) => {
        const client = await findClient(db, key)
        if (client === null) throw new ProblemError('NOT_FOUND')
        const resolved = resolveInputs(inputs, client, await findSettings(db), now)
        if (resolved.source === 'manual' && reason === null) throw new ProblemError('REASON_REQUIRED')
        const version = { id: newId(), validFromMs: now, ...resolved, reason, inputs, createdAtMs: now }
        await insertZone(db, key, version)
        return { ...version, clientId: key.clientId, inputs: withoutAbsent(inputs) }
      })
      return c.json(zone, 201)
    })
    .openapi(list, async (c) => {
      const zones = await withClient(store, c, list, c.req.valid('param').clientId, listZones)
      return c.json({ items: zones.map((zone) => ({ ...zone, inputs: { ...zone.inputs } })) }, 200)
    })
}

/** What was given, without what was not. */
const withoutAbsent = (inputs: object): Record<string, number | boolean | null> =>
  Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined))
