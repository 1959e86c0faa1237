// Requests about clients, their zones, their runs, and the clinic's settings.
import type { CsvDialect } from '../../src/domain/languages.ts'
import type { InferResponseType } from 'hono/client'
import type { ZoneConfirmation } from '../../src/domain/zone/zone-change.ts'
import { client, done, read } from './request.ts'

const clients = client.api.clients
const runs = client.api.runs
const settings = client.api.settings

/** With what I may do with their data. */
export type Client = InferResponseType<(typeof clients)[':clientId']['$get'], 200>
export type ClientAction = Client['actions'][number]
export type ListedClient = InferResponseType<typeof clients.$get, 200>['items'][number]
export type Zone = NonNullable<Client['zone']>
export type ZoneVersions = InferResponseType<(typeof clients)[':clientId']['zones']['$get'], 200>
export type RunPage = InferResponseType<(typeof clients)[':clientId']['runs']['$get'], 200>
export type RunSummary = RunPage['items'][number]
export type Run = InferResponseType<(typeof runs)[':runId']['$get'], 200>
export type Series = InferResponseType<(typeof runs)[':runId']['series']['$get'], 200>
export type Patterns = InferResponseType<(typeof clients)[':clientId']['patterns']['$get'], 200>
export type GroupPatterns = InferResponseType<(typeof client.api.groups)[':groupId']['patterns']['$get'], 200>
export type Settings = InferResponseType<typeof settings.$get, 200>
export type ZonePreview = InferResponseType<(typeof clients)[':clientId']['zones']['preview']['$post'], 200>
export type ClinicPreview = InferResponseType<typeof settings.preview.$post, 200>
export type ZoneInput = Parameters<(typeof clients)[':clientId']['zones']['$post']>[0]['json']

const page = (cursor: string | null) => (cursor === null ? {} : { cursor })

export const listClients = (cursor: string | null) => read(clients.$get({ query: page(cursor) }))
export const addClient = (json: Parameters<typeof clients.$post>[0]['json']) => read(clients.$post({ json }))
export const findClient = (clientId: string) => read(clients[':clientId'].$get({ param: { clientId } }))
export const listZones = (clientId: string) => read(clients[':clientId'].zones.$get({ param: { clientId } }))
export const addZone = (clientId: string, json: ZoneInput) =>
  read(clients[':clientId'].zones.$post({ param: { clientId }, json }))
export const withdrawZone = (
  clientId: string,
  zoneId: string,
  json: { reason: string; confirmed: ZoneConfirmation[] },
) => read(clients[':clientId'].zones[':zoneId'].withdrawal.$post({ param: { clientId, zoneId }, json }))
/** Some of the runs that were judged by another version of the limit than the one that holds for them. */
export const judgeMisjudged = (clientId: string) =>
  read(clients[':clientId'].zones.judgements.$post({ param: { clientId } }))
export const previewZone = (clientId: string, json: ZoneInput) =>
  read(clients[':clientId'].zones.preview.$post({ param: { clientId }, json }))
export const listRuns = (clientId: string, cursor: string | null) =>
  read(clients[':clientId'].runs.$get({ param: { clientId }, query: page(cursor) }))
export const findRun = (runId: string) => read(runs[':runId'].$get({ param: { runId } }))
export const findSeries = (runId: string) => read(runs[':runId'].series.$get({ param: { runId } }))
export const judgeAgain = (runId: string) => read(runs[':runId'].assessments.$post({ param: { runId } }))
/** Whether two recordings are one run; null takes the answer back. Answers with the run that is shown from now on. */
export const sayOneRun = (runId: string, otherRunId: string, oneRun: boolean | null) =>
  read(runs[':runId'].twin.$put({ param: { runId }, json: { otherRunId, oneRun } }))
/** Whether it is a run at all: another sport is set aside until somebody says so. */
export const sayRun = (runId: string, saidRun: boolean) =>
  read(runs[':runId'].$patch({ param: { runId }, json: { saidRun } }))
/** Whether HARD from a bad signal was so, or a misreading (rule F10); the run is judged again. */
export const sayHard = (runId: string, saidHard: boolean) =>
  read(runs[':runId'].$patch({ param: { runId }, json: { saidHard } }))

/** When a run was whose device's date cannot be right. */
export const sayStart = (runId: string, startedAtMs: number) =>
  read(runs[':runId'].start.$put({ param: { runId }, json: { startedAtMs } }))

export const separateRuns = (runId: string) => read(runs[':runId'].combination.$delete({ param: { runId } }))

export const findPatterns = (clientId: string) => read(clients[':clientId'].patterns.$get({ param: { clientId } }))
export const findGroupPatterns = (groupId: string) =>
  read(client.api.groups[':groupId'].patterns.$get({ param: { groupId } }))
export const findSettings = () => read(settings.$get())
export const previewSettings = (json: Parameters<typeof settings.preview.$post>[0]['json']) =>
  read(settings.preview.$post({ json }))
export const changeSettings = (json: Parameters<typeof settings.$put>[0]['json']) => read(settings.$put({ json }))

export const removeRun = (runId: string) => done(runs[':runId'].$delete({ param: { runId } }))

export const fileUrl = (runId: string): string => `/api/runs/${encodeURIComponent(runId)}/file`

export type ExportFormat = 'fit' | 'csv' | 'fhir' | 'open-mhealth'
export const exportUrl = (runId: string, format: ExportFormat, dialect: CsvDialect): string =>
  `/api/runs/${encodeURIComponent(runId)}/exports/${format}?dialect=${dialect}`
