// Routes of "what would have been flagged", before a calm limit or the clinic's settings are saved. They write only
// their line in the log. For the clinic's settings they return counts only, because a person who changes settings may
// see no client.
import { createRoute, z } from '@hono/zod-openapi'
import { verdicts } from '../../domain/assessment.ts'
import { flagKinds } from '../../domain/finding.ts'
import { comparePreview } from '../../domain/preview.ts'
import { inForce } from '../../domain/zone/zone-versions.ts'
import { logClinic, makeSystemAccess } from '../../store/people/access.ts'
import { findClient } from '../../store/clients/clients.ts'
import type { Database } from '../../store/database.ts'
import { previewClient, type PreviewedClient } from '../../store/review/preview.ts'
import { findSettings, type ClinicSettings } from '../../store/settings/settings.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireInClinic, withClient } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { listZones } from '../../store/clients/zones.ts'
import { resolveChange } from '../clients/resolve-zone-inputs.ts'
import { body, epochMs, json } from '../schemas.ts'
import { requireParameters, settingsFields } from '../settings/settings-routes.ts'
import { zoneInput } from '../clients/zone-routes.ts'

const DAY_MS = 86_400_000
/** product choice: what a person still remembers; and what a server does in a few seconds. */
const CLIENT_BACK_MS = 56 * DAY_MS
const CLINIC_BACK_MS = 28 * DAY_MS
const MOST_RUNS = 200

const nowAndThen = { now: z.number().int(), would: z.number().int() }
const counts = {
  runs: z.number().int().describe('that were judged twice'),
  samplesGone: z.number().int().describe('that could not be: their samples are deleted'),
  kinds: z
    .array(z.object({ kind: z.enum(flagKinds), ...nowAndThen }))
    .describe('in how many runs, or clients of weeks'),
  verdicts: z.array(z.object({ verdict: z.enum(verdicts), ...nowAndThen })),
}
const clientPreview = z
  .object({
    ...counts,
    changed: z.array(
      z.object({
        runId: z.string(),
        startedAtMs: epochMs,
        verdictNow: z.enum(verdicts),
        verdictThen: z.enum(verdicts),
        newKinds: z.array(z.enum(flagKinds)),
        goneKinds: z.array(z.enum(flagKinds)),
      }),
    ),
  })
  .openapi('ZonePreview')
const clinicPreview = z
  .object({
    ...counts,
    clients: z.number().int(),
    changedRuns: z.number().int(),
    leftOut: z.number().int().describe('older runs of these weeks, of which there were too many'),
  })
  .openapi('SettingsPreview')

const zone = createRoute({
  ...guarded('zone.set'),
  method: 'post',
  path: '/api/clients/{clientId}/zones/preview',
  request: { params: z.object({ clientId: z.string() }), body: body(zoneInput) },
  responses: {
    200: json(clientPreview, 'Eight weeks of runs, as they are judged and as they would be; nothing is saved'),
  },
})
const settings = createRoute({
  ...guarded('settings.change'),
  method: 'post',
  path: '/api/settings/preview',
  request: { body: body(z.strictObject(settingsFields)) },
  responses: { 200: json(clinicPreview, 'Four weeks of the whole clinic, counted; nothing is saved') },
})

export function previewRoutes({ store, nowMs }: AppContext) {
  return newRouter()
    .openapi(zone, async (c) => {
      const { inputs } = c.req.valid('json')
      const now = nowMs()
      const { key, zoneThen, settingsNow } = await withClient(
        store,
        c,
        zone,
        c.req.valid('param').clientId,
        async (db, key) => {
          const client = await findClient(db, key)
          if (client === null) throw new ProblemError('NOT_FOUND')
          const settingsNow = await findSettings(db)
          const before = inForce(await listZones(db, key), now)
          const change = resolveChange(before, inputs, client, settingsNow, now)
          return { key, settingsNow, zoneThen: { ...change.zone, id: 'preview', inputs: { ...change.inputs } } }
        },
        { preview: true },
      )
      const previewed = await previewClient(store.db, key, {
        settingsNow,
        settingsThen: settingsNow,
        zoneThen,
        sinceMs: now - CLIENT_BACK_MS,
        nowMs: now,
        mostRuns: MOST_RUNS,
      })
      const { changed, ...rest } = compare([previewed])
      const runs = changed.map((one) => ({ ...one, newKinds: [...one.newKinds], goneKinds: [...one.goneKinds] }))
      return c.json({ ...rest, changed: runs }, 200)
    })
    .openapi(settings, async (c) => {
      const access = requireInClinic(c, settings)
      const wanted = c.req.valid('json')
      requireParameters(wanted.parameters)
      const { previewed, leftOut } = await previewClinic(store.db, wanted, nowMs())
      const { changed, ...rest } = compare(previewed)
      const shown = { ...rest, clients: previewed.length, changedRuns: changed.length, leftOut }
      await store.atomically((db) => logClinic(db, access, 'settings.change', { preview: true, runs: shown.runs }))
      return c.json(shown, 200)
    })
}

/** The newest runs of the last weeks, whosever they are. */
async function previewClinic(
  db: Database,
  wanted: Pick<ClinicSettings, 'timeZone' | 'ruleSets' | 'parameters'>,
  now: number,
): Promise<{ readonly previewed: PreviewedClient[]; readonly leftOut: number }> {
  const settingsNow = await findSettings(db)
  const sinceMs = now - CLINIC_BACK_MS
  const rows = await db
    .selectFrom('run')
    .select('client_id')
    .where('started_at_ms', '>=', sinceMs)
    .orderBy('started_at_ms', 'desc')
    .execute()
  const newest = Map.groupBy(rows.slice(0, MOST_RUNS), (row) => row.client_id)
  const of = { settingsNow, settingsThen: { ...settingsNow, ...wanted }, zoneThen: null, sinceMs, nowMs: now }
  const previewed: PreviewedClient[] = []
  for (const [clientId, { length }] of newest)
    previewed.push(await previewClient(db, makeSystemAccess(clientId, 'run.judge'), { ...of, mostRuns: length }))
  return { previewed, leftOut: Math.max(0, rows.length - MOST_RUNS) }
}

function compare(previewed: readonly PreviewedClient[]) {
  const runs = previewed.flatMap((one) => one.runs)
  const {
    kinds,
    verdicts: ofVerdicts,
    changed,
  } = comparePreview(
    runs,
    previewed.map(({ patternsNow }) => patternsNow),
    previewed.map(({ patternsThen }) => patternsThen),
  )
  return {
    runs: runs.length,
    samplesGone: previewed.reduce((sum, { samplesGone }) => sum + samplesGone, 0),
    kinds: [...kinds],
    verdicts: [...ofVerdicts],
    changed: [...changed],
  }
}
