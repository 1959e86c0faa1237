// Routes of two sources of one run: put together by a person, taken apart again by one request. Each adds an assessment.
import { createRoute, z } from '@hono/zod-openapi'
import { overrideParameters } from '../domain/parameters/parameters.ts'
import { overlapsBy } from '../domain/sources/overlap.ts'
import { deleteCombination, findCombination, insertCombination } from '../store/combinations.ts'
import { findRun, setNearDuplicate } from '../store/runs.ts'
import { findSettings } from '../store/settings.ts'
import { newRouter, type AppContext } from './app-context.ts'
import { guarded, withRun } from './guard.ts'
import { ProblemError } from './problem.ts'
import { body, json, runDetailSchema } from './schemas.ts'
import { judgeShown, showRun } from './shown-run.ts'

const params = z.object({ runId: z.string() })

const combine = createRoute({
  ...guarded('run.decide'),
  method: 'post',
  path: '/api/runs/{runId}/combination',
  request: { params, body: body(z.strictObject({ otherRunId: z.string() })) },
  responses: { 201: json(runDetailSchema, 'Both as one run: of each second the better signal') },
})
const separate = createRoute({
  ...guarded('run.decide'),
  method: 'delete',
  path: '/api/runs/{runId}/combination',
  request: { params },
  responses: { 200: json(runDetailSchema, 'The run by itself again; the other one is in the list again') },
})

export function combinationRoutes(context: AppContext) {
  const { store, nowMs } = context
  return newRouter()
    .openapi(combine, async (c) => {
      const { otherRunId } = c.req.valid('json')
      const shown = await withRun(store, c, combine, c.req.valid('param').runId, async (db, key, run) => {
        const { parameters } = await findSettings(db)
        const overlapShare = overrideParameters(parameters).source.overlapShare
        const other = await findRun(db, key, otherRunId)
        if (other === null) throw new ProblemError('NOT_FOUND')
        if (run.id === other.id || !overlapsBy(run.head, other.head, overlapShare))
          throw new ProblemError('NOT_ONE_RUN')
        for (const { id } of [run, other])
          if ((await findCombination(db, key, id)) !== null) throw new ProblemError('ALREADY_COMBINED')
        await insertCombination(db, key, { runId: run.id, otherRunId: other.id, combinedAtMs: nowMs() })
        // Taken apart again, they are a question for a person.
        await setNearDuplicate(db, key, run.id, null)
        await setNearDuplicate(db, key, other.id, run.id)
        await judgeShown(db, key, run, context)
        return showRun(db, key, { ...run, nearDuplicateOf: null })
      })
      return c.json(shown, 201)
    })
    .openapi(separate, async (c) => {
      const shown = await withRun(store, c, separate, c.req.valid('param').runId, async (db, key, run) => {
        if ((await findCombination(db, key, run.id))?.runId !== run.id) throw new ProblemError('NOT_FOUND')
        await deleteCombination(db, key, run.id)
        await judgeShown(db, key, run, context)
        return showRun(db, key, run)
      })
      return c.json(shown, 200)
    })
}
