// The route for taking over a group run on a phone. It checks the right for each client in the run, and that the person
// has a role that records.
import { createRoute, z } from '@hono/zod-openapi'
import { MAX_PARTICIPATIONS_PER_REQUEST } from '../../live/protocol.ts'
import { receiveHandOver } from '../../live/receive-hand-over.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireRole } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { body, epochMs, json } from '../schemas.ts'

const personId = z.string().min(1).max(100)
const handOverSchema = z
  .strictObject({
    id: z.uuid().describe('a UUID that the phone made: told twice is told once'),
    groupRun: z.strictObject({
      groupId: z.string().max(100).nullable(),
      madeAtMs: epochMs,
      startedBy: personId.optional(),
    }),
    fromPersonId: personId.nullable().describe('null where the phone does not know'),
    toPersonId: personId,
    happenedAtMs: epochMs.describe("the phone's clock"),
    sentAtMs: epochMs.describe("the phone's clock"),
    withoutNetwork: z.boolean().describe('nobody could be asked first'),
    clientIds: z.array(z.string().max(100)).max(MAX_PARTICIPATIONS_PER_REQUEST).describe('everybody in the run'),
  })
  .openapi('HandOver')
const takenSchema = z
  .object({ happenedAtMs: epochMs.describe("the server's clock"), receivedAtMs: epochMs })
  .openapi('HandOverTaken')

const handOver = createRoute({
  ...guarded('run.take_over'),
  method: 'post',
  path: '/api/group-runs/{groupRunId}/hand-overs',
  request: { params: z.object({ groupRunId: z.uuid() }), body: body(handOverSchema) },
  responses: {
    200: json(takenSchema, 'The run is theirs who took it over, and the log says so for each client in it'),
  },
})

export function handOverRoutes({ store }: AppContext) {
  return newRouter().openapi(handOver, async (c) => {
    const request = c.req.valid('json')
    const { groupRunId } = c.req.valid('param')
    const access = await requireRole(store, c, handOver, request.clientIds)
    const taken = await store.atomically((db) => receiveHandOver(db, access, groupRunId, request))
    if (taken === 'full') throw new ProblemError('LIST_FULL')
    if (taken === 'refused') throw new ProblemError('NOT_FOUND')
    return c.json(taken, 200)
  })
}
