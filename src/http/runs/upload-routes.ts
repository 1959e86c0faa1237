// Uploads watch files: many at once, with one result for each. An upload can be repeated safely. Once all of it has come it goes on by
// itself (imports.ts); the answer waits for it a little.
import { createRoute, z } from '@hono/zod-openapi'
import { isOwnRecord } from '../../store/clients/clients.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireStill, withClient } from '../guard.ts'
import { orAfter } from '../or-after.ts'
import { form, json, manyFiles } from '../schemas.ts'
import { readAsked } from './import-form.ts'
import { importSchema, showImport } from './import-json.ts'
import type { Going, ImportEnd } from './imports.ts'
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
    headers: z.object({ prefer: z.string().max(200).optional().describe('`wait=SECONDS` (RFC 7240)') }),
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
    202: {
      ...json(
        importSchema,
        'All bytes are kept, and reading them takes longer (than 5 s, or than `Prefer: wait=SECONDS` says, at most 50): it goes on ' +
          'without this connection, and `Location` tells how far it is',
      ),
      headers: z.object({ location: z.string() }),
    },
  },
})

/** product choice: who sends a few files waits no longer for them, and no proxy has given up by then. */
const WAIT_S = 5
/** product choice: most proxies give up after sixty seconds without a byte. */
const MOST_WAIT_S = 50

/** How long whoever asks wants to wait for the whole answer (RFC 7240 §4.3). */
function waitMsOf({ headers }: Request): number {
  const said = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,4})/i.exec(headers.get('prefer') ?? '')?.[1]
  return 1000 * Math.min(said === undefined ? WAIT_S : Number(said), MOST_WAIT_S)
}

export function uploadRoutes({ store, imports }: AppContext) {
  return newRouter().openapi(upload, async (c) => {
    const { clientId } = c.req.valid('param')
    const { raw } = c.req
    // Asked before a byte is taken, when all have come, and again before each file is written: a slow line takes its time, and a large
    // zip too. The log's line stands for the whole upload.
    const { personId } = c.var.access
    const { access, isClient } = await withClient(store, c, upload, clientId, async (db, key) => ({
      access: key,
      isClient: await isOwnRecord(db, key, personId),
    }))
    let isAwaited = true
    const going = await imports.take(clientId, raw, async (form) => {
      const plannedMin = readAsked(form)
      await requireStill(store, c, access)
      const tellsAll = c.req.valid('query').all === 'true'
      const asked = { isClient, plannedMin, tellsAll }
      return imports.begin(c.var.access, clientId, asked, form, () => isAwaited && !raw.signal.aborted)
    })
    c.set('goesOn', going.ended)
    const end = await endWithin(going, waitMsOf(raw), () => (isAwaited = false))
    if (end === null) {
      c.header('location', `/api/clients/${clientId}/imports/${going.job.id}`)
      return c.json(await showImport(store, going.job, going), 202)
    }
    if (end.error !== null) throw end.error
    return c.json(going.progress.upload, 200)
  })
}

/** @param goOn called at the moment at which nobody waits any more
 *  @returns null where it goes on */
async function endWithin(going: Going, ms: number, goOn: () => void): Promise<ImportEnd | null> {
  const end = ms === 0 ? null : await orAfter(ms, going.ended)
  if (end !== null || going.isOver) return going.ended
  goOn()
  return null
}
