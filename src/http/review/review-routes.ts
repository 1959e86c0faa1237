// Routes beside the list of flags: changes since the last look (numbers and ids only, so a page may ask every few
// seconds), how often each rule was right, data to correct, and the flags of one client.
import { createRoute, z } from '@hono/zod-openapi'
import { flagKinds } from '../../domain/finding.ts'
import { upkeepKinds } from '../../domain/upkeep.ts'
import { waitingStates } from '../../domain/review/flag-state.ts'
import type { ClientAccess } from '../../store/people/access.ts'
import { findClient } from '../../store/clients/clients.ts'
import type { Database } from '../../store/database.ts'
import { findNames } from '../../store/people/people.ts'
import { listFlagsOfClient } from '../../store/review/flags.ts'
import { countByKind } from '../../store/review/inbox.ts'
import { countWaiting, listChanges } from '../../store/review/inbox-counts.ts'
import { listRunIdsOf } from '../../store/review/runs-of-flags.ts'
import { listUpkeep } from '../../store/review/upkeep.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireInClinic, withClient } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { json } from '../schemas.ts'
import { raisedSchema, toFlagJson } from './flag-json.ts'
import { placeFlags } from './show-flag.ts'

const news = createRoute({
  ...guarded('flags.list'),
  method: 'get',
  path: '/api/flags/news',
  request: { query: z.object({ afterSeq: z.coerce.number().int().nonnegative().optional() }) },
  responses: {
    200: json(
      z
        .object({
          seq: z.number().int().describe('ask from here next time'),
          waiting: z.number().int(),
          unopenedToday: z
            .number()
            .int()
            .describe('flags that ask for contact today (level `today`, or rule G18) and that nobody has opened'),
          assignedToMe: z.number().int(),
          changed: z.array(z.object({ flagId: z.string(), version: z.number().int() })),
        })
        .openapi('FlagNews'),
      'How many wait, and which changed since; says nothing of anybody',
    ),
  },
})
const rules = createRoute({
  ...guarded('flags.list'),
  method: 'get',
  path: '/api/flags/rules',
  responses: {
    200: json(
      z
        .object({
          items: z.array(
            z.object({
              kind: z.enum(flagKinds),
              raised: z.number().int(),
              waiting: z.number().int(),
              right: z.number().int().describe('resolved: there was something to it'),
              falseAlarms: z.number().int(),
            }),
          ),
        })
        .openapi('RuleCounts'),
      'How often each rule was right, among the clients whom I guide',
    ),
  },
})
const upkeep = createRoute({
  ...guarded('flags.list'),
  method: 'get',
  path: '/api/flags/upkeep',
  responses: {
    200: json(
      z
        .object({
          items: z.array(
            z.object({
              clientId: z.string(),
              firstName: z.string(),
              kinds: z.array(z.enum(upkeepKinds)).min(1),
              twiceRunIds: z
                .array(z.string())
                .optional()
                .describe('of `twice`: runs on which the question stands, the newest first'),
            }),
          ),
        })
        .openapi('Upkeep'),
      'What is to be put right of the clients whom I guide, by first name (rule G17): no flags',
    ),
  },
})

const raised = createRoute({
  ...guarded('flag.view'),
  method: 'get',
  path: '/api/clients/{clientId}/flags',
  request: { params: z.object({ clientId: z.string() }) },
  responses: {
    200: json(raisedSchema, 'What was raised of one client, whatever became of it; newest first, 200 at most'),
  },
})

/** product choice: what a screen can hold. */
const MOST_RAISED = 200

export function reviewRoutes({ store, nowMs }: AppContext) {
  return newRouter()
    .openapi(upkeep, async (c) => {
      const access = requireInClinic(c, upkeep)
      const found = await store.atomically((db) => listUpkeep(db, access, nowMs()))
      const items = found.map(({ kinds, twiceRunIds, ...client }) => ({
        ...client,
        kinds: [...kinds],
        ...(twiceRunIds.length > 0 ? { twiceRunIds: [...twiceRunIds] } : {}),
      }))
      return c.json({ items }, 200)
    })
    .openapi(raised, async (c) => {
      const { clientId } = c.req.valid('param')
      const shown = await withClient(store, c, raised, clientId, (db, key) => showRaised(db, key))
      return c.json(shown, 200)
    })
    .openapi(news, async (c) => {
      const access = requireInClinic(c, news)
      const { afterSeq = null } = c.req.valid('query')
      const { waiting, unopenedToday, assignedToMe } = await countWaiting(store.db, access)
      return c.json({ ...(await listChanges(store.db, access, afterSeq)), waiting, unopenedToday, assignedToMe }, 200)
    })
    .openapi(rules, async (c) => {
      const access = requireInClinic(c, rules)
      const counted = await countByKind(store.db, access)
      const items = flagKinds.flatMap((kind) => {
        const of = counted.filter((row) => row.kind === kind)
        const sum = (states: readonly string[]) =>
          of.reduce((total, { state, count }) => total + (states.includes(state) ? count : 0), 0)
        if (of.length === 0) return []
        const waiting = sum(waitingStates)
        const [right, falseAlarms] = [sum(['resolved']), sum(['false_alarm'])]
        return [{ kind, raised: waiting + right + falseAlarms, waiting, right, falseAlarms }]
      })
      return c.json({ items }, 200)
    })
}

async function showRaised(db: Database, key: ClientAccess) {
  const client = await findClient(db, key)
  if (client === null) throw new ProblemError('NOT_FOUND')
  const flags = (await listFlagsOfClient(db, key)).toReversed().slice(0, MOST_RAISED)
  const runIds = await listRunIdsOf(db, key, flags)
  const names = await findNames(db, [...new Set(flags.flatMap(({ assignedTo }) => assignedTo ?? []))])
  const placed = await placeFlags(db, flags)
  return {
    items: flags.flatMap((flag, i) => {
      const at = placed[i]
      if (at === undefined) return []
      return [{ ...toFlagJson(flag, client.firstName, names, at), runIds: [...(runIds.get(flag.id) ?? [])] }]
    }),
  }
}
