// Routes of flags: the list of waiting flags, one flag with its evidence and history, and the steps of a person. Two
// people cannot overwrite each other: a step names the version that its author saw.
import { createRoute, z } from '@hono/zod-openapi'
import { flagKinds } from '../../domain/finding.ts'
import { flagStates, resolveReasons, reviewActs, stepFlag, type Step } from '../../domain/review/flag-state.ts'
import { raisedLevels } from '../../domain/review/finding-occurrences.ts'
import { openClients, type ClientAccess } from '../../store/people/access.ts'
import type { Database } from '../../store/database.ts'
import { findNames } from '../../store/people/people.ts'
import { findClientOfFlag, findFlag, insertOpened, writeStep, type Flag } from '../../store/review/flags.ts'
import { listInbox } from '../../store/review/inbox.ts'
import { countInbox } from '../../store/review/inbox-counts.ts'
import { fromCursor, newRouter, toCursor, type AppContext } from '../app-context.ts'
import { guarded, requireInClinic, withClient, type GuardedRoute } from '../guard.ts'
import { ProblemError } from '../problem.ts'
import { requireRoom } from '../require-room.ts'
import { body, json, pageQuery } from '../schemas.ts'
import { inboxFlagSchema, shownFlagSchema, toInboxJson } from './flag-json.ts'
import { listColleagues, placeFlags, showFlag } from './show-flag.ts'

const params = z.object({ flagId: z.string() })
const counts = z.object({
  byState: z.record(z.enum(flagStates), z.number().int()),
  byLevel: z.record(z.enum(raisedLevels), z.number().int()).describe('of those that wait'),
  unopenedToday: z
    .number()
    .int()
    .describe('flags that ask for contact today (level `today`, or rule G18) and that nobody has opened'),
  assignedToMe: z.number().int().describe('handed to me, and waiting'),
})
const page = z
  .object({ items: z.array(inboxFlagSchema), nextCursor: z.string().nullable(), counts })
  .openapi('FlagInbox')
const stepBody = z
  .strictObject({
    act: z.enum(reviewActs),
    seenVersion: z.number().int().describe('the version that the reader saw; a comment is taken at any version'),
    reason: z.enum(resolveReasons).nullable().default(null).describe('of `resolve`'),
    note: z.string().trim().min(1).max(1000).nullable().default(null),
    toPersonId: z.string().nullable().default(null).describe('of `escalate`: one of `colleagues`'),
  })
  .openapi('FlagStep')

const list = createRoute({
  ...guarded('flags.list'),
  method: 'get',
  path: '/api/flags',
  request: {
    query: pageQuery.extend({
      state: z.enum(['waiting', 'all', ...flagStates]).default('waiting'),
      level: z.enum(raisedLevels).optional(),
      kind: z.enum(flagKinds).optional(),
      groupId: z.string().optional(),
      clientId: z.string().optional(),
    }),
  },
  responses: { 200: json(page, 'Highest level first, of one level what waits longest; counts of all there is') },
})
const show = createRoute({
  ...guarded('flag.view'),
  method: 'get',
  path: '/api/flags/{flagId}',
  request: { params },
  responses: { 200: json(shownFlagSchema, 'One flag, its story and what was told that day') },
})
const step = createRoute({
  ...guarded('flag.review'),
  method: 'post',
  path: '/api/flags/{flagId}/steps',
  request: { params, body: body(stepBody) },
  responses: { 201: json(shownFlagSchema, 'The flag as it stands after the step') },
})

export function flagRoutes({ store, nowMs }: AppContext) {
  return newRouter()
    .openapi(list, async (c) => {
      const access = requireInClinic(c, list)
      const { limit, cursor, ...filter } = c.req.valid('query')
      const key = fromCursor(cursor)
      const shown = await store.shortly(async (db) => {
        const flags = await listInbox(db, access, filter, limit + 1, key && key[1])
        if (flags === null) throw new ProblemError('INVALID_REQUEST', 'cursor: not one of ours')
        const some = flags.slice(0, limit)
        const clientIds = some.map(({ clientId }) => clientId)
        const mine = await openClients(db, access, 'flag.view', clientIds, { list: true })
        const assigned = some.flatMap(({ assignedTo }) => assignedTo ?? [])
        const names = await findNames(db, [...new Set(assigned)])
        const shownFlags = some.filter(({ clientId }) => mine.has(clientId))
        const placed = await placeFlags(db, shownFlags)
        const items = shownFlags.flatMap((flag, i) => {
          const at = placed[i]
          return at === undefined ? [] : [toInboxJson(flag, names, at)]
        })
        const last = some.at(-1)
        const nextCursor = flags.length > limit && last !== undefined ? toCursor(['flag', last.id]) : null
        return { items, nextCursor, counts: await countInbox(db, access) }
      })
      return c.json(shown, 200)
    })
    .openapi(show, async (c) => {
      const { personId } = c.var.access
      const shown = await withFlag(store, c, show, c.req.valid('param').flagId, async (db, key, flag) => {
        const { events, ...rest } = await showFlag(db, key, flag, personId)
        if (events.some((event) => event.act === 'opened')) return { ...rest, events }
        await insertOpened(db, flag, personId, nowMs())
        return showFlag(db, key, flag, personId)
      })
      return c.json(shown, 200)
    })
    .openapi(step, async (c) => {
      const { personId } = c.var.access
      const wanted = c.req.valid('json')
      const taken = await withFlag(store, c, step, c.req.valid('param').flagId, async (db, key, flag) => {
        await takeStep(db, key, flag, wanted, { personId, atMs: nowMs() })
        const after = await findFlag(db, key, flag.id)
        if (after === null) throw new ProblemError('NOT_FOUND')
        return showFlag(db, key, after, personId)
      })
      return c.json(taken, 201)
    })
}

/** @throws ProblemError CHANGED_MEANWHILE, STEP_REFUSED with everything that lacks */
async function takeStep(
  db: Database,
  key: ClientAccess<'flag.review'>,
  flag: Flag,
  { seenVersion, ...step }: Step & { readonly seenVersion: number },
  { personId, atMs }: { readonly personId: string; readonly atMs: number },
): Promise<void> {
  // Words beside what somebody else did overwrite nothing.
  const from = step.act === 'comment' ? flag.version : seenVersion
  if (from !== flag.version) throw new ProblemError('CHANGED_MEANWHILE')
  const outcome = stepFlag(flag.state, step)
  if (!outcome.ok) throw new ProblemError('STEP_REFUSED', outcome.problems.join(', '), { errors: outcome.problems })
  await requireRoom(db, 'flagStep', flag.id, atMs)
  const { act, note } = step
  const toPersonId = act === 'escalate' ? step.toPersonId : null
  if (toPersonId !== null && !(await listColleagues(db, key, personId)).some((one) => one.personId === toPersonId))
    throw new ProblemError('STEP_REFUSED', 'COLLEAGUE_CANNOT_OPEN', { errors: ['COLLEAGUE_CANNOT_OPEN'] })
  const event = {
    atMs,
    personId,
    act,
    state: outcome.state,
    version: flag.version + 1,
    reason: act === 'resolve' ? step.reason : null,
    note,
    toPersonId,
    runId: null,
    detail: {},
  }
  const assignedTo = act === 'reopen' ? null : (toPersonId ?? flag.assignedTo)
  if (!(await writeStep(db, key, flag.id, from, event, assignedTo))) throw new ProblemError('CHANGED_MEANWHILE')
}

/** Do something with one flag, whosever it is. One that is not there is refused as one that is not theirs. */
async function withFlag<Action extends 'flag.view' | 'flag.review', T>(
  store: AppContext['store'],
  c: Parameters<typeof withClient>[1],
  route: GuardedRoute<Action>,
  flagId: string,
  work: (db: Database, key: ClientAccess<Action>, flag: Flag) => Promise<T>,
): Promise<T> {
  const clientId = (await findClientOfFlag(store.db, flagId)) ?? ''
  return withClient(
    store,
    c,
    route,
    clientId,
    async (db, key) => {
      const flag = await findFlag(db, key, flagId)
      if (flag === null) throw new ProblemError('NOT_FOUND')
      return work(db, key, flag)
    },
    { flagId },
  )
}
