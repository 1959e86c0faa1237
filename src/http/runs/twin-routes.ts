// The route for the question: are these two recordings one run (rule T5)? The therapist answers, or the client for
// their own runs. The log has the answer, and it can be taken back.
import { createRoute, z } from '@hono/zod-openapi'
import { sayOneRun } from '../../store/runs/one-run.ts'
import { findCombination } from '../../store/runs/combinations.ts'
import { findClientOfRun, findRun } from '../../store/runs/runs.ts'
import { findTwinOf } from '../../store/runs/twins.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, withClient } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { body, json } from '../schemas.ts'
import { runDetailSchema } from './run-schemas.ts'
import { showRun } from './run-detail.ts'

const answer = createRoute({
  ...guarded('run.same'),
  method: 'put',
  path: '/api/runs/{runId}/twin',
  request: {
    params: z.object({ runId: z.string() }),
    body: body(
      z.strictObject({
        otherRunId: z.string(),
        oneRun: z
          .boolean()
          .nullable()
          .describe('true: one run, shown and counted as one; false: two; null: taken back, asked again'),
      }),
    ),
  },
  responses: { 200: json(runDetailSchema, 'The run, or the one that it is shown with from now on') },
})

export function twinRoutes({ store, nowMs, newId }: AppContext) {
  return newRouter().openapi(answer, async (c) => {
    const { runId } = c.req.valid('param')
    const { otherRunId, oneRun } = c.req.valid('json')
    const clientId = (await findClientOfRun(store.db, runId)) ?? ''
    const { personId } = c.var.access
    const shown = await withClient(
      store,
      c,
      answer,
      clientId,
      async (db, key) => {
        const twin = await findTwinOf(db, key, runId, otherRunId)
        if (twin === null) throw new ProblemError('NOT_FOUND')
        await sayOneRun(db, { access: key, personId, nowMs: nowMs(), newId }, twin, oneRun)
        const shownId = (await findCombination(db, key, runId))?.runId ?? runId
        const run = await findRun(db, key, shownId)
        if (run === null) throw new ProblemError('NOT_FOUND')
        return showRun(db, key, run)
      },
      { runId, otherRunId, oneRun },
    )
    return c.json(shown, 200)
  })
}
