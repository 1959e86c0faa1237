// Routes to download all data of one client as one zip, and to import such a zip in another clinic.
import { createRoute, z } from '@hono/zod-openapi'
import { shortId } from '../../domain/short-id.ts'
import { openArchive, type ArchiveProblem, type OpenArchive } from '../../formats/archive/read-archive.ts'
import { zipChunks } from '../../formats/archive/write-zip.ts'
import { isOwnRecord } from '../../store/clients/clients.ts'
import type { Database } from '../../store/database.ts'
import { dataMembers, gatherData } from '../../store/rights/export-data.ts'
import { findDamagedMembers, importData } from '../../store/rights/import-data.ts'
import { work } from '../../store/work/work.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { nextTurn } from '../next-turn.ts'
import { attachment } from '../attachment.ts'
import { requireAdult } from '../clients/client-routes.ts'
import { dialectQuery } from '../runs/export-routes.ts'
import { guarded, withClient } from '../guard.ts'
import { logCut, ProblemError, type ProblemCode } from '../problem.ts'
import type { UploadForm } from '../runs/read-upload.ts'
import { download, form, json, oneFile } from '../schemas.ts'

const params = z.object({ clientId: z.string() })

const exportAll = createRoute({
  ...guarded('data.export'),
  method: 'get',
  path: '/api/clients/{clientId}/data.zip',
  request: { params, query: dialectQuery },
  responses: {
    200: download(
      'calmpace.json with all facts, the original files, each run as columns, CSV and FHIR, and index.html for people, in Dutch or English by the dialect',
      'application/zip',
    ),
  },
})
const importAll = createRoute({
  ...guarded('data.import'),
  method: 'post',
  path: '/api/clients/{clientId}/import',
  request: { params, body: form('A data.zip', { files: oneFile }, ['files']) },
  responses: {
    200: json(
      z
        .object({
          zonesAdded: z.number().int(),
          runsAdded: z.number().int(),
          runsAlreadyThere: z.number().int(),
          runsRemovedBefore: z.number().int().describe('that stay away: they were removed, here or where it is from'),
        })
        .openapi('ImportedData'),
      'What of a data.zip (multipart, field `files`) was not there yet; all of it or nothing',
    ),
  },
})

export function dataRoutes(context: AppContext) {
  const { store, nowMs, newId, origin, imports, cut } = context
  return newRouter()
    .openapi(exportAll, async (c) => {
      const { dialect } = c.req.valid('query')
      const { clientId } = c.req.valid('param')
      const { key, isOwn } = await withClient(store, c, exportAll, clientId, async (db, key) => ({
        key,
        isOwn: await isOwnRecord(db, key, c.var.access.personId),
      }))
      // Of years it takes a while: nobody waits for it.
      const gather = (db: Database, rest?: () => Promise<void>) => gatherData(db, key, { nowMs: nowMs(), isOwn, rest })
      const archive = await (store.atOneMoment?.(gather) ?? store.atomically((db) => gather(db)))
      if (archive === null) throw new ProblemError('NOT_FOUND')
      const members = dataMembers(store.db, key, archive, dialect, origin, nextTurn)
      const onFailure = (error: unknown) => {
        logCut(error, c)
        cut?.(c)
      }
      const day = new Date(archive.exportedAtMs).toISOString().slice(0, 10)
      const chunks = zipChunks(members, archive.exportedAtMs, (bytes) => work(store.db, 'deflate', bytes))
      return new Response(toStream(chunks, onFailure), {
        headers: {
          'content-type': 'application/zip',
          'content-disposition': attachment(`calmpace-data-${day}-${shortId(key.clientId)}.zip`),
        },
      })
    })
    .openapi(importAll, async (c) => {
      const { clientId } = c.req.valid('param')
      // Asked before a byte is taken, and again when it is written.
      await withClient(store, c, importAll, clientId, async () => undefined, { begun: true })
      const imported = await imports.take(clientId, c.req.raw, async (form) => {
        const archive = await requireArchive(form)
        requireAdult(archive.data.client.birthYear, nowMs())
        await c.var.askAgain()
        const { zones, runs } = archive.data
        const done = await withClient(
          store,
          c,
          importAll,
          clientId,
          (db, access) => importData(db, { access, newId, nowMs: nowMs() }, archive),
          { zones: zones.length, runs: runs.length },
        )
        await form.release()
        return done
      })
      return c.json(imported, 200)
    })
}

const codes: Readonly<Record<ArchiveProblem, ProblemCode>> = {
  FOREIGN: 'ARCHIVE_FOREIGN',
  TOO_NEW: 'ARCHIVE_TOO_NEW',
  BROKEN: 'ARCHIVE_DAMAGED',
}

/** The archive, read to its end once. @throws ProblemError ARCHIVE_FOREIGN, ARCHIVE_TOO_NEW, ARCHIVE_DAMAGED */
async function requireArchive({ files }: UploadForm): Promise<OpenArchive> {
  const [file] = files
  if (file === undefined || files.length > 1) throw new ProblemError('INVALID_REQUEST', 'files: one zip')
  const opened = await openArchive(file.source)
  if (!opened.ok) throw new ProblemError(codes[opened.code], null, { errors: opened.errors })
  const damaged = await findDamagedMembers(opened.value)
  if (damaged.length > 0) throw new ProblemError('ARCHIVE_DAMAGED', null, { errors: damaged.slice(0, 20) })
  return opened.value
}

/** One piece whenever the reader wants one: no more of the zip is in memory than that.
 *  @param onFailure is told why it cannot go on. The stream's own error says nothing of it, for a runtime prints that */
function toStream(chunks: AsyncGenerator<Uint8Array>, onFailure: (error: unknown) => void): ReadableStream<Uint8Array> {
  let isWanted = true
  return new ReadableStream({
    pull: async (controller) => {
      try {
        const next = await chunks.next()
        if (next.done === true) controller.close()
        else controller.enqueue(next.value)
      } catch (error) {
        if (isWanted) onFailure(error)
        // Where the connection was ended for it, the reader has gone by now.
        setTimeout(() => {
          if (isWanted) controller.error(new Error('cut'))
        })
      }
    },
    cancel: async () => {
      isWanted = false
      await chunks.return(undefined)
    },
  })
}
