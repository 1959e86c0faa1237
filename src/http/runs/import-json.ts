// The JSON of an import: how far it is, and what came of its files until now, as the answer to an upload has it.
import { z } from '@hono/zod-openapi'
import { readImportResult, type ImportJob } from '../../store/runs/import-jobs.ts'
import type { Store } from '../../store/database.ts'
import { epochMs, id } from '../schemas.ts'
import { problems, type ProblemCode } from '../problem.ts'
import type { Going } from './imports.ts'
import { uploadSchema, type Upload } from './upload-schema.ts'

const share = z.object({ done: z.number().int(), total: z.number().int() })

export const importSchema = uploadSchema
  .extend({
    id,
    state: z.enum(['waiting', 'working', 'done', 'failed']).describe('`waiting` for its turn after a restart'),
    begunAtMs: epochMs,
    endedAtMs: epochMs.nullable(),
    code: z.string().nullable().describe('why it failed; what was read before is in `results`, and stays'),
    message: z.string().nullable(),
    files: z
      .object({ done: z.number().int(), total: z.number().int().nullable() })
      .describe('looked at; null where archives are among them, which tell at their end how many they hold'),
    bytes: share.describe('of the upload'),
    file: z.string().nullable().describe('what is being read'),
  })
  .openapi('Import')
export type ImportJson = z.infer<typeof importSchema>

/** @param going where this process works on it
 *  @param from results that whoever asks has already */
export async function showImport(
  { db }: Pick<Store, 'db'>,
  { id: jobId, begunAtMs, ended }: ImportJob,
  going: Going | null,
  from = 0,
): Promise<ImportJson> {
  const progress = going?.progress
  const { results, left } =
    progress?.upload ?? (ended === null ? nothing : (JSON.parse(await readImportResult(db, jobId)) as Upload))
  const done =
    progress?.filesDone ??
    results.length + left.flatMap(({ counts }) => counts).reduce((sum, { count }) => sum + count, 0)
  return {
    id: jobId,
    state: going !== null ? 'working' : ended === null ? 'waiting' : ended.code === null ? 'done' : 'failed',
    begunAtMs,
    endedAtMs: ended?.atMs ?? null,
    code: ended?.code ?? null,
    message: titleOf(ended?.code ?? null),
    files: { done, total: progress?.filesTotal ?? (ended === null ? null : done) },
    bytes: { done: progress?.bytesDone ?? 0, total: progress?.bytesTotal ?? 0 },
    file: progress?.file ?? null,
    results: results.slice(from),
    left,
  }
}

const nothing: Upload = { results: [], left: [] }

const titleOf = (code: string | null): string | null =>
  code !== null && Object.hasOwn(problems, code) ? problems[code as ProblemCode].title : null
