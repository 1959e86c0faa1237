// Routes of patterns: a client's last weeks as of now (section G), and the same for each client of a group. Computed on
// request.
import { createRoute, z } from '@hono/zod-openapi'
import { loadKinds } from '../../domain/evidence.ts'
import { flagLevels, patternFlagKinds } from '../../domain/finding.ts'
import { overrideParameters } from '../../domain/parameters/parameters.ts'
import { findPatternFlags } from '../../domain/patterns/pattern-flags.ts'
import { summariseWeeks } from '../../domain/patterns/weeks.ts'
import { wordsOfFlag } from '../../domain/wording.ts'
import { openClients, type Access, type ClientAccess } from '../../store/people/access.ts'
import { findClient, isOwnRecord } from '../../store/clients/clients.ts'
import type { Database } from '../../store/database.ts'
import { listClientsOfGroup, type Group } from '../../store/people/groups.ts'
import { findHistory } from '../../store/review/history.ts'
import { findSettings } from '../../store/settings/settings.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, withClient } from '../guard.ts'
import { findOwnGroup } from '../people/own-group.ts'
import { ProblemError } from '../problem.ts'
import { json } from '../schemas.ts'

const fields = {
  flags: z.array(
    z.object({
      kind: z.enum(patternFlagKinds),
      rule: z.string(),
      ruleVersion: z.string(),
      level: z.enum(flagLevels),
      evidence: z.record(z.string(), z.unknown()),
    }),
  ),
  weeks: z
    .array(
      z.object({
        monday: z.number().int().describe('days since 1970-01-01 by the local calendar'),
        minutes: z.number(),
        runs: z.number().int(),
        runDays: z.number().int(),
        restDays: z.number().int().nullable().describe('until now; null for a week before the first known run'),
        calmShare: z.number().nullable(),
        load: z.number(),
        starts: z.array(
          z.object({
            weekday: z.number().int(),
            hour: z.number().int(),
            minute: z.number().int(),
            isNight: z.boolean(),
          }),
        ),
      }),
    )
    .describe('eight, oldest first; the last one is running'),
  loadOf: z.enum(loadKinds),
  night: z.object({ fromHour: z.number(), toHour: z.number() }).describe('rule G9'),
  change: z
    .array(z.object({ day: z.number().int(), ratio: z.number().nullable() }))
    .describe('rule G4 by day: change against usual, null where hidden. It predicts nothing'),
  plan: z.object({ weekMin: z.number().nullable(), weekdays: z.array(z.number().int()).nullable() }),
}
const patterns = z.object({ asOfMs: z.number().int(), timeZone: z.string(), ...fields }).openapi('Patterns')
const groupPatterns = z
  .object({
    groupId: z.string(),
    name: z.string(),
    asOfMs: z.number().int(),
    clients: z.array(z.object({ clientId: z.string(), firstName: z.string(), ...fields })),
  })
  .openapi('GroupPatterns')

const show = createRoute({
  ...guarded('patterns.view'),
  method: 'get',
  path: '/api/clients/{clientId}/patterns',
  request: { params: z.object({ clientId: z.string() }) },
  responses: {
    200: json(patterns, 'Eight weeks and flags over them; a client gets only those that they have words for'),
  },
})
const showGroup = createRoute({
  ...guarded('flag.view'),
  method: 'get',
  path: '/api/groups/{groupId}/patterns',
  request: { params: z.object({ groupId: z.string() }) },
  responses: { 200: json(groupPatterns, 'The same for each client of one of my groups, by first name') },
})

export function patternRoutes({ store, nowMs }: AppContext) {
  return newRouter()
    .openapi(show, async (c) => {
      const asOfMs = nowMs()
      const { personId } = c.var.access
      const found = await withClient(store, c, show, c.req.valid('param').clientId, async (db, key) => {
        const shown = await showPatterns(db, key, asOfMs)
        // About the rest the therapist makes contact; the app is silent (section L, G13).
        const flags = (await isOwnRecord(db, key, personId))
          ? shown.flags.filter(({ kind }) => wordsOfFlag[kind] !== undefined)
          : shown.flags
        return { asOfMs, ...shown, flags }
      })
      return c.json(found, 200)
    })
    .openapi(showGroup, async (c) => {
      const { access } = c.var
      const { groupId } = c.req.valid('param')
      const asOfMs = nowMs()
      const shown = await store.atomically(async (db) => {
        const group = await findOwnGroup(db, access, groupId, 'flag.view')
        return group && showClients(db, access, group, asOfMs)
      })
      if (shown === null) throw new ProblemError('NOT_FOUND')
      return c.json(shown, 200)
    })
}

async function showClients(db: Database, access: Access, group: Group, asOfMs: number) {
  const clients = []
  const ids = await listClientsOfGroup(db, group.id)
  for (const key of (await openClients(db, access, 'flag.view', ids, { group: group.id })).values()) {
    const client = await findClient(db, key)
    if (client === null) continue
    const { timeZone: _, ...shown } = await showPatterns(db, key, asOfMs)
    clients.push({ clientId: key.clientId, firstName: client.firstName, ...shown })
  }
  return { groupId: group.id, name: group.name, asOfMs, clients }
}

async function showPatterns(db: Database, key: ClientAccess, asOfMs: number) {
  const { ruleSets, parameters } = await findSettings(db)
  const p = overrideParameters(parameters).pattern
  const history = await findHistory(db, key, asOfMs)
  const { weeks, loadOf, night, change } = summariseWeeks(history, asOfMs, p)
  const { weekMin, weekdays } = history.plan
  return {
    timeZone: history.timeZone,
    flags: findPatternFlags(history, asOfMs, ruleSets, p).map((flag) => ({ ...flag, evidence: { ...flag.evidence } })),
    weeks: weeks.map((week) => ({ ...week, starts: [...week.starts] })),
    loadOf,
    night,
    change: [...change],
    plan: { weekMin, weekdays: weekdays && [...weekdays] },
  }
}
