// Routes of runs: a client's list, one run, its series, its file, judging again, and the decision about a near
// duplicate.
import { createRoute, z } from '@hono/zod-openapi'
import type { ClientAccess } from '../../store/people/access.ts'
import { listAssessments } from '../../store/runs/assessments.ts'
import { isOwnRecord } from '../../store/clients/clients.ts'
import type { Database } from '../../store/database.ts'
import { findPackedRun } from '../../store/runs/combinations.ts'
import { removeRun } from '../../store/runs/remove-run.ts'
import { raiseFlags } from '../../store/review/raise-flags.ts'
import { findSha256, readRunFile } from '../../store/runs/run-files.ts'
import { sayOneRun } from '../../store/runs/one-run.ts'
import { listRuns, setSaidHard, setSaidRun, type Run } from '../../store/runs/runs.ts'
import { findSettings } from '../../store/settings/settings.ts'
import { reviseStarts } from '../../store/clients/start-rates.ts'
import { listTwinsOf } from '../../store/runs/twins.ts'
import { findZoneAt } from '../../store/clients/zones.ts'
import { work } from '../../store/work/work.ts'
import { fromCursor, newRouter, toCursor, writtenJson, type AppContext } from '../app-context.ts'
import { attachment } from '../attachment.ts'
import { guarded, withClient, withRun } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireRoom } from '../require-room.ts'
import { toRunSummary } from './run-json.ts'
import { body, download, json, pageQuery } from '../schemas.ts'
import { runDetailSchema, runSummarySchema, seriesSchema } from './run-schemas.ts'
import { judgeShown, latestOf, showRun } from './run-detail.ts'

const params = z.object({ runId: z.string() })
const page = z.object({ items: z.array(runSummarySchema), nextCursor: z.string().nullable() })

const list = createRoute({
  ...guarded('run.view'),
  method: 'get',
  path: '/api/clients/{clientId}/runs',
  request: { params: z.object({ clientId: z.string() }), query: pageQuery },
  responses: { 200: json(page, 'Runs, newest start first') },
})
const show = createRoute({
  ...guarded('run.view'),
  method: 'get',
  path: '/api/runs/{runId}',
  request: { params },
  responses: { 200: json(runDetailSchema, 'One run with its assessment') },
})
const series = createRoute({
  ...guarded('run.view'),
  method: 'get',
  path: '/api/runs/{runId}/series',
  request: { params },
  responses: { 200: json(seriesSchema, 'Heart rate over time, as measured and as judged') },
})
const file = createRoute({
  ...guarded('run.export'),
  method: 'get',
  path: '/api/runs/{runId}/file',
  request: { params },
  responses: { 200: download('The original file, byte for byte', 'application/octet-stream') },
})
const judge = createRoute({
  ...guarded('run.judge'),
  method: 'post',
  path: '/api/runs/{runId}/assessments',
  request: { params },
  responses: { 201: json(runDetailSchema, "Judged again under today's rules and the zone version that holds for it") },
})
const keep = createRoute({
  ...guarded('run.decide'),
  method: 'patch',
  path: '/api/runs/{runId}',
  request: {
    params,
    body: body(
      z.union([
        z.strictObject({ nearDuplicateOf: z.null() }),
        z.strictObject({ saidRun: z.boolean() }),
        z.strictObject({ saidHard: z.boolean() }),
      ]),
    ),
  },
  responses: {
    200: json(
      runSummarySchema,
      'What a person said: no near duplicate; a run, or none; HARD from a bad signal was so, or a misreading',
    ),
  },
})
const remove = createRoute({
  ...guarded('run.remove'),
  method: 'delete',
  path: '/api/runs/{runId}',
  request: { params },
  responses: { 204: { description: 'The run, its samples, assessments and file are gone' } },
})

const DAY_MS = 86_400_000

export function runRoutes(context: AppContext) {
  const { store } = context
  /** Of all that it may be once more: it is another run. */
  const sayTwo = async (db: Database, access: ClientAccess<'run.decide'>, runId: string, personId: string) => {
    const saying = { access, personId, nowMs: context.nowMs(), newId: context.newId }
    for (const twin of await listTwinsOf(db, access, runId))
      if (twin.otherRunId === runId && twin.answer === null) await sayOneRun(db, saying, twin, false)
  }
  return newRouter()
    .openapi(list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const key = fromCursor(cursor)
      const before = key && { startedAtMs: Number(key[0]), id: key[1] }
      const page = await withClient(store, c, list, c.req.valid('param').clientId, async (db, access) => {
        const found = await listRuns(db, access, limit + 1, before)
        const runs = found.slice(0, limit)
        const ids = runs.map(({ id }) => id)
        const assessments = await listAssessments(db, access, ids)
        const { timeZone } = await findSettings(db)
        const last = runs.at(-1)
        const nextCursor =
          found.length > limit && last !== undefined ? toCursor([last.head.startedAtMs, last.id]) : null
        return { items: runs.map((run) => toRunSummary(run, latestOf(run, assessments), timeZone)), nextCursor }
      })
      return c.json(page, 200)
    })
    .openapi(show, async (c) => c.json(await withRun(store, c, show, c.req.valid('param').runId, showRun), 200))
    .openapi(series, async (c) => {
      const written = await withRun(store, c, series, c.req.valid('param').runId, showSeries)
      return writtenJson<z.infer<typeof seriesSchema>>(c, written)
    })
    .openapi(file, async (c) => {
      const found = await withRun(store, c, file, c.req.valid('param').runId, async (db, access, run) => {
        const bytes = await readRunFile(db, access, run.fileId)
        if (bytes.length === 0) throw new ProblemError('SAMPLES_GONE')
        const tag = `"${await findSha256(db, access, run.fileId)}"`
        return { bytes, tag, name: run.fileName.split('/').at(-1) ?? '' }
      })
      return c.body(Uint8Array.from(found.bytes), 200, {
        'content-type': 'application/octet-stream',
        // No Last-Modified: what a phone recorded grows. No ranges: each would be a look of its own at the whole of it.
        etag: found.tag,
        'accept-ranges': 'none',
        'content-disposition': attachment(found.name),
      })
    })
    .openapi(judge, async (c) => {
      const judged = await withRun(store, c, judge, c.req.valid('param').runId, async (db, access, run) => {
        await requireRoom(db, 'assessment', run.id, context.nowMs())
        await judgeShown(db, access, run, context)
        return showRun(db, access, run)
      })
      return c.json(judged, 201)
    })
    .openapi(keep, async (c) => {
      const said = c.req.valid('json')
      const work = async (db: Database, access: ClientAccess<'run.decide'>, run: Run) => {
        const isNone = 'saidRun' in said && !said.saidRun
        if ('saidRun' in said) await setSaidRun(db, access, run.id, said.saidRun)
        else if ('saidHard' in said) {
          await requireRoom(db, 'assessment', run.id, context.nowMs())
          await setSaidHard(db, access, run.id, said.saidHard)
          await judgeShown(db, access, { ...run, ...said }, context)
        } else await sayTwo(db, access, run.id, c.var.access.personId)
        await reviseStarts(db, access, run.head.startedAtMs, { nowMs: context.nowMs(), newId: context.newId })
        // A double of some hours earlier may count from now on.
        await raiseFlags(db, access, run.head.startedAtMs - (isNone ? DAY_MS : 0), {
          nowMs: context.nowMs(),
          newId: context.newId,
          ...(isNone ? { removed: { runId: run.id, personId: c.var.access.personId } } : {}),
        })
        const assessments = await listAssessments(db, access, [run.id])
        const { timeZone } = await findSettings(db)
        return toRunSummary({ ...run, ...said }, latestOf(run, assessments), timeZone)
      }
      // The log has every answer; the run keeps only the last one.
      const kept = await withRun(store, c, keep, c.req.valid('param').runId, work, said)
      return c.json(kept, 200)
    })
    .openapi(remove, async (c) => {
      await withRun(store, c, remove, c.req.valid('param').runId, async (db, access, run) => {
        const { personId } = c.var.access
        const by = { personId, isClient: await isOwnRecord(db, access, personId) }
        await removeRun(db, access, run, { by, nowMs: context.nowMs(), newId: context.newId })
      })
      return c.body(null, 204)
    })
}

/** The data of a chart, as JSON. @throws ProblemError SAMPLES_GONE */
async function showSeries(db: Database, access: ClientAccess, run: Run): Promise<string> {
  const found = await findPackedRun(db, access, run)
  if (found === null) throw new ProblemError('SAMPLES_GONE')
  const [zone, settings] = [await findZoneAt(db, access, Infinity), await findSettings(db)]
  // Rule H: shown where the clinic chose so, and never for a heart that needs its own calibration.
  const showsAlpha1 = settings.ruleSets.includes('dfa_alpha1') && zone?.inputs.ownCalibration !== true
  return work(db, 'series', { run: found.packed, overrides: settings.parameters, showsAlpha1 })
}
