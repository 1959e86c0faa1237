// Route of a client's patterns: what the last weeks show as of now (section G). Computed when asked for.
import { createRoute, z } from '@hono/zod-openapi'
import { flagLevels, patternFlagKinds } from '../domain/flag.ts'
import { overrideParameters } from '../domain/parameters/parameters.ts'
import { findPatternFlags } from '../domain/patterns/pattern-flags.ts'
import { listHistoryRuns } from '../store/history.ts'
import { findSettings } from '../store/settings.ts'
import { newRouter, type AppContext } from './app-context.ts'
import { guarded, withClient } from './guard.ts'
import { json } from './schemas.ts'

/** G4 looks back furthest: in its 28-day weighted mean all that is older than 120 days weighs (27/29)^120, 0.02 %. */
const LOOK_BACK_MS = 120 * 86_400_000

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
      const runs = await listHistoryRuns(db, key, asOfMs - LOOK_BACK_MS)
      // Plans and check-ins are not stored yet: the rules that need them stay silent.
      const history = { runs, checkIns: [], plan: { weekMin: null, weekdays: null }, timeZone }
      return { timeZone, flags: findPatternFlags(history, asOfMs, ruleSets, overrideParameters(parameters).pattern) }
    })
    const flags = found.flags.map((flag) => ({ ...flag, evidence: { ...flag.evidence } }))
    return c.json({ asOfMs, timeZone: found.timeZone, flags }, 200)
  })
}
