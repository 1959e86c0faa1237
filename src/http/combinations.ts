// Routes of two sources of one run: put together by a person, taken apart again by one request. Each adds an assessment.
import { createRoute, z } from '@hono/zod-openapi'
import { overrideParameters } from '../domain/parameters/parameters.ts'
import { deleteCombination, findCombination, insertCombination, isOneRun } from '../store/combinations.ts'
import { setNearDuplicate } from '../store/runs.ts'
import { findSettings } from '../store/settings.ts'
import { newRouter, type AppContext } from './app-context.ts'
import { ProblemError } from './problem.ts'
import { body, json, runDetailSchema } from './schemas.ts'
import { judgeShown, requireRun, showRun } from './shown-run.ts'

const params = z.object({ runId: z.string() })

const combine = createRoute({
  method: 'post',
  path: '/api/runs/{runId}/combination',
  request: { params, body: body(z.strictObject({ otherRunId: z.string() })) },
  responses: { 201: json(runDetailSchema, 'Both as one run: of each second the better signal') },
})
const separate = createRoute({
  method: 'delete',
  path: '/api/runs/{runId}/combination',
  request: { params },
  responses: { 200: json(runDetailSchema, 'The run by itself again; the other one is in the list again') },
})

export function combinationRoutes(context: AppContext) {
  const { store, nowMs } = context
  return newRouter()
    .openapi(combine, async (c) => {
      const run = await requireRun(store.db, c.req.valid('param').runId)
      const other = await requireRun(store.db, c.req.valid('json').otherRunId)
      const shown = await store.atomically(async (db) => {
        const { parameters } = await findSettings(db)
        const overlapShare = overrideParameters(parameters).source.overlapShare
        if (run.clientId !== other.clientId) throw new ProblemError('NOT_FOUND')
        if (run.id === other.id || !isOneRun(run.head, other.head, overlapShare)) throw new ProblemError('NOT_ONE_RUN')
        for (const { id } of [run, other])
          if ((await findCombination(db, id)) !== null) throw new ProblemError('ALREADY_COMBINED')
        await insertCombination(db, { runId: run.id, otherRunId: other.id, combinedAtMs: nowMs() })
        // Taken apart again, they are a question for a person.
        await setNearDuplicate(db, run.id, null)
        await setNearDuplicate(db, other.id, run.id)
        await judgeShown(db, run, context)
        return showRun(db, { ...run, nearDuplicateOf: null })
      })
      return c.json(shown, 201)
    })
    .openapi(separate, async (c) => {
      const run = await requireRun(store.db, c.req.valid('param').runId)
      const shown = await store.atomically(async (db) => {
        if ((await findCombination(db, run.id))?.runId !== run.id) throw new ProblemError('NOT_FOUND')
        await deleteCombination(db, run.id)
        await judgeShown(db, run, context)
        return showRun(db, run)
      })
      return c.json(shown, 200)
    })
}
