// Routes of the audit log: the whole log for the administrator, and "who looked at my data" for the client.
import { createRoute, z } from '@hono/zod-openapi'
import { logClinic } from '../../store/people/access.ts'
import { verifyAudit } from '../../store/audit/audit-check.ts'
import { listAudit, type AuditFilter, type AuditLine } from '../../store/audit/audit.ts'
import { listNamed } from '../../store/audit/audit-named.ts'
import type { Database } from '../../store/database.ts'
import { tellRefused } from '../../store/audit/refusals.ts'
import { newRouter, type AppContext } from '../app-context.ts'
import { nextTurn } from '../next-turn.ts'
import { guarded, requireInClinic, withClient } from '../guard.ts'
import { json } from '../schemas.ts'

const line = z
  .object({
    seq: z.number().int(),
    atMs: z.number().int(),
    personId: z.string().nullable(),
    personName: z.string().nullable().describe('null where the account is gone'),
    action: z.string(),
    clientId: z.string().nullable(),
    clientIds: z
      .array(z.string())
      .describe(
        'all whom a look at a list was at; only for who reads the whole log, a client is told of themself alone',
      ),
    rule: z.string().nullable(),
    cameFrom: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
    hash: z.string(),
    whoStruck: z.boolean().describe('who it was was struck out: a client who was erased'),
    whomStruck: z.boolean().describe('of whom it tells was struck out'),
  })
  .openapi('AuditLine')
const page = z.object({ items: z.array(line), nextBeforeSeq: z.number().int().nullable() })
const paging = {
  limit: z.coerce.number().int().min(1).max(500).default(100),
  beforeSeq: z.coerce.number().int().optional(),
}

const list = createRoute({
  ...guarded('audit.view'),
  method: 'get',
  path: '/api/audit',
  request: {
    query: z.object({
      ...paging,
      clientId: z.string().optional(),
      personId: z.string().optional(),
      action: z.string().optional(),
    }),
  },
  responses: { 200: json(page, 'The log, newest first') },
})
const verify = createRoute({
  ...guarded('audit.view'),
  method: 'get',
  path: '/api/audit/check',
  responses: {
    200: json(
      z.object({
        ok: z.boolean(),
        lines: z.number().int().nullable(),
        seq: z.number().int().nullable().describe('the first line that does not fit'),
        struck: z.number().int().nullable().describe('lines out of which erased clients were struck'),
      }),
      'Whether the chain of the log is whole',
    ),
  },
})
const mine = createRoute({
  ...guarded('log.view'),
  method: 'get',
  path: '/api/clients/{clientId}/log',
  request: { params: z.object({ clientId: z.string() }), query: z.object(paging) },
  responses: { 200: json(page, 'Who did what with my data, newest first') },
})

export function auditRoutes({ store, nowMs }: AppContext) {
  return newRouter()
    .openapi(list, async (c) => {
      const access = requireInClinic(c, list)
      const { limit, ...filter } = c.req.valid('query')
      const page = await store.atomically(async (db) => {
        await tellRefused(db, nowMs())
        const lines = await listAudit(db, filter, limit + 1)
        const named = await listNamed(
          db,
          lines.map(({ seq }) => seq),
        )
        const shown = await toPage(db, lines, limit, named)
        const { clientId, ...of } = await knownOf(db, filter)
        await logClinic(db, access, 'audit.view', { ...of, lines: shown.items.length }, clientId)
        return shown
      })
      return c.json(page, 200)
    })
    .openapi(verify, async (c) => {
      requireInClinic(c, verify)
      const found = await (store.checkLog?.() ?? verifyAudit(store.db, { rest: nextTurn }))
      // It takes its time: who asked may be somebody else by now.
      await c.var.askAgain()
      const access = requireInClinic(c, verify)
      await store.atomically((db) => logClinic(db, access, 'audit.view', { checked: true, ok: found.ok }))
      const answer = found.ok
        ? { ok: true, lines: found.lines, seq: null, struck: found.struck.length }
        : { ok: false, lines: null, seq: found.seq, struck: null }
      return c.json(answer, 200)
    })
    .openapi(mine, async (c) => {
      const { limit, beforeSeq } = c.req.valid('query')
      const found = await withClient(store, c, mine, c.req.valid('param').clientId, async (db, { clientId }) =>
        toPage(db, await listAudit(db, { clientId, beforeSeq }, limit + 1), limit),
      )
      return c.json(found, 200)
    })
}

/** The part of a filter that the log's line may repeat: existing people, clients and actions. Other words come from the caller. */
async function knownOf(db: Database, { clientId = '', personId = '', action }: AuditFilter) {
  const client = await db.selectFrom('client').select('id').where('id', '=', clientId).executeTakeFirst()
  const person = await db.selectFrom('person').select('id').where('id', '=', personId).executeTakeFirst()
  return {
    clientId: client?.id ?? null,
    ...(person === undefined ? {} : { of: person.id }),
    ...(action !== undefined && /^[a-z_.-]{1,40}$/.test(action) ? { ofAction: action } : {}),
  }
}

/** @param named whom else lines name; nobody, for who may not know */
async function toPage(
  db: Database,
  lines: readonly AuditLine[],
  limit: number,
  named: ReadonlyMap<number, readonly string[]> = new Map(),
) {
  const names = new Map(
    (await db.selectFrom('person').select(['id', 'name']).execute()).map(({ id, name }) => [id, name]),
  )
  const items = lines.slice(0, limit).map((one) => ({
    ...one,
    detail: { ...one.detail },
    clientIds: [...(named.get(one.seq) ?? [])],
    personName: one.personId === null ? null : (names.get(one.personId) ?? null),
  }))
  return { items, nextBeforeSeq: lines.length > limit ? (items.at(-1)?.seq ?? null) : null }
}
