// Routes to combine two recordings of one run, and to take them apart again. Each adds an assessment.
import { createRoute, z } from '@hono/zod-openapi'
import { combinationShiftS } from '../../domain/sources/twins.ts'
import type { ClientAccess } from '../../store/people/access.ts'
import { deleteCombination, findCombination, insertCombination } from '../../store/runs/combinations.ts'
import type { Database } from '../../store/database.ts'
import { raiseFlags } from '../../store/review/raise-flags.ts'
import { answerAsOne, findTwinOf, writeAnswer } from '../../store/runs/twins.ts'
import { findSettings } from '../../store/settings/settings.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, withRun } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { body, json } from '../schemas.ts'
import { runDetailSchema } from './run-schemas.ts'
import { requireRoom } from '../require-room.ts'
import { judgeShown, showRun } from './run-detail.ts'
import { overrideParameters, type ParameterOverrides } from '../../domain/parameters/parameters.ts'
import { findPacked, findRun, type Run } from '../../store/runs/runs.ts'
import { work } from '../../store/work/work.ts'

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
  const { store, nowMs, newId } = context
  /** Judge what is shown, and raise what counts from now on: the other one may have begun long before it. */
  const judgeBoth = async (db: Database, key: ClientAccess<'run.decide'>, run: Run, other: Run | null) => {
    await judgeShown(db, key, run, context)
    const fromMs = Math.min(run.head.startedAtMs, other?.head.startedAtMs ?? Infinity)
    await raiseFlags(db, key, fromMs, { nowMs: nowMs(), newId })
  }
  return newRouter()
    .openapi(combine, async (c) => {
      const { otherRunId } = c.req.valid('json')
      const shown = await withRun(store, c, combine, c.req.valid('param').runId, async (db, key, run) => {
        const other = await findRun(db, key, otherRunId)
        if (other === null) throw new ProblemError('NOT_FOUND')
        const { parameters } = await findSettings(db)
        if (run.id === other.id || !(await overlap(db, key, run, other, parameters)))
          throw new ProblemError('NOT_ONE_RUN')
        for (const { id } of [run, other])
          if ((await findCombination(db, key, id)) !== null) throw new ProblemError('ALREADY_COMBINED')
        await requireRoom(db, 'assessment', run.id, nowMs())
        const pair = { runId: run.id, otherRunId: other.id }
        const twin = await findTwinOf(db, key, run.id, other.id)
        const shiftS = twin === null ? 0 : combinationShiftS(twin, overrideParameters(parameters).source)
        const shown = { ...pair, combinedAtMs: nowMs(), shiftS: twin?.runId === other.id ? -shiftS || 0 : shiftS }
        await insertCombination(db, key, shown)
        const by = { atMs: nowMs(), byPersonId: c.var.access.personId }
        await answerAsOne(db, key, { ...pair, sign: 'same_time', shiftS: 0 }, by)
        await judgeBoth(db, key, run, other)
        return showRun(db, key, { ...run, nearDuplicateOf: null })
      })
      return c.json(shown, 201)
    })
    .openapi(separate, async (c) => {
      const shown = await withRun(store, c, separate, c.req.valid('param').runId, async (db, key, run) => {
        const combination = await findCombination(db, key, run.id)
        if (combination?.runId !== run.id) throw new ProblemError('NOT_FOUND')
        await deleteCombination(db, key, run.id)
        // They are a question again.
        const twin = await findTwinOf(db, key, run.id, combination.otherRunId)
        if (twin !== null) await writeAnswer(db, key, twin, null)
        await judgeBoth(db, key, run, await findRun(db, key, combination.otherRunId))
        return showRun(db, key, run)
      })
      return c.json(shown, 200)
    })
}

/** Whether they lie over each other by the clocks of both, in seconds for which both hold data. Where the samples of one are
 *  gone nothing can be put together. */
async function overlap(
  db: Database,
  key: ClientAccess,
  run: Run,
  second: Run,
  overrides: ParameterOverrides,
): Promise<boolean> {
  const [one, other] = [await findPacked(db, key, run), await findPacked(db, key, second)]
  if (one === null || other === null) throw new ProblemError('SAMPLES_GONE')
  return work(db, 'overlaps', { one, other, overrides })
}
