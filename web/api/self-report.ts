// Requests about agreed plans, a client's reports, and messages between a client and their therapist.
import type { InferResponseType } from 'hono/client'
import { client, read } from './request.ts'

const one = client.api.clients[':clientId']

export type Plans = InferResponseType<typeof one.plans.$get, 200>
export type Plan = Plans['items'][number]
export type PlanInput = Parameters<typeof one.plans.$post>[0]['json']
export type AfterRuns = InferResponseType<(typeof one)['after-runs']['$get'], 200>
export type AfterRun = AfterRuns['items'][number]
export type AfterRunInput = Parameters<(typeof one)['after-runs']['$post']>[0]['json']
export type Notes = InferResponseType<typeof one.notes.$get, 200>
export type Note = Notes['items'][number]

const pageOf = (runId: string | null, cursor: string | null) => ({
  ...(runId === null ? {} : { runId }),
  ...(cursor === null ? {} : { cursor }),
})

export type RestNote = InferResponseType<(typeof one)['rest-notes']['$get'], 200>['items'][number]

export const listPlans = (clientId: string) => read(one.plans.$get({ param: { clientId } }))
export const addPlan = (clientId: string, json: PlanInput) => read(one.plans.$post({ param: { clientId }, json }))

/** @param runId only what was told of this run; null is all, the newest of it */
export const listAfterRuns = (clientId: string, runId: string | null = null, cursor: string | null = null) =>
  read(one['after-runs'].$get({ param: { clientId }, query: pageOf(runId, cursor) }))
export const share = (clientId: string, agreed: boolean) =>
  read(one.sharing.$put({ param: { clientId }, json: { agreed } }))
/** @param runId null tells of a day without a run */
export const tell = (clientId: string, runId: string | null, json: AfterRunInput): Promise<AfterRuns> =>
  runId === null
    ? read(one['after-runs'].$post({ param: { clientId }, json }))
    : read(client.api.runs[':runId']['after-run'].$put({ param: { runId }, json }))
export const deleteSelfReport = (clientId: string, afterRunId: string) =>
  read(one['after-runs'][':afterRunId'].$delete({ param: { clientId, afterRunId } }))

/** @param runId only what is about this run; null is all, the newest of it */
export const listNotes = (clientId: string, runId: string | null = null, cursor: string | null = null) =>
  read(one.notes.$get({ param: { clientId }, query: pageOf(runId, cursor) }))
export const writeNote = (clientId: string, json: Parameters<typeof one.notes.$post>[0]['json']) =>
  read(one.notes.$post({ param: { clientId }, json }))

/** Notes about rest days (rule G14), by the client's therapist. */
export const listRestNotes = (clientId: string) => read(one['rest-notes'].$get({ param: { clientId } }))
export const addRestNote = (clientId: string, json: Parameters<(typeof one)['rest-notes']['$post']>[0]['json']) =>
  read(one['rest-notes'].$post({ param: { clientId }, json }))
export const removeRestNote = (clientId: string, restNoteId: string) =>
  read(one['rest-notes'][':restNoteId'].$delete({ param: { clientId, restNoteId } }))
