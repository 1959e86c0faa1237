// Routes of check-ins after a run. Without the client's consent nothing is stored (rule book, J). Staff see reports
// only while the client shares them.
import { createRoute, z } from '@hono/zod-openapi'
import { canReportOf } from '../../domain/check-in/moment.ts'
import { usualOf } from '../../domain/check-in/usual.ts'
import { overrideParameters } from '../../domain/parameters/parameters.ts'
import { localMoment } from '../../domain/patterns/local-day.ts'
import { flagVeryLow } from '../../domain/patterns/self-report-flags.ts'
import { viewOf } from '../../domain/patterns/view.ts'
import type { ClientAccess } from '../../store/people/access.ts'
import {
  deleteAfterRun,
  hasSelfReportOf,
  insertSharing,
  isSharing,
  listAfterRuns,
  listSharing,
  putAfterRun,
  type AfterRun,
} from '../../store/self-report/after-runs.ts'
import { isOwnRecord } from '../../store/clients/clients.ts'
import type { Database } from '../../store/database.ts'
import { findHistory } from '../../store/review/history.ts'
import { raiseFlags } from '../../store/review/raise-flags.ts'
import { findSettings } from '../../store/settings/settings.ts'
import { fromCursor, newRouter, toCursor, type AppContext } from '../app-context.ts'
import { guarded, withClient, withRun } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireRoom } from '../require-room.ts'
import { body, epochMs, json, pageQuery } from '../schemas.ts'
import { supportContact } from '../settings/settings-routes.ts'

const params = z.object({ clientId: z.string() })
const ofTen = z.number().int().min(0).max(10).nullable()
/** A client's report about a run or a day. */
export const selfReportFields = {
  rpe: z.number().min(0).max(10).multipleOf(0.5).nullable().describe('CR10 (rule G3)'),
  mood: ofTen,
  energy: ofTen,
  sleepH: z.number().min(0).max(24).multipleOf(0.5).nullable().describe('hours of the night before'),
  painNrs: ofTen,
  mealsForRunning: z.boolean().describe('meals were skipped to run, or running made up for eating (rule G15)'),
  whatHelped: z.string().trim().min(1).max(500).nullable(),
}
const input = z
  .strictObject({
    rpe: selfReportFields.rpe.default(null),
    mood: selfReportFields.mood.default(null),
    energy: selfReportFields.energy.default(null),
    sleepH: selfReportFields.sleepH.default(null),
    painNrs: selfReportFields.painNrs.default(null),
    mealsForRunning: selfReportFields.mealsForRunning.default(false),
    whatHelped: selfReportFields.whatHelped.default(null),
    atMs: epochMs.optional().describe('for telling later how a day was, 60 days back at most; else now'),
  })
  .openapi('AfterRunInput')
const usual = z.number().nullable()
const page = z
  .object({
    agreed: z.boolean().describe('whether the client shares what they tell'),
    agreedAtMs: epochMs.nullable().describe('their last word on it'),
    items: z
      .array(z.object({ id: z.string(), runId: z.string().nullable(), atMs: epochMs, ...selfReportFields }))
      .describe('newest first; to staff none unless they are shared'),
    nextCursor: z.string().nullable(),
    veryLow: z
      .boolean()
      .describe('rule G18 holds of this week, or of the day just told: words of whom to talk to belong beside it'),
    support: z
      .array(supportContact)
      .nullable()
      .describe("the practice's own; null is the words that come with calmpace"),
    usual: z
      .object({ rpe: usual, mood: usual, energy: usual, sleepH: usual })
      .describe('medians of the last nine weeks without the last one; null until there are seven'),
  })
  .openapi('AfterRuns')

const selfReportsQuery = pageQuery.extend({
  // The usual values are drawn over nine weeks.
  limit: z.coerce.number().int().min(1).max(200).default(200),
  runId: z.string().max(100).optional().describe('only what was told of this run'),
})

const list = createRoute({
  ...guarded('check_in.view'),
  method: 'get',
  path: '/api/clients/{clientId}/after-runs',
  request: { params, query: selfReportsQuery },
  responses: { 200: json(page, 'What the client told after running, and what is usual for them') },
})
const share = createRoute({
  ...guarded('check_in.write'),
  method: 'put',
  path: '/api/clients/{clientId}/sharing',
  request: { params, body: body(z.strictObject({ agreed: z.boolean() })) },
  responses: { 200: json(page, 'From now on staff and rules see what is told, or see it no more') },
})
const tell = createRoute({
  ...guarded('check_in.write'),
  method: 'post',
  path: '/api/clients/{clientId}/after-runs',
  request: { params, body: body(input) },
  responses: { 201: json(page, 'Told of a day without a run') },
})
const tellOfRun = createRoute({
  ...guarded('check_in.write'),
  method: 'put',
  path: '/api/runs/{runId}/after-run',
  request: { params: z.object({ runId: z.string() }), body: body(input) },
  responses: { 200: json(page, 'Told of a run; it replaces what was told of it before') },
})
const remove = createRoute({
  ...guarded('check_in.write'),
  method: 'delete',
  path: '/api/clients/{clientId}/after-runs/{afterRunId}',
  request: { params: params.extend({ afterRunId: z.string() }) },
  responses: { 200: json(page, 'What was told is gone') },
})

export function afterRunRoutes({ store, nowMs, newId }: AppContext) {
  const write = async (
    db: Database,
    key: ClientAccess<'check_in.write'>,
    runId: string | null,
    { atMs = nowMs(), ...facts }: z.infer<typeof input>,
  ) => {
    requireSomething({ atMs, ...facts }, nowMs())
    if (!(await isSharing(db, key))) throw new ProblemError('NOT_AGREED')
    if (runId === null || !(await hasSelfReportOf(db, key, runId)))
      await requireRoom(db, 'afterRun', key.clientId, nowMs())
    await putAfterRun(db, key, { ...facts, id: newId(), runId, atMs, writtenAtMs: nowMs() })
    await raiseFlags(db, key, atMs, { nowMs: nowMs(), newId })
    return showAfterRuns(db, key, true, nowMs(), firstPage, atMs)
  }
  return newRouter()
    .openapi(list, async (c) => {
      const { personId } = c.var.access
      const shown = await withClient(store, c, list, c.req.valid('param').clientId, async (db, key) =>
        showAfterRuns(db, key, await isOwnRecord(db, key, personId), nowMs(), { ...c.req.valid('query') }),
      )
      return c.json(shown, 200)
    })
    .openapi(share, async (c) => {
      const { agreed } = c.req.valid('json')
      const shown = await withClient(store, c, share, c.req.valid('param').clientId, async (db, key) => {
        // The word that holds already is not written once more.
        const [last] = await listSharing(db, key)
        if (last?.agreed !== agreed) {
          // Taking it back is never refused.
          if (agreed) await requireRoom(db, 'sharing', key.clientId, nowMs())
          await insertSharing(db, key, { atMs: nowMs(), agreed })
        }
        return showAfterRuns(db, key, true, nowMs())
      })
      return c.json(shown, 200)
    })
    .openapi(tell, async (c) => {
      const facts = c.req.valid('json')
      const { clientId } = c.req.valid('param')
      return c.json(await withClient(store, c, tell, clientId, (db, key) => write(db, key, null, facts)), 201)
    })
    .openapi(tellOfRun, async (c) => {
      const facts = c.req.valid('json')
      const { runId } = c.req.valid('param')
      return c.json(await withRun(store, c, tellOfRun, runId, (db, key) => write(db, key, runId, facts)), 200)
    })
    .openapi(remove, async (c) => {
      const { clientId, afterRunId } = c.req.valid('param')
      const shown = await withClient(store, c, remove, clientId, async (db, key) => {
        if (!(await deleteAfterRun(db, key, afterRunId, nowMs()))) throw new ProblemError('NOT_FOUND')
        return showAfterRuns(db, key, true, nowMs())
      })
      return c.json(shown, 200)
    })
}

/** @throws ProblemError INVALID_REQUEST if the report is empty, or about a time that is not allowed */
function requireSomething(
  { atMs, mealsForRunning, ...facts }: Omit<AfterRun, 'id' | 'runId' | 'writtenAtMs'>,
  now: number,
): void {
  const isEmpty = !mealsForRunning && Object.values(facts).every((value) => value === null)
  const isFar = !canReportOf(atMs, now)
  if (!isEmpty && !isFar) return
  const reason = isEmpty ? 'tell at least one thing' : 'atMs: from 60 days ago until now'
  throw new ProblemError('INVALID_REQUEST', reason, { errors: [reason] })
}

const firstPage = selfReportsQuery.parse({})

/** @param newestFirst all that there is; of two of one moment the one of the higher id comes first */
function pageOf(newestFirst: readonly AfterRun[], { limit, cursor, runId }: z.infer<typeof selfReportsQuery>) {
  const from = fromCursor(cursor)
  const isBehind = ({ atMs, id }: AfterRun) =>
    from === null || atMs < Number(from[0]) || (atMs === Number(from[0]) && id < from[1])
  const left = newestFirst.filter((one) => (runId === undefined || one.runId === runId) && isBehind(one))
  const items = left.slice(0, limit).map(({ writtenAtMs: _writtenAtMs, ...one }) => one)
  const last = items.at(-1)
  return { items, nextCursor: left.length > limit && last !== undefined ? toCursor([last.atMs, last.id]) : null }
}

/** @param isOwn the client sees all of theirs, shared or not */
async function showAfterRuns(
  db: Database,
  key: ClientAccess,
  isOwn: boolean,
  atMs: number,
  query: z.infer<typeof selfReportsQuery> = firstPage,
  toldAtMs = atMs,
) {
  const [last] = await listSharing(db, key)
  const agreed = last?.agreed ?? false
  const all = agreed || isOwn ? await listAfterRuns(db, key) : []
  const { parameters, timeZone, support } = await findSettings(db)
  const history = await findHistory(db, key, atMs)
  const p = overrideParameters(parameters).pattern
  const usualIn = (name: 'rpe' | 'mood' | 'energy' | 'sleepH') =>
    usualOf(
      all.map((one) => ({ day: localMoment(one.atMs, timeZone).day, value: one[name] })),
      localMoment(atMs, timeZone).day,
      p,
    )
  return {
    agreed,
    agreedAtMs: last?.atMs ?? null,
    veryLow: [atMs, toldAtMs].some((moment) => flagVeryLow(viewOf(history, moment, p)) !== null),
    support: support && support.map((contact) => ({ ...contact })),
    ...pageOf(all.toReversed(), query),
    usual: { rpe: usualIn('rpe'), mood: usualIn('mood'), energy: usualIn('energy'), sleepH: usualIn('sleepH') },
  }
}
