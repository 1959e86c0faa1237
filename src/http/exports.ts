// A run as a file for others: FIT, CSV, FHIR R4, Open mHealth. Always of what is shown: both sources where there are two.
import { createRoute, z } from '@hono/zod-openapi'
import { zoneOffsetS } from '../domain/patterns/local-day.ts'
import { writeCsv } from '../formats/csv/write-csv.ts'
import type { ExportedRun } from '../formats/export/exported-run.ts'
import { toFhirBundle } from '../formats/fhir/write-fhir.ts'
import { writeFit } from '../formats/fit/write-fit.ts'
import { heartRateJson } from '../formats/open-mhealth/heart-rate.ts'
import type { ClientAccess } from '../store/access.ts'
import { listAssessments } from '../store/assessments.ts'
import type { Database } from '../store/database.ts'
import type { Run } from '../store/runs.ts'
import { findSettings } from '../store/settings.ts'
import { newRouter, type AppContext } from './app-context.ts'
import { guarded, withRun } from './guard.ts'
import { latestOf, requireRunRecording } from './shown-run.ts'

export const exportFormats = ['fit', 'csv', 'fhir', 'open-mhealth'] as const
export type ExportFormat = (typeof exportFormats)[number]

const params = z.object({ runId: z.string(), format: z.enum(exportFormats) })
const query = z.object({
  dialect: z
    .enum(['nl', 'international'])
    .default('international')
    .describe('of CSV: semicolon and decimal comma, or comma and point'),
})

const show = createRoute({
  ...guarded('run.export'),
  method: 'get',
  path: '/api/runs/{runId}/exports/{format}',
  request: { params, query },
  responses: {
    200: {
      description: 'The run in this format, as a file',
      content: {
        'application/vnd.ant.fit': {},
        'text/csv': {},
        'application/fhir+json': {},
        'application/json': {},
      },
    },
  },
})

export function exportRoutes({ store }: AppContext) {
  return newRouter().openapi(show, async (c) => {
    const { runId, format } = c.req.valid('param')
    const { dialect } = c.req.valid('query')
    const exported = await withRun(store, c, show, runId, toExportedRun)
    const { body, type, ending } = writeExport(exported, format, dialect, new URL(c.req.url).origin)
    const day = new Date(exported.recording.startedAtMs + exported.utcOffsetS * 1000).toISOString().slice(0, 10)
    return new Response(body, {
      headers: {
        'content-type': type,
        'content-disposition': `attachment; filename="calmpace-${day}.${ending}"`,
      },
    })
  })
}

export async function toExportedRun(db: Database, key: ClientAccess, run: Run): Promise<ExportedRun> {
  const { recording } = await requireRunRecording(db, key, run)
  const { assessment, assessedAtMs } = latestOf(run, await listAssessments(db, key, [run.id]))
  const { timeZone } = await findSettings(db)
  return {
    runId: run.id,
    clientId: run.clientId,
    recording,
    assessment,
    assessedAtMs,
    importedAtMs: run.importedAtMs,
    utcOffsetS: recording.localOffsetS ?? zoneOffsetS(recording.startedAtMs, timeZone),
  }
}

export function writeExport(
  run: ExportedRun,
  format: ExportFormat,
  dialect: 'nl' | 'international',
  origin: string,
): { readonly body: Uint8Array<ArrayBuffer> | string; readonly type: string; readonly ending: string } {
  switch (format) {
    case 'fit':
      return { body: Uint8Array.from(writeFit(run.recording)), type: 'application/vnd.ant.fit', ending: 'fit' }
    case 'csv':
      return { body: writeCsv(run, dialect), type: 'text/csv; charset=utf-8', ending: 'csv' }
    case 'fhir':
      return {
        body: JSON.stringify(toFhirBundle(run, `${origin}/fhir`)),
        type: 'application/fhir+json',
        ending: 'fhir.json',
      }
    case 'open-mhealth':
      return { body: [...heartRateJson(run)].join(''), type: 'application/json', ending: 'open-mhealth.json' }
  }
}
