// The only file that talks to the server. Failures become an ApiError with the server's code, or `offline`.
import { hc, type InferResponseType } from 'hono/client'
import type { AppType } from '../../src/http/app.ts'

const client = hc<AppType>(location.origin)
const clients = client.api.clients
const runs = client.api.runs
const settings = client.api.settings

export class ApiError extends Error {
  readonly code: string
  readonly errors: readonly string[]
  constructor(code: string, errors: readonly string[] = []) {
    super(code)
    this.code = code
    this.errors = errors
  }
}

interface Answer<T> {
  readonly ok: boolean
  json: () => Promise<T>
}

async function read<T>(request: Promise<Answer<T>>): Promise<T> {
  const response = await request.catch(() => {
    throw new ApiError('offline')
  })
  if (response.ok) return response.json()
  const problem: unknown = await response.json().catch(() => null)
  throw new ApiError(memberOf(problem, 'code', 'INTERNAL'), listOf(problem))
}

const memberOf = (value: unknown, name: string, fallback: string): string => {
  const member: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null
  return typeof member === 'string' ? member : fallback
}
const listOf = (value: unknown): string[] => {
  const list: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'errors') : null
  return Array.isArray(list) ? list.map(String) : []
}

export type Client = InferResponseType<(typeof clients)[':clientId']['$get'], 200>
export type Zone = NonNullable<Client['zone']>
export type RunPage = InferResponseType<(typeof clients)[':clientId']['runs']['$get'], 200>
export type RunSummary = RunPage['items'][number]
export type Run = InferResponseType<(typeof runs)[':runId']['$get'], 200>
export type Series = InferResponseType<(typeof runs)[':runId']['series']['$get'], 200>
export type UploadResult = InferResponseType<(typeof clients)[':clientId']['runs']['$post'], 200>['results'][number]
export type Patterns = InferResponseType<(typeof clients)[':clientId']['patterns']['$get'], 200>
export type Settings = InferResponseType<typeof settings.$get, 200>
export type ZoneInput = Parameters<(typeof clients)[':clientId']['zones']['$post']>[0]['json']

const page = (cursor: string | null) => (cursor === null ? {} : { cursor })

export const listClients = (cursor: string | null) => read(clients.$get({ query: page(cursor) }))
export const addClient = (json: { firstName: string; birthYear: number; watchLevel: 'standard' | 'extra' }) =>
  read(clients.$post({ json }))
export const findClient = (clientId: string) => read(clients[':clientId'].$get({ param: { clientId } }))
export const listZones = (clientId: string) => read(clients[':clientId'].zones.$get({ param: { clientId } }))
export const addZone = (clientId: string, json: ZoneInput) =>
  read(clients[':clientId'].zones.$post({ param: { clientId }, json }))
export const listRuns = (clientId: string, cursor: string | null) =>
  read(clients[':clientId'].runs.$get({ param: { clientId }, query: page(cursor) }))
export const findRun = (runId: string) => read(runs[':runId'].$get({ param: { runId } }))
export const findSeries = (runId: string) => read(runs[':runId'].series.$get({ param: { runId } }))
export const judgeAgain = (runId: string) => read(runs[':runId'].assessments.$post({ param: { runId } }))
export const keepBoth = (runId: string) =>
  read(runs[':runId'].$patch({ param: { runId }, json: { nearDuplicateOf: null } }))

/** Both as one run, shown under `runId`. */
export const combineRuns = (runId: string, otherRunId: string) =>
  read(runs[':runId'].combination.$post({ param: { runId }, json: { otherRunId } }))
export const separateRuns = (runId: string) => read(runs[':runId'].combination.$delete({ param: { runId } }))

export const findPatterns = (clientId: string) => read(clients[':clientId'].patterns.$get({ param: { clientId } }))
export const findSettings = () => read(settings.$get())
export const changeSettings = (json: Parameters<typeof settings.$put>[0]['json']) => read(settings.$put({ json }))

export async function removeRun(runId: string): Promise<void> {
  const response = await runs[':runId'].$delete({ param: { runId } })
  if (!response.ok) throw new ApiError('NOT_FOUND')
}

/** Upload files; the results come back in their order. */
export async function uploadFiles(clientId: string, files: readonly File[], plannedMin: number | null) {
  const form = new FormData()
  for (const file of files) form.append('files', file)
  if (plannedMin !== null) form.append('plannedMin', String(plannedMin))
  const url = clients[':clientId'].runs.$url({ param: { clientId } })
  return read<{ results: UploadResult[] }>(fetch(url, { method: 'POST', body: form }))
}

export const fileUrl = (runId: string): string => `/api/runs/${encodeURIComponent(runId)}/file`

export type ExportFormat = 'fit' | 'csv' | 'fhir' | 'open-mhealth'
export const exportUrl = (runId: string, format: ExportFormat, dialect: 'nl' | 'international'): string =>
  `/api/runs/${encodeURIComponent(runId)}/exports/${format}?dialect=${dialect}`
