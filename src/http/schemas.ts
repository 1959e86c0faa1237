// What the JSON of several nouns shares: units, limits, pages, bodies and answers of routes. The schemas of one noun stand in its
// folder.
import { z } from '@hono/zod-openapi'
import { LAST_MS } from '../domain/calendar.ts'
import { ceilingSources } from '../domain/calm-zone.ts'
import { checkInResults } from '../domain/check-in/check-in.ts'

export const epochMs = z.number().int().min(0).max(LAST_MS).describe('UTC epoch milliseconds')
export const seconds = z.number().describe('seconds')
export const bpm = z.number()
export const span = z.tuple([seconds, seconds]).describe('[from, to) in seconds since the start')
export const id = z.string()

/** Limits with related fields: a ceiling and its origin, or neither. */
export const withLimits = <More extends z.ZodRawShape>(more: More) =>
  z.discriminatedUnion('source', [
    z.object({ source: z.enum(ceilingSources), ceilingBpm: bpm, ...otherLimits, ...more }),
    z.object({ source: z.literal('none'), ceilingBpm: z.null(), ...otherLimits, ...more }),
  ])
const otherLimits = { floorBpm: bpm.nullable(), hardBpm: bpm.nullable() }

export const checkInSchema = z
  .object({
    atMs: epochMs,
    result: z.enum(checkInResults),
    zoneNeedsReview: z.boolean().describe('rule A10: the calm limit is to be looked at again'),
  })
  .openapi('CheckIn')
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})

/** A JSON response of a route. */
export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
/** A file of a route, of one of these types; in the document a string of bytes. */
export const download = (description: string, ...types: readonly string[]) => ({
  description,
  content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }])),
})
/** A multipart form of a route, for the document alone: nothing but the route reads it (read-upload.ts). */
export const form = (description: string, properties: Record<string, FormField>, required: string[] = ['files']) => ({
  required: true,
  description,
  content: { 'multipart/form-data': { schema: { type: 'object' as const, properties, required } } },
})
export const oneFile = { type: 'string', format: 'binary' } as const
export const manyFiles = { type: 'array', items: oneFile, minItems: 1 } as const
type FormField =
  typeof oneFile | typeof manyFiles | { type: 'number'; minimum: number; maximum: number; description: string }
/** A JSON body of a route. */
export const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})
