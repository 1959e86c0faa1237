// Route of a client's patterns: what the last weeks show as of now (section G). Computed when asked for.
import { createRoute, z } from '@hono/zod-openapi'
import { flagLevels, patternFlagKinds } from '../domain/flag.ts'
import { overrideParameters } from '../domain/parameters/parameters.ts'
import { findPatternFlags } from '../domain/patterns/pattern-flags.ts'
import { findHistory } from '../store/history.ts'
import { findSettings } from '../store/settings.ts'
import { newRouter, type AppContext } from './app-context.ts'
import { guarded, withClient } from './guard.ts'
import { json } from './schemas.ts'

const patterns = z
  .object({
    asOfMs: z.number().int(),
    timeZone: z.string(),
    flags: z.array(
      z.object({
        kind: z.enum(patternFlagKinds),
        rule: z.string(),
        ruleVersion: z.string(),
        level: z.enum(flagLevels),
        evidence: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .openapi('Patterns')

const show = createRoute({
  ...guarded('patterns.view'),
  method: 'get',
  path: '/api/clients/{clientId}/patterns',
  request: { params: z.object({ clientId: z.string() }) },
  responses: { 200: json(patterns, 'Flags over the last weeks, by local calendar day of the clinic') },
})

export function patternRoutes({ store, nowMs }: AppContext) {
  return newRouter().openapi(show, async (c) => {
    const asOfMs = nowMs()
    const found = await withClient(store, c, show, c.req.valid('param').clientId, async (db, key) => {
      const { timeZone, ruleSets, parameters } = await findSettings(db)
      const history = await findHistory(db, key, asOfMs)
      return { timeZone, flags: findPatternFlags(history, asOfMs, ruleSets, overrideParameters(parameters).pattern) }
    })
    const flags = found.flags.map((flag) => ({ ...flag, evidence: { ...flag.evidence } }))
    return c.json({ asOfMs, timeZone: found.timeZone, flags }, 200)
  })
}
