// The JSON of a client.
import { z } from '@hono/zod-openapi'
import { clientActions } from '../../domain/access.ts'
import { watchLevels } from '../../domain/zone/resolve-zone.ts'
import { epochMs, id } from '../schemas.ts'
import { zoneSchema } from './zone-schemas.ts'

export const clientInputSchema = z
  .strictObject({
    firstName: z.string().trim().min(1).max(40),
    birthYear: z.number().int(),
    watchLevel: z.enum(watchLevels).default('standard'),
  })
  .openapi('ClientInput')

export const clientSchema = z
  .object({
    id,
    firstName: z.string(),
    birthYear: z.number().int(),
    watchLevel: z.enum(watchLevels),
    createdAtMs: epochMs,
    runCount: z.number().int(),
    lastRunAtMs: epochMs.nullable(),
    zone: zoneSchema.nullable(),
  })
  .openapi('Client')
/** A client as the API shows them. */
export const shownClientSchema = clientSchema
  .extend({ actions: z.array(z.enum(clientActions)).describe('what I may do with their data') })
  .openapi('ShownClient')
