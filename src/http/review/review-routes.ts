// Routes beside the list of flags: what changed since somebody looked (numbers and ids alone, so that a page may ask every
// few seconds), how often each rule was right, and what is to be put right.
import { createRoute, z } from '@hono/zod-openapi'
import { flagKinds } from '../../domain/flag.ts'
import { upkeepKinds } from '../../domain/upkeep.ts'
import { waitingStates } from '../../domain/review/flag-state.ts'
import { countByKind, countInbox, listChanges } from '../../store/review/inbox.ts'
import { listUpkeep } from '../../store/review/upkeep.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { guarded, requireInClinic } from '../guard.ts'
import { json } from '../schemas.ts'

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
          unopenedToday: z.number().int().describe('`today` flags that nobody has opened'),
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
            z.object({ clientId: z.string(), firstName: z.string(), kinds: z.array(z.enum(upkeepKinds)).min(1) }),
          ),
        })
        .openapi('Upkeep'),
      'What is to be put right of the clients whom I guide, by first name (rule G17): no flags',
    ),
  },
})

export function reviewRoutes({ store, nowMs }: AppContext) {
  return newRouter()
    .openapi(upkeep, async (c) => {
      const access = requireInClinic(c, upkeep)
      const found = await store.atomically((db) => listUpkeep(db, access, nowMs()))
      return c.json({ items: found.map(({ kinds, ...client }) => ({ ...client, kinds: [...kinds] })) }, 200)
    })
    .openapi(news, async (c) => {
      const access = requireInClinic(c, news)
      const { afterSeq = null } = c.req.valid('query')
      const { byState, unopenedToday, assignedToMe } = await countInbox(store.db, access)
      const waiting = waitingStates.reduce((sum, state) => sum + byState[state], 0)
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
