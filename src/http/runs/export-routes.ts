// Downloads a run as FIT, CSV, FHIR R4 or Open mHealth. The export contains what the page shows: both sources if there
// are two.
import { createRoute, z } from '@hono/zod-openapi'
import { isUndated } from '../../domain/dating.ts'
import { shortId } from '../../domain/short-id.ts'
import { csvDialects } from '../../domain/languages.ts'
import { exportFormats } from '../../formats/export/write-export.ts'
import { findPackedExport } from '../../store/runs/exported-run.ts'
import { work } from '../../store/work/work.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { attachment } from '../attachment.ts'
import { guarded, withRun } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { download } from '../schemas.ts'

const params = z.object({ runId: z.string(), format: z.enum(exportFormats) })
/** Of routes that write CSV. */
export const dialectQuery = z.object({
  dialect: z
    .enum(csvDialects)
    .default('international')
    .describe('of CSV: semicolon and decimal comma, or comma and point'),
})

const show = createRoute({
  ...guarded('run.export'),
  method: 'get',
  path: '/api/runs/{runId}/exports/{format}',
  request: { params, query: dialectQuery },
  responses: {
    200: download(
      'The run in this format, as a file',
      'application/vnd.ant.fit',
      'text/csv',
      'application/fhir+json',
      'application/json',
    ),
  },
})

export function exportRoutes({ store, origin }: AppContext) {
  return newRouter().openapi(show, async (c) => {
    const { runId, format } = c.req.valid('param')
    const { dialect } = c.req.valid('query')
    const exported = await withRun(store, c, show, runId, async (db, key, run) =>
      isUndated(run.dating) ? ('undated' as const) : findPackedExport(db, key, run),
    )
    if (exported === 'undated') throw new ProblemError('DATE_UNKNOWN')
    if (exported === null) throw new ProblemError('SAMPLES_GONE')
    const written = await work(store.db, 'export', { run: exported, format, dialect, origin })
    if (written === null) throw new ProblemError('NO_READINGS')
    const { body, type, ending, day } = written
    return new Response(body, {
      headers: {
        'content-type': type,
        'content-disposition': attachment(`calmpace-${day}-${shortId(runId)}.${ending}`),
      },
    })
  })
}
