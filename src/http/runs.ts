// Routes of runs: the list of a client, one run, its series, its file; judging again; what a person decides of a near
// duplicate.
import { createRoute, z } from '@hono/zod-openapi'
import { overrideParameters } from '../domain/parameters/parameters.ts'
import { computeAlpha1 } from '../domain/rr/alpha1.ts'
import { listAssessments } from '../store/assessments.ts'
import { deleteCombination, findCombination } from '../store/combinations.ts'
import { readRunFile } from '../store/run-files.ts'
import { deleteRun, findRun, listRuns, setNearDuplicate } from '../store/runs.ts'
import { findSettings } from '../store/settings.ts'
import { findZoneAt } from '../store/zones.ts'
import { fromCursor, newRouter, requireClient, toCursor, type AppContext } from './app-context.ts'
import { toRunSummary, toSeries } from './run-json.ts'
import { body, json, pageQuery, runDetailSchema, runSummarySchema, seriesSchema } from './schemas.ts'
import { judgeShown, latestOf, requireRun, requireRunRecording, showRun } from './shown-run.ts'

const params = z.object({ runId: z.string() })
const page = z.object({ items: z.array(runSummarySchema), nextCursor: z.string().nullable() })

const list = createRoute({
  method: 'get',
  path: '/api/clients/{clientId}/runs',
  request: { params: z.object({ clientId: z.string() }), query: pageQuery },
  responses: { 200: json(page, 'Runs, newest start first') },
})
const show = createRoute({
  method: 'get',
  path: '/api/runs/{runId}',
  request: { params },
  responses: { 200: json(runDetailSchema, 'One run with its assessment') },
})
const series = createRoute({
  method: 'get',
  path: '/api/runs/{runId}/series',
  request: { params },
  responses: { 200: json(seriesSchema, 'Heart rate over time, as measured and as judged') },
})
const file = createRoute({
  method: 'get',
  path: '/api/runs/{runId}/file',
  request: { params },
  responses: { 200: { description: 'The original file, byte for byte', content: { 'application/octet-stream': {} } } },
})
const judge = createRoute({
  method: 'post',
  path: '/api/runs/{runId}/assessments',
  request: { params },
  responses: { 201: json(runDetailSchema, "Judged again under today's rules and the client's newest zone") },
})
const keep = createRoute({
  method: 'patch',
  path: '/api/runs/{runId}',
  request: { params, body: body(z.strictObject({ nearDuplicateOf: z.null() })) },
  responses: { 200: json(runSummarySchema, 'No near duplicate: a person said so') },
})
const remove = createRoute({
  method: 'delete',
  path: '/api/runs/{runId}',
  request: { params },
  responses: { 204: { description: 'The run, its samples, assessments and file are gone' } },
})

export function runRoutes(context: AppContext) {
  const { store } = context
  return newRouter()
    .openapi(list, async (c) => {
      const client = await requireClient(context, c.req.valid('param').clientId)
      const { limit, cursor } = c.req.valid('query')
      const key = fromCursor(cursor)
      const found = await listRuns(store.db, client.id, limit + 1, key && { startedAtMs: Number(key[0]), id: key[1] })
      const runs = found.slice(0, limit)
      const assessments = await listAssessments(
        store.db,
        runs.map(({ id }) => id),
      )
      const last = runs.at(-1)
      const nextCursor = found.length > limit && last !== undefined ? toCursor([last.head.startedAtMs, last.id]) : null
      const { timeZone } = await findSettings(store.db)
      return c.json(
        { items: runs.map((run) => toRunSummary(run, latestOf(run, assessments), timeZone)), nextCursor },
        200,
      )
    })
    .openapi(show, async (c) =>
      c.json(await showRun(store.db, await requireRun(store.db, c.req.valid('param').runId)), 200),
    )
    .openapi(series, async (c) => {
      const run = await requireRun(store.db, c.req.valid('param').runId)
      const shown = await requireRunRecording(store.db, run)
      const [zone, settings] = [await findZoneAt(store.db, run.clientId, Infinity), await findSettings(store.db)]
      const p = overrideParameters(settings.parameters)
      // Rule H: shown where the clinic chose so, and never for a heart that needs its own calibration.
      const showsAlpha1 = settings.ruleSets.includes('dfa_alpha1') && zone?.inputs['ownCalibration'] !== true
      const alpha1 = showsAlpha1 ? computeAlpha1(shown.recording.rr, p.alpha1, p.quality) : null
      return c.json({ ...toSeries(shown, p.quality), alpha1 }, 200)
    })
    .openapi(file, async (c) => {
      const run = await requireRun(store.db, c.req.valid('param').runId)
      const bytes = await readRunFile(store.db, run.fileId)
      const name = run.fileName.split('/').at(-1) ?? ''
      return c.body(Uint8Array.from(bytes), 200, {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`,
      })
    })
    .openapi(judge, async (c) => {
      const run = await requireRun(store.db, c.req.valid('param').runId)
      await store.atomically((db) => judgeShown(db, run, context))
      return c.json(await showRun(store.db, run), 201)
    })
    .openapi(keep, async (c) => {
      const run = await requireRun(store.db, c.req.valid('param').runId)
      await setNearDuplicate(store.db, run.id, null)
      const assessments = await listAssessments(store.db, [run.id])
      const { timeZone } = await findSettings(store.db)
      return c.json(toRunSummary({ ...run, nearDuplicateOf: null }, latestOf(run, assessments), timeZone), 200)
    })
    .openapi(remove, async (c) => {
      const run = await requireRun(store.db, c.req.valid('param').runId)
      await store.atomically(async (db) => {
        const combination = await findCombination(db, run.id)
        if (combination?.otherRunId === run.id) await deleteCombination(db, combination.runId)
        await deleteRun(db, run)
        const shown = combination?.otherRunId === run.id ? await findRun(db, combination.runId) : null
        if (shown !== null) await judgeShown(db, shown, context)
      })
      return c.body(null, 204)
    })
}
