// Routes of calm zones: a new version, and all versions of a client.
import { createRoute, z } from '@hono/zod-openapi'
import type { CalmZone } from '../domain/calm-zone.ts'
import { overrideParameters } from '../domain/parameters/parameters.ts'
import { resolveZone, type ZoneFacts } from '../domain/zone/resolve-zone.ts'
import { zoneProblems } from '../domain/zone/validate-zone.ts'
import { findClient, type ClientSummary } from '../store/clients.ts'
import { findSettings, type ClinicSettings } from '../store/settings.ts'
import { insertZone, listZones } from '../store/zones.ts'
import { newRouter, type AppContext } from './app-context.ts'
import { guarded, withClient } from './guard.ts'
import { ProblemError } from './problem.ts'
import { body, json, zoneInputsSchema, zoneSchema } from './schemas.ts'

const DAY_MS = 86_400_000
const params = z.object({ clientId: z.string() })
const input = z
  .strictObject({ inputs: zoneInputsSchema, reason: z.string().trim().min(1).max(500).nullish() })
  .openapi('ZoneInput')

const create = createRoute({
  ...guarded('zone.set'),
  method: 'post',
  path: '/api/clients/{clientId}/zones',
  request: { params, body: body(input) },
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
        const resolved = resolve(inputs, client, await findSettings(db), now)
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

/** What the judge makes of the inputs now. @throws ProblemError RULE_SET_OFF, ZONE_REJECTED */
function resolve(
  inputs: z.infer<typeof zoneInputsSchema>,
  client: ClientSummary,
  settings: ClinicSettings,
  now: number,
): CalmZone {
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
  if (resolved.ok) return resolved.zone
  const detail = resolved.problems.map((problem) => zoneProblems[problem]).join(' ')
  throw new ProblemError('ZONE_REJECTED', detail, { errors: resolved.problems })
}

/** What was given, without what was not. */
const withoutAbsent = (inputs: object): Record<string, number | boolean | null> =>
  Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined))
