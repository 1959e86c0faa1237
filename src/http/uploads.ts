// The upload of watch files: many at once, one result for each; a bad one stops nothing. Safe to repeat.
import { createRoute, z } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { fileProblems, type FileProblem } from '../domain/reading-codes.ts'
import { unpack, unpackLimits } from '../formats/unpack.ts'
import { importFile } from '../store/import-file.ts'
import { newRouter, requireClient, type AppContext } from './app-context.ts'
import { ProblemError } from './problem.ts'
import { json, uploadSchema, type UploadResult } from './schemas.ts'

const MAX_UPLOAD_BYTES = 600 * 1024 * 1024

const upload = createRoute({
  method: 'post',
  path: '/api/clients/{clientId}/runs',
  request: { params: z.object({ clientId: z.string() }) },
  responses: { 200: json(uploadSchema, 'One result for each file, in the order of the upload') },
  middleware: [
    bodyLimit({
      maxSize: MAX_UPLOAD_BYTES,
      onError: () => {
        throw new ProblemError('UPLOAD_TOO_LARGE')
      },
    }),
  ] as const,
})

export function uploadRoutes(context: AppContext) {
  const { store, nowMs, newId } = context
  return newRouter().openapi(upload, async (c) => {
    const client = await requireClient(context, c.req.valid('param').clientId)
    const form = await c.req.raw.formData().catch(() => {
      throw new ProblemError('INVALID_REQUEST', 'The upload is no multipart form, or it ended too early.')
    })
    const plannedMin = readPlannedMin(form.get('plannedMin'))
    const results: UploadResult[] = []
    for (const value of form.values()) {
      if (typeof value === 'string') continue
      if (value.size > unpackLimits.fileBytes) {
        results.push(notUsable(value.name, 'TOO_LARGE'))
        continue
      }
      for (const file of unpack(value.name, new Uint8Array(await value.arrayBuffer()))) {
        if (!file.ok) {
          results.push(notUsable(file.path, file.code))
          continue
        }
        const importing = { clientId: client.id, plannedMin, nowMs: nowMs(), newId }
        const imported = await importFile(store, importing, file.path, file.bytes)
        if (!imported.ok) results.push(notUsable(file.path, imported.code))
        else for (const run of imported.runs) results.push({ file: file.path, ...run, code: null, message: null })
      }
    }
    return c.json({ results }, 200)
  })
}

const notUsable = (file: string, code: FileProblem): UploadResult => ({
  file,
  part: null,
  result: 'not_usable',
  runId: null,
  code,
  message: fileProblems[code],
  verdict: null,
})

function readPlannedMin(value: unknown): number | null {
  if (typeof value !== 'string' || value === '') return null
  const minutes = Number(value)
  if (!(minutes > 0 && minutes <= 1440)) throw new ProblemError('INVALID_REQUEST', 'plannedMin: minutes from 1 to 1440')
  return minutes
}
