// The upload of watch files: many at once, one result for each; a bad one stops nothing. Safe to repeat.
import { createRoute, z } from '@hono/zod-openapi'
import { fileProblems, type FileProblem } from '../domain/reading-codes.ts'
import { readFile } from '../formats/read-file.ts'
import { unpack } from '../formats/unpack.ts'
import { logTrouble } from '../live/log-trouble.ts'
import type { ClientAccess } from '../store/access.ts'
import { isOwnRecord } from '../store/clients.ts'
import type { Store } from '../store/database.ts'
import { importFile, type ImportContext, type ImportResult } from '../store/import-file.ts'
import { newRouter, type AppContext } from './app-context.ts'
import { guarded, withClient } from './guard.ts'
import { ProblemError } from './problem.ts'
import type { UploadForm } from './read-upload.ts'
import { json, uploadSchema, type UploadResult } from './schemas.ts'

const upload = createRoute({
  ...guarded('run.add'),
  method: 'post',
  path: '/api/clients/{clientId}/runs',
  request: { params: z.object({ clientId: z.string() }) },
  responses: { 200: json(uploadSchema, 'One result for each file, in the order of the upload') },
})

export function uploadRoutes(context: AppContext) {
  return newRouter().openapi(upload, async (c) => {
    const { clientId } = c.req.valid('param')
    // Asked before a byte is taken. The log's line stands for the whole upload.
    const { personId } = c.var.access
    const asking = await withClient(context.store, c, upload, clientId, async (db, access) => ({
      access,
      isClient: await isOwnRecord(db, access, personId),
    }))
    const form = await context.readUpload(c.req.raw)
    try {
      return c.json({ results: await importForm(context, asking, form) }, 200)
    } finally {
      await form.release()
    }
  })
}

/** product choice: more than an export of ten years lists; a zip can list as many in a few megabytes as no memory holds. */
const MOST_RESULTS = 50_000

async function importForm(
  context: AppContext,
  asking: Pick<ImportContext, 'isClient'> & { readonly access: ClientAccess<'run.add'> },
  form: UploadForm,
): Promise<UploadResult[]> {
  const { store, nowMs, newId } = context
  const plannedMin = readPlannedMin(form.fields.get('plannedMin'))
  const results: UploadResult[] = []
  let starts: Promise<number[]> | null = null
  const startsTogether = () => (starts ??= listStarts(form, nowMs()))
  for (const { name, source } of form.files)
    for await (const file of unpack(name, source)) {
      if (results.length >= MOST_RESULTS) return [...results, notUsable(file.path, 'TOO_MANY_FILES')]
      if (!file.ok) {
        results.push(notUsable(file.path, file.code))
        continue
      }
      const importing = { ...asking, plannedMin, nowMs: nowMs(), newId, startsTogether }
      const imported = await importAlone(store, importing, file)
      if (!imported.ok) results.push(notUsable(file.path, imported.code))
      else for (const run of imported.runs) results.push({ file: file.path, ...run, code: null, message: null })
    }
  return results
}

/** One file, one fate: what fails with one, by a fault of ours too, is told of that one, and the next is read. */
async function importAlone(
  store: Store,
  context: ImportContext,
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
): Promise<ImportResult> {
  try {
    return await importFile(store, context, path, bytes)
  } catch (error) {
    logTrouble('a file of an upload failed', error)
    return { ok: false, code: 'NOT_TAKEN' }
  }
}

const notUsable = (file: string, code: FileProblem): UploadResult => ({
  file,
  part: null,
  result: 'not_usable',
  runId: null,
  code,
  message: fileProblems[code],
  verdict: null,
  asksDate: false,
})

/** The starts of all runs of an upload, by their own clocks. Reads it once more, so only where rule T4 asks. */
async function listStarts(form: UploadForm, nowMs: number): Promise<number[]> {
  const starts: number[] = []
  for (const { name, source } of form.files)
    for await (const file of unpack(name, source)) {
      const reading = file.ok ? readFile(file.path, file.bytes, nowMs) : file
      if (reading.ok) starts.push(...reading.recordings.map(({ startedAtMs }) => startedAtMs))
    }
  return starts
}

function readPlannedMin(value = ''): number | null {
  if (value === '') return null
  const minutes = Number(value)
  if (!(minutes > 0 && minutes <= 1440)) throw new ProblemError('INVALID_REQUEST', 'plannedMin: minutes from 1 to 1440')
  return minutes
}
