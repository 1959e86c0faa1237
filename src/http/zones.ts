// Routes of calm zones: a new version, and all versions of a client.
import { createRoute, z } from '@hono/zod-openapi'
import { overrideParameters } from '../domain/parameters/parameters.ts'
import { resolveZone, type ZoneFacts } from '../domain/zone/resolve-zone.ts'
import { zoneProblems } from '../domain/zone/validate-zone.ts'
import { findSettings } from '../store/settings.ts'
import { insertZone, listZones } from '../store/zones.ts'
import { newRouter, requireClient, type AppContext } from './app-context.ts'
import { ProblemError } from './problem.ts'
import { body, json, zoneInputsSchema, zoneSchema } from './schemas.ts'

const DAY_MS = 86_400_000
const params = z.object({ clientId: z.string() })
const input = z
  .strictObject({ inputs: zoneInputsSchema, reason: z.string().trim().min(1).max(500).nullish() })
  .openapi('ZoneInput')

const create = createRoute({
  method: 'post',
  path: '/api/clients/{clientId}/zones',
  request: { params, body: body(input) },
  responses: { 201: json(zoneSchema, 'The new version, valid from now') },
})
const list = createRoute({
  method: 'get',
  path: '/api/clients/{clientId}/zones',
  request: { params },
  responses: { 200: json(z.object({ items: z.array(zoneSchema) }), 'All versions, newest first') },
})

export function zoneRoutes(context: AppContext) {
  const { store, nowMs, newId } = context
  return newRouter()
    .openapi(create, async (c) => {
      const client = await requireClient(context, c.req.valid('param').clientId)
      const { inputs, reason = null } = c.req.valid('json')
      const now = nowMs()
      const settings = await findSettings(store.db)
      const asksMedicine = inputs.ownCalibration || inputs.ageFormulaConfirmed || inputs.measuredMaxOnCurrentMedication
      if (asksMedicine && !settings.ruleSets.includes('medicine'))
        throw new ProblemError('RULE_SET_OFF', 'Own calibration belongs to the rule set "medicine".')
      const talkAt = inputs.talkTestedAtMs ?? null
      const facts: ZoneFacts = {
        ageYears: new Date(now).getUTCFullYear() - client.birthYear,
        watchLevel: client.watchLevel,
        restBpm: inputs.restBpm ?? null,
        measuredMaxBpm: inputs.measuredMaxBpm ?? null,
        measuredMaxOnCurrentMedication: inputs.measuredMaxOnCurrentMedication,
        manualCeilingBpm: inputs.manualCeilingBpm ?? null,
        manualFloorBpm: inputs.manualFloorBpm ?? null,
        manualHardBpm: inputs.manualHardBpm ?? null,
        talkCeilingBpm: inputs.talkCeilingBpm ?? null,
        talkAgeDays: talkAt === null ? null : (now - talkAt) / DAY_MS,
        ownCalibration: inputs.ownCalibration,
        ageFormulaConfirmed: inputs.ageFormulaConfirmed,
        overrideAgeEstimate: inputs.overrideAgeEstimate,
      }
      const resolved = resolveZone(facts, overrideParameters(settings.parameters).zone)
      if (!resolved.ok) {
        const detail = resolved.problems.map((problem) => zoneProblems[problem]).join(' ')
        throw new ProblemError('ZONE_REJECTED', detail, { errors: resolved.problems })
      }
      if (resolved.zone.source === 'manual' && reason === null) throw new ProblemError('REASON_REQUIRED')
      const zone = {
        id: newId(),
        clientId: client.id,
        validFromMs: now,
        ...resolved.zone,
        reason,
        inputs,
        createdAtMs: now,
      }
      await insertZone(store.db, zone)
      return c.json({ ...zone, inputs: withoutAbsent(inputs) }, 201)
    })
    .openapi(list, async (c) => {
      const client = await requireClient(context, c.req.valid('param').clientId)
      const zones = await listZones(store.db, client.id)
      return c.json({ items: zones.map((zone) => ({ ...zone, inputs: { ...zone.inputs } })) }, 200)
    })
}

/** What was given, without what was not. */
const withoutAbsent = (inputs: object): Record<string, number | boolean | null> =>
  Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined))
