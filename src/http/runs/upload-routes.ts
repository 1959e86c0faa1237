// Uploads watch files: many at once, with one result for each. A bad file does not stop the others. An upload can be
// repeated safely.
import { createRoute, z } from '@hono/zod-openapi'
import { isOwnRecord } from '../../store/clients/clients.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireStill, withClient } from '../guard.ts'
import { form, json, manyFiles } from '../schemas.ts'
import { importForm } from './import-form.ts'
import { uploadSchema } from './upload-schema.ts'

const upload = createRoute({
  ...guarded('run.add'),
  method: 'post',
  path: '/api/clients/{clientId}/runs',
  request: {
    params: z.object({ clientId: z.string() }),
    body: form('Watch files: FIT, TCX, GPX, also gzipped, in zips or in tars. Safe to repeat', {
      files: manyFiles,
      plannedMin: { type: 'number', minimum: 1, maximum: 1440, description: 'minutes that were planned' },
    }),
    query: z.object({
      all: z
        .enum(['true', 'false'])
        .default('false')
        .describe('a result for each file of an archive that is no run as well, instead of counts in `left`'),
    }),
  },
  responses: {
    200: json(
      uploadSchema,
      'One result for each run and each file that was refused, in the order of the upload; what archives hold beside runs is counted',
    ),
  },
})

export function uploadRoutes(context: AppContext) {
  return newRouter().openapi(upload, async (c) => {
    const { clientId } = c.req.valid('param')
    // Asked before a byte is taken, and again before each file is written: a slow line takes its time, and a large zip too. The
    // log's line stands for the whole upload.
    const { personId } = c.var.access
    const asking = await withClient(context.store, c, upload, clientId, async (db, access) => ({
      access,
      isClient: await isOwnRecord(db, access, personId),
    }))
    const form = await context.readUpload(c.req.raw)
    try {
      const stillMay = () => requireStill(context.store, c, asking.access)
      return c.json(await importForm(context, asking, form, stillMay, c.req.valid('query').all === 'true'), 200)
    } finally {
      await form.release()
    }
  })
}
