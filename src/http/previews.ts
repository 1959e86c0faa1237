// Routes of "what would have been flagged", before a calm limit or the clinic's settings are saved. They write nothing but
// their line in the log. Of the clinic only counts are told: whoever changes settings may see no client.
import { createRoute, z } from '@hono/zod-openapi'
import { verdicts } from '../domain/assessment.ts'
import { comparePreview } from '../domain/preview.ts'
import { logClinic, makeSystemAccess } from '../store/access.ts'
import { findClient } from '../store/clients.ts'
import type { Database } from '../store/database.ts'
import { previewClient, type PreviewedClient } from '../store/preview.ts'
import { findSettings, type ClinicSettings } from '../store/settings.ts'
import { newRouter, type AppContext } from './app-context.ts'
import { guarded, requireInClinic, withClient } from './guard.ts'
import { ProblemError } from './problem.ts'
import { resolveInputs } from './resolve-inputs.ts'
import { flagKinds } from './review/flag-json.ts'
import { body, epochMs, json } from './schemas.ts'
import { requireParameters, settingsFields } from './settings.ts'
import { zoneInput } from './zones.ts'

const DAY_MS = 86_400_000
/** product choice: what a person still remembers; and what a server does in a few seconds. */
const CLIENT_BACK_MS = 56 * DAY_MS
const CLINIC_BACK_MS = 28 * DAY_MS
const MOST_RUNS = 200

const nowAndThen = { now: z.number().int(), then: z.number().int() }
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
  .object({ ...counts, clients: z.number().int(), changedRuns: z.number().int() })
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
          const resolved = resolveInputs(inputs, client, settingsNow, now)
          return { key, settingsNow, zoneThen: { ...resolved, id: 'preview', inputs } }
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
      const previewed = await previewClinic(store.db, wanted, nowMs())
      const { changed, ...rest } = compare(previewed)
      const shown = { ...rest, clients: previewed.length, changedRuns: changed.length }
      await store.atomically((db) => logClinic(db, access, 'settings.change', { preview: true, runs: shown.runs }))
      return c.json(shown, 200)
    })
}

/** Clients with runs in the last weeks, until there are enough runs. */
async function previewClinic(
  db: Database,
  wanted: Pick<ClinicSettings, 'timeZone' | 'ruleSets' | 'parameters'>,
  now: number,
): Promise<PreviewedClient[]> {
  const settingsNow = await findSettings(db)
  const settingsThen = { ...settingsNow, ...wanted }
  const rows = await db
    .selectFrom('run')
    .select('client_id')
    .where('started_at_ms', '>=', now - CLINIC_BACK_MS)
    .groupBy('client_id')
    .orderBy((eb) => eb.fn.max('started_at_ms'), 'desc')
    .execute()
  const previewed: PreviewedClient[] = []
  let left = MOST_RUNS
  for (const { client_id } of rows) {
    if (left <= 0) break
    const of = { settingsNow, settingsThen, zoneThen: null, sinceMs: now - CLINIC_BACK_MS, nowMs: now, mostRuns: left }
    const one = await previewClient(db, makeSystemAccess(client_id, 'run.judge'), of)
    left -= one.runs.length + one.samplesGone
    previewed.push(one)
  }
  return previewed
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
