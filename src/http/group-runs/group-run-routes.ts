// Routes of group runs: a phone sends its recording in batches, which may come twice, and asks for the state of each
// runner.
import { createRoute, z } from '@hono/zod-openapi'
import { participationStates } from '../../domain/participation.ts'
import { composeRun } from '../../live/compose-run.ts'
import { statusOf } from '../../live/participation-status.ts'
import {
  batchRefusals,
  MAX_BATCH_NUMBER,
  MAX_BATCHES_PER_REQUEST,
  MAX_PARTICIPATIONS_PER_REQUEST,
  type BatchRefusal,
} from '../../live/protocol.ts'
import { receiveBatches } from '../../live/receive-batches.ts'
import type { ClientAccess } from '../../store/people/access.ts'
import { findClient } from '../../store/clients/clients.ts'
import type { Database } from '../../store/database.ts'
import { findGroupRun, findParticipation, listParticipants } from '../../store/group-runs/participations.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireRole, withClient, withClients } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { body, checkInSchema, epochMs, json } from '../schemas.ts'
import { showCheckIn } from '../runs/run-detail.ts'

const id = z.string()
const madeId = z.uuid().describe('a UUID that the phone made')
const clientId = z.string().max(100)
const number = z.number().int().min(1).max(MAX_BATCH_NUMBER)
const refusalCodes = Object.keys(batchRefusals) as [BatchRefusal, ...BatchRefusal[]]

const batchesSchema = z
  .strictObject({
    recorderId: z.string().regex(/^[\w-]{1,64}$/),
    sentAtMs: epochMs.describe("the phone's clock"),
    groupRun: z.strictObject({
      groupId: z.string().max(100).nullable(),
      madeAtMs: epochMs,
      startedBy: z.string().min(1).max(100).optional().describe('who began it; else whoever sends first'),
    }),
    participations: z
      .array(z.strictObject({ id: madeId, clientId, zoneVersionId: z.string().max(100).nullable() }))
      .min(1)
      .max(MAX_PARTICIPATIONS_PER_REQUEST),
    batches: z
      .array(z.strictObject({ participationId: madeId, number, bytes: z.string().describe('base64, at most 256 KB') }))
      .max(MAX_BATCHES_PER_REQUEST),
  })
  .openapi('Batches')

const statusFields = {
  id,
  state: z.enum(participationStates),
  runId: id.nullable().describe('the run that it became'),
  missing: z.array(z.number().int()).readonly().describe('the first numbers that have not come'),
}
const statusSchema = z.object(statusFields).openapi('ParticipationStatus')
const answerSchema = z
  .object({
    receivedAtMs: epochMs,
    acknowledged: z
      .array(z.object({ participationId: id, number }))
      .readonly()
      .describe('on disk'),
    refused: z
      .array(z.object({ participationId: id, number: number.nullable(), code: z.enum(refusalCodes) }))
      .readonly()
      .describe('not taken; a number of null stands for the whole participation'),
    participations: z.array(statusSchema).readonly(),
  })
  .openapi('BatchesAnswer')
const groupRunSchema = z
  .object({
    id,
    groupId: id.nullable(),
    madeAtMs: epochMs,
    participations: z.array(
      z.object({ ...statusFields, clientId: id, firstName: z.string(), checkIn: checkInSchema.nullable() }),
    ),
  })
  .openapi('GroupRun')

const params = z.object({ groupRunId: z.string() })

const take = createRoute({
  ...guarded('run.record'),
  method: 'post',
  path: '/api/group-runs/{groupRunId}/batches',
  request: { params: z.object({ groupRunId: madeId }), body: body(batchesSchema) },
  responses: { 200: json(answerSchema, 'What is on disk now, and what was not taken; repeating changes nothing') },
})
const show = createRoute({
  ...guarded('run.view'),
  method: 'get',
  path: '/api/group-runs/{groupRunId}',
  request: { params },
  responses: { 200: json(groupRunSchema, 'How far each runner that I may see is') },
})
const finish = createRoute({
  ...guarded('run.record'),
  method: 'post',
  path: '/api/group-runs/{groupRunId}/participations/{participationId}/finish',
  request: { params: params.extend({ participationId: z.string() }) },
  responses: { 200: json(statusSchema, 'A run is made of what is there; what comes later makes it whole') },
})

export function groupRunRoutes({ store, nowMs, newId }: AppContext) {
  return newRouter()
    .openapi(take, async (c) => {
      const request = c.req.valid('json')
      const clientIds = request.participations.map((one) => one.clientId)
      const access = await requireRole(store, c, take, clientIds)
      const { groupRunId } = c.req.valid('param')
      return c.json(await receiveBatches({ store, nowMs, newId }, access, groupRunId, request), 200)
    })
    .openapi(show, async (c) => {
      const { groupRunId } = c.req.valid('param')
      const groupRun = await findGroupRun(store.db, groupRunId)
      const all = await listParticipants(store.db, groupRunId)
      const byClient = Map.groupBy(all, (one) => one.clientId)
      const shown = await withClients(
        store,
        c,
        show,
        [...byClient.keys()],
        async (db, key) => showParticipations(db, key, byClient.get(key.clientId)?.map((one) => one.id) ?? []),
        { groupRunId },
      )
      if (groupRun === null) throw new ProblemError('NOT_FOUND')
      const { groupId, madeAtMs } = groupRun
      return c.json({ id: groupRunId, groupId, madeAtMs, participations: shown.flat() }, 200)
    })
    .openapi(finish, async (c) => {
      const { groupRunId, participationId } = c.req.valid('param')
      const all = await listParticipants(store.db, groupRunId)
      // One that is not there is refused as one that is not theirs.
      const whose = all.find((one) => one.id === participationId)?.clientId ?? ''
      const work = async (db: Database, key: ClientAccess<'run.record'>) => {
        const participation = await findParticipation(db, key, participationId)
        if (participation === null) throw new ProblemError('NOT_FOUND')
        const composed = await composeRun(db, key, participation, 'as_it_is', { nowMs: nowMs(), newId })
        return statusOf(db, key, composed, null)
      }
      return c.json(await withClient(store, c, finish, whose, work, { groupRunId, participationId }), 200)
    })
}

async function showParticipations(db: Database, key: ClientAccess, participationIds: readonly string[]) {
  const client = await findClient(db, key)
  const shown = []
  for (const participationId of participationIds) {
    const participation = await findParticipation(db, key, participationId)
    if (client === null || participation === null) continue
    const status = await statusOf(db, key, participation, null)
    const { id: clientId, firstName } = client
    shown.push({ ...status, clientId, firstName, checkIn: await showCheckIn(db, key, participationId) })
  }
  return shown
}
