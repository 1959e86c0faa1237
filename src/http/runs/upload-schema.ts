// The JSON of an upload: one result for each run and each file that was refused.
import { z } from '@hono/zod-openapi'
import { verdicts } from '../../domain/assessment.ts'
import { epochMs, id, seconds } from '../schemas.ts'

export const uploadSchema = z
  .object({
    results: z.array(
      z.object({
        file: z.string(),
        part: z.number().int().nullable(),
        result: z.enum(['added', 'already_there', 'near_duplicate', 'not_usable']),
        runId: id.nullable(),
        code: z.string().nullable(),
        message: z.string().nullable(),
        detail: z.string().nullable().describe('what of the file the code is about, in the words of the file'),
        verdict: z.enum(verdicts).nullable(),
        startedAtMs: epochMs.nullable().describe('when the run began; null where there is none'),
        startOffsetS: seconds.nullable().describe('local time minus UTC where the run was'),
        movingS: seconds.nullable().describe('how long the runner moved; null where nothing was judged'),
        asksDate: z.boolean().describe("the device's date cannot be right: when it was is asked (rule T4)"),
      }),
    ),
    left: z
      .array(
        z.object({
          archive: z.string(),
          counts: z.array(z.object({ code: z.string(), message: z.string(), count: z.number().int() })),
        }),
      )
      .describe('of each archive what is no run, and more of what was refused than is told file by file, by reason'),
  })
  .openapi('UploadResults')
export type Upload = z.infer<typeof uploadSchema>
export type UploadResult = Upload['results'][number]
