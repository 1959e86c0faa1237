// Routes of agreed plans: days, minutes, and turns of running and walking. Each agreement is a version. The progress of
// the weeks is computed on request.
import { createRoute, z } from '@hono/zod-openapi'
import { overrideParameters } from '../../domain/parameters/parameters.ts'
import { computePlanProgress } from '../../domain/plan-progress.ts'
import type { ClientAccess } from '../../store/people/access.ts'
import type { Database } from '../../store/database.ts'
import { findHistory } from '../../store/review/history.ts'
import { findNames } from '../../store/people/people.ts'
import { insertPlan, listPlans } from '../../store/clients/plans.ts'
import { findSettings } from '../../store/settings/settings.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, withClient } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireRoom } from '../require-room.ts'
import { body, epochMs, json } from '../schemas.ts'
import { ownReason, readerOf, type Reader } from './shown-zone.ts'

const YEAR_MS = 366 * 86_400_000
const params = z.object({ clientId: z.string() })
const intervalS = z.number().int().min(10).max(3600)
const weekdays = z
  .array(z.number().int().min(1).max(7))
  .min(1)
  .refine((days) => new Set(days).size === days.length, 'each day once')
  .describe('1 is Monday')
const reason = z.string().trim().min(1).max(500)
const agreement = {
  weekdays,
  runMin: z.number().min(5).max(180).describe('minutes of one run'),
  intervals: z
    .strictObject({ runS: intervalS, walkS: intervalS })
    .nullable()
    .describe('running and walking in turns, running first; null is calm running'),
  reason: reason.nullable().describe('for who guides: to the client it is null, always'),
}
const input = z
  .strictObject({
    ...agreement,
    reasonForClient: reason.nullable().default(null).describe('what the client reads'),
    validFromMs: epochMs
      .optional()
      .describe(
        'for what was agreed on paper earlier, a year back at most; runs that are judged stay so. Else from now',
      ),
  })
  .openapi('PlanInput')
const version = z
  .object({
    id: z.string(),
    validFromMs: epochMs,
    ...agreement,
    reasonForClient: z.string().nullable(),
    by: z.string().nullable().describe('name; null where they have no account here any more'),
    createdAtMs: epochMs,
  })
  .openapi('Plan')
const week = z
  .object({
    monday: z.number().int().describe('days since 1970-01-01 by the local calendar of the clinic'),
    agreed: z
      .object({ runs: z.number().int(), min: z.number() })
      .nullable()
      .describe("what holds at the week's end; null before the first agreement"),
    runs: z.number().int().describe('of ten minutes or more; with less than an hour between them they are one'),
    min: z.number(),
    runsOnAgreedDays: z.number().int(),
  })
  .openapi('PlanWeek')
const plans = z
  .object({
    items: z.array(version).describe('newest first; the first one holds'),
    progress: z.array(week).nullable().describe('the last eight weeks, this one last; null before the first agreement'),
  })
  .openapi('Plans')

const list = createRoute({
  ...guarded('plan.view'),
  method: 'get',
  path: '/api/clients/{clientId}/plans',
  request: { params },
  responses: { 200: json(plans, 'What was agreed, all versions, and how the weeks went beside it') },
})
const create = createRoute({
  ...guarded('plan.set'),
  method: 'post',
  path: '/api/clients/{clientId}/plans',
  request: { params, body: body(input) },
  responses: { 201: json(plans, 'All versions, with the new one: it holds from now, or from when it was agreed') },
})

export function planRoutes({ store, nowMs, newId }: AppContext) {
  return newRouter()
    .openapi(list, async (c) => {
      const { clientId } = c.req.valid('param')
      const shown = await withClient(store, c, list, clientId, async (db, key) =>
        showPlans(db, key, nowMs(), await readerOf(db, key, c.var.access)),
      )
      return c.json(shown, 200)
    })
    .openapi(create, async (c) => {
      const { clientId } = c.req.valid('param')
      const now = nowMs()
      const { validFromMs = now, ...agreed } = c.req.valid('json')
      if (validFromMs > now || validFromMs < now - YEAR_MS)
        throw new ProblemError('INVALID_REQUEST', 'validFromMs: from a year ago until now', {
          errors: ['validFromMs: from a year ago until now'],
        })
      const shown = await withClient(store, c, create, clientId, async (db, key) => {
        const byPersonId = c.var.access.personId
        await requireRoom(db, 'plan', key.clientId, now)
        await insertPlan(db, key, {
          ...agreed,
          weekdays: agreed.weekdays.toSorted((a, b) => a - b),
          id: newId(),
          validFromMs,
          byPersonId,
          createdAtMs: now,
        })
        return showPlans(db, key, now, await readerOf(db, key, c.var.access))
      })
      return c.json(shown, 201)
    })
}

async function showPlans(
  db: Database,
  key: ClientAccess,
  atMs: number,
  reader: Reader,
): Promise<z.infer<typeof plans>> {
  const versions = await listPlans(db, key)
  const names = await findNames(db, [...new Set(versions.map(({ byPersonId }) => byPersonId))])
  const { parameters } = await findSettings(db)
  const history = await findHistory(db, key, atMs)
  const weeks = computePlanProgress(history, versions, atMs, overrideParameters(parameters).pattern)
  return {
    items: versions.map(({ byPersonId, reason: own, ...one }) => ({
      ...one,
      reason: ownReason(own, reader),
      weekdays: [...one.weekdays],
      by: names.get(byPersonId) ?? null,
    })),
    progress: weeks && weeks.map((one) => ({ ...one })),
  }
}
