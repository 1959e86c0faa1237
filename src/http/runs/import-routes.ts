// Tells whoever began an import how far it is and what came of it, ends one, and forgets one. The line of the log that the upload
// wrote stands for its answer too, whenever that is taken.
import { createRoute, z } from '@hono/zod-openapi'
import { logRefusal } from '../../store/people/access.ts'
import { findImport, listImportsBy, type ImportJob } from '../../store/runs/import-jobs.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireMay } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { json } from '../schemas.ts'
import { importSchema, showImport } from './import-json.ts'

const params = z.object({ clientId: z.string() })
const oneParams = params.extend({ importId: z.string() })

const list = createRoute({
  ...guarded('run.add'),
  method: 'get',
  path: '/api/clients/{clientId}/imports',
  request: { params },
  responses: {
    200: json(
      z.object({ items: z.array(importSchema.omit({ results: true, left: true })) }),
      'Imports that I began for this client, the latest first: those under way, and those whose answer I did not get, for a day',
    ),
  },
})
const show = createRoute({
  ...guarded('run.add'),
  method: 'get',
  path: '/api/clients/{clientId}/imports/{importId}',
  request: {
    params: oneParams,
    query: z.object({
      from: z.coerce.number().int().min(0).default(0).describe('leave out so many results, which I have already'),
    }),
  },
  responses: { 200: json(importSchema, 'How far it is; at its end with the answer to the upload, for a day') },
})
const forget = createRoute({
  ...guarded('run.add'),
  method: 'delete',
  path: '/api/clients/{clientId}/imports/{importId}',
  request: { params: oneParams },
  responses: { 204: { description: 'It has ended, and nothing about it is kept; runs that it added stay' } },
})

export function importRoutes({ store, imports }: AppContext) {
  const requireOwn = async (c: Parameters<typeof requireMay>[1], clientId: string, id: string): Promise<ImportJob> => {
    await requireMay(store, c, show, clientId)
    const job = await findImport(store.db, id)
    if (job !== null && job.clientId === clientId && job.personId === c.var.access.personId) return job
    await store.atomically((db) => logRefusal(db, c.var.access, show['x-action'], clientId))
    throw new ProblemError('NOT_FOUND')
  }
  return newRouter()
    .openapi(list, async (c) => {
      const { clientId } = c.req.valid('param')
      await requireMay(store, c, list, clientId)
      const jobs = await listImportsBy(store.db, c.var.access.personId, clientId)
      const items = await Promise.all(jobs.map((job) => showImport(store, job, imports.find(job.id))))
      return c.json({ items: items.map(({ results: _results, left: _left, ...item }) => item) }, 200)
    })
    .openapi(show, async (c) => {
      const { clientId, importId } = c.req.valid('param')
      const job = await requireOwn(c, clientId, importId)
      return c.json(await showImport(store, job, imports.find(job.id), c.req.valid('query').from), 200)
    })
    .openapi(forget, async (c) => {
      const { clientId, importId } = c.req.valid('param')
      await imports.forget(await requireOwn(c, clientId, importId))
      return c.body(null, 204)
    })
}
