// Routes of calm zones: a new version (now, or dated back), all versions of a client, and the withdrawal of a mistake.
import { createRoute, z } from '@hono/zod-openapi'
import { noZone } from '../../domain/calm-zone.ts'
import {
  findToConfirm,
  zoneConfirmations,
  type ToConfirm,
  type ZoneConfirmation,
} from '../../domain/zone/zone-change.ts'
import { inForce, lowestSince } from '../../domain/zone/zone-versions.ts'
import type { ClientAccess } from '../../store/people/access.ts'
import { findClient } from '../../store/clients/clients.ts'
import type { Database } from '../../store/database.ts'
import { judgeAsShown } from '../../store/runs/judge-shown.ts'
import { raiseFlags } from '../../store/review/raise-flags.ts'
import { findSettings } from '../../store/settings/settings.ts'
import { listMisjudged } from '../../store/runs/zone-runs.ts'
import { insertZone, listZones, withdrawZone, type ZoneVersion } from '../../store/clients/zones.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, withClient } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireRoom } from '../require-room.ts'
import { resolveChange } from './resolve-zone-inputs.ts'
import { body, epochMs, json } from '../schemas.ts'
import { zoneInputsSchema, zoneSchema } from './zone-schemas.ts'
import { readerOf, showZone, showZones } from './shown-zone.ts'

const YEAR_MS = 366 * 86_400_000
/** product choice: what one request judges again, so that nobody else waits long. */
const MOST_AT_ONCE = 25

const params = z.object({ clientId: z.string() })
const reason = z.string().trim().min(1).max(500)
const codes = Object.keys(zoneConfirmations) as [ZoneConfirmation, ...ZoneConfirmation[]]
const confirmations = z
  .array(z.enum(codes))
  .max(codes.length)
  .default([])
  .describe('what a person has seen and wants all the same (rules B11, B12)')

/** What changes of the facts of a calm limit, with the reason of one that a person sets: their own, or one that the client reads. */
export const zoneInput = z
  .strictObject({
    inputs: zoneInputsSchema.describe('what changes; the rest stays as it is in force'),
    reason: reason.nullish().describe('for who guides: the client never reads it'),
    reasonForClient: reason.nullish().describe('what the client reads'),
    validFromMs: epochMs.optional().describe('from when it holds, a year back at most; else from now'),
    confirmed: confirmations,
  })
  .openapi('ZoneInput')

const versions = z
  .object({
    items: z.array(zoneSchema),
    misjudgedRuns: z
      .number()
      .int()
      .describe('runs that were judged by another version than the one that holds for them (rule B12)'),
  })
  .openapi('ZoneVersions')

const create = createRoute({
  ...guarded('zone.set'),
  method: 'post',
  path: '/api/clients/{clientId}/zones',
  request: { params, body: body(zoneInput) },
  responses: {
    201: json(zoneSchema, 'The new version. 409 ZONE_UNCONFIRMED names what must be confirmed; nothing was saved then'),
  },
})
const list = createRoute({
  ...guarded('zone.view'),
  method: 'get',
  path: '/api/clients/{clientId}/zones',
  request: { params },
  responses: { 200: json(versions, 'All versions, newest first') },
})
const withdraw = createRoute({
  ...guarded('zone.set'),
  method: 'post',
  path: '/api/clients/{clientId}/zones/{zoneId}/withdrawal',
  request: {
    params: params.extend({ zoneId: z.string() }),
    body: body(z.strictObject({ reason, confirmed: confirmations })),
  },
  responses: {
    200: json(
      zoneSchema,
      'Withdrawn: it holds for no run; runs judged by it can be judged again. 409 ZONE_UNCONFIRMED where a limit rises by it',
    ),
  },
})
const again = createRoute({
  ...guarded('run.judge'),
  method: 'post',
  path: '/api/clients/{clientId}/zones/judgements',
  request: { params },
  responses: {
    200: json(
      z.object({ judged: z.number().int(), left: z.number().int() }).openapi('JudgedAgain'),
      'Misjudged runs, judged by the version that holds for them; ask again while some are left',
    ),
  },
})

export function zoneRoutes(context: AppContext) {
  const { store, nowMs, newId } = context
  return newRouter()
    .openapi(create, async (c) => {
      const now = nowMs()
      const { inputs: changes, reason: why = null, reasonForClient = null, ...input } = c.req.valid('json')
      const { validFromMs = now, confirmed } = input
      if (validFromMs > now || validFromMs < now - YEAR_MS)
        throw new ProblemError('INVALID_REQUEST', 'validFromMs: from a year ago until now', {
          errors: ['validFromMs: from a year ago until now'],
        })
      const zone = await withClient(store, c, create, c.req.valid('param').clientId, async (db, key) => {
        const client = await findClient(db, key)
        if (client === null) throw new ProblemError('NOT_FOUND')
        const versions = await listZones(db, key)
        const held = lowestSince(versions, validFromMs)
        const change = resolveChange(inForce(versions, now), changes, client, await findSettings(db), now, held)
        const { zone: resolved, inputs, toConfirm } = change
        if (resolved.source === 'manual' && why === null && reasonForClient === null)
          throw new ProblemError('REASON_REQUIRED')
        requireConfirmed(toConfirm, confirmed)
        await requireRoom(db, 'zone', key.clientId, now)
        const byPersonId = c.var.access.personId
        const reasons = { reason: why, reasonForClient }
        const saved = { id: newId(), validFromMs, ...resolved, ...reasons, createdAtMs: now, byPersonId }
        const version = { ...saved, inputs: { ...inputs } }
        await insertZone(db, key, version)
        const reader = await readerOf(db, key, c.var.access)
        return showZone(db, { ...version, clientId: key.clientId, withdrawn: null }, reader)
      })
      return c.json(zone, 201)
    })
    .openapi(list, async (c) => {
      const shown = await withClient(store, c, list, c.req.valid('param').clientId, async (db, key) => ({
        items: await showZones(db, await listZones(db, key), await readerOf(db, key, c.var.access)),
        misjudgedRuns: (await listMisjudged(db, key)).length,
      }))
      return c.json(shown, 200)
    })
    .openapi(withdraw, async (c) => {
      const { clientId, zoneId } = c.req.valid('param')
      const { reason: why, confirmed } = c.req.valid('json')
      const shown = await withClient(
        store,
        c,
        withdraw,
        clientId,
        async (db, key) => {
          await requireVersion(db, key, zoneId)
          requireConfirmed(findRises(await listZones(db, key), zoneId, nowMs()), confirmed)
          const byPersonId = c.var.access.personId
          await withdrawZone(db, key, zoneId, { atMs: nowMs(), byPersonId, reason: why })
          return showZone(db, await requireVersion(db, key, zoneId), await readerOf(db, key, c.var.access))
        },
        { withdrawn: zoneId },
      )
      return c.json(shown, 200)
    })
    .openapi(again, async (c) => {
      const outcome = await withClient(store, c, again, c.req.valid('param').clientId, async (db, key) => {
        const wrong = await listMisjudged(db, key)
        const some = wrong.slice(0, MOST_AT_ONCE)
        for (const { id } of some) await judgeAsShown(db, { access: key, nowMs: nowMs(), newId }, id)
        const [first, last] = [some[0], some.at(-1)]
        if (first !== undefined && last !== undefined)
          await raiseFlags(db, key, first.startedAtMs, { nowMs: nowMs(), newId, changedToMs: last.startedAtMs })
        return { judged: some.length, left: wrong.length - some.length }
      })
      return c.json(outcome, 200)
    })
}

/** @throws ProblemError ZONE_UNCONFIRMED */
function requireConfirmed(toConfirm: readonly ToConfirm[], confirmed: readonly ZoneConfirmation[]): void {
  const open = toConfirm.filter(({ code }) => !confirmed.includes(code))
  if (open.length > 0)
    throw new ProblemError('ZONE_UNCONFIRMED', open.map(({ code }) => zoneConfirmations[code]).join(' '), {
      errors: open.map(({ code }) => code),
      toConfirm: open,
    })
}

/** A person who withdraws the current version must confirm each limit that rises or disappears. */
function findRises(versions: readonly ZoneVersion[], zoneId: string, now: number): ToConfirm[] {
  const left = versions.filter(({ id }) => id !== zoneId)
  return findToConfirm(inForce(versions, now), inForce(left, now) ?? noZone, { restBpm: null, maxBpm: null })
}

async function requireVersion(db: Database, key: ClientAccess, zoneId: string) {
  const version = (await listZones(db, key)).find(({ id }) => id === zoneId)
  if (version === undefined) throw new ProblemError('NOT_FOUND')
  return version
}
