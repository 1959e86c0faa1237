// Sets the date of a run whose device had a wrong date (rule T4). The client or their therapist sets it, and may
// correct it. The log stores who set which date.
import { createRoute, z } from '@hono/zod-openapi'
import { canBeSaid } from '../../domain/dating.ts'
import { sayStart } from '../../store/runs/say-start.ts'
import { findRun } from '../../store/runs/runs.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, withRun } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { body, json } from '../schemas.ts'
import { runDetailSchema } from './run-schemas.ts'
import { showRun } from './run-detail.ts'

const say = createRoute({
  ...guarded('run.date'),
  method: 'put',
  path: '/api/runs/{runId}/start',
  request: {
    params: z.object({ runId: z.string() }),
    body: body(z.strictObject({ startedAtMs: z.number().int().describe('UTC epoch milliseconds') })),
  },
  responses: { 200: json(runDetailSchema, 'The run at its date, judged again by what held then') },
})

export function runDateRoutes({ store, nowMs, newId }: AppContext) {
  return newRouter().openapi(say, async (c) => {
    const { startedAtMs } = c.req.valid('json')
    const work = async (...[db, key, run]: Parameters<Parameters<typeof withRun<'run.date', unknown>>[4]>) => {
      const now = nowMs()
      const { dating, head } = run
      if (dating === null || !canBeSaid(startedAtMs, { ...dating, elapsedS: head.elapsedS, nowMs: now }))
        throw new ProblemError('DATE_REFUSED')
      await sayStart(db, key, run, startedAtMs, { nowMs: now, newId })
      const said = await findRun(db, key, run.id)
      return showRun(db, key, said ?? run)
    }
    const detail = { startedAtMs }
    return c.json(await withRun(store, c, say, c.req.valid('param').runId, work, detail), 200)
  })
}
