// The log of who did what: append-only by trigger, each line bound to the one before it by its hash, and the last one kept
// a second time (`audit_head`), so that a line that is changed, removed, moved or put in by hand is found and named. Lines
// name people and clients by id alone, and no longer than there is a client (`audit-strike.ts`); outside text (a reason that
// somebody typed) stands in it as one line.
import { sql, type Insertable } from 'kysely'
import { inOneLine, oneLine } from '../../domain/one-line.ts'
import { hashLine, START, sealWhole, type Seals } from './audit-chain.ts'
import type { Database } from '../database.ts'
import { question } from '../question.ts'
import type { Tables } from '../tables.ts'

export interface AuditEvent {
  readonly atMs: number
  /** Null is calmpace itself, or somebody who is not signed in. */
  readonly personId: string | null
  readonly action: string
  readonly clientId: string | null
  /** The rule of `domain/access.ts` that allowed it. */
  readonly rule: string | null
  /** Network address. */
  readonly cameFrom: string | null
  /** Ids, counts and reasons; never a heart rate or a name. */
  readonly detail: Readonly<Record<string, unknown>>
}
export interface AuditLine extends AuditEvent {
  readonly seq: number
  readonly hash: string
  /** Who it was was struck out, and of whom it tells. */
  readonly whoStruck: boolean
  readonly whomStruck: boolean
}

/** An IPv6 address with its zone is 60 or so. */
const MOST_ADDRESS = 64

/** Add a line. Inside `atomically` only: the chain is read and written. */
export async function appendAudit(db: Database, event: AuditEvent): Promise<void> {
  const line = await chain(event, await readHead(db))
  await insertLine(
    db,
    line.seq,
    line.at_ms,
    line.person_id,
    line.action,
    line.client_id,
    line.rule,
    line.came_from,
    line.detail_json,
    line.previous_hash,
    line.hash,
    line.who_salt,
    line.whom_salt,
    line.who_seal,
    line.whom_seal,
  )
  await writeHead(db, line.seq, line.hash)
}

/** Add lines, in their order, as one statement. */
export async function appendAudits(db: Database, events: readonly AuditEvent[]): Promise<void> {
  let head = await readHead(db)
  const lines: Line[] = []
  for (const event of events) lines.push((head = await chain(event, head)))
  if (lines.length === 0) return
  await insertLines(db, JSON.stringify(lines))
  await writeHead(db, head.seq, head.hash)
}

type Line = Required<Insertable<Tables['audit']>> & Seals
type Head = Pick<Line, 'seq' | 'hash'>

const columns: readonly (keyof Line)[] = [
  'seq',
  'at_ms',
  'person_id',
  'action',
  'client_id',
  'rule',
  'came_from',
  'detail_json',
  'previous_hash',
  'hash',
  'who_salt',
  'whom_salt',
  'who_seal',
  'whom_seal',
]

const insertLine = question(
  (
    db,
    seq: number,
    at_ms: number,
    person_id: string | null,
    action: string,
    client_id: string | null,
    rule: string | null,
    came_from: string | null,
    detail_json: string,
    previous_hash: string,
    hash: string,
    who_salt: string,
    whom_salt: string,
    who_seal: string,
    whom_seal: string,
  ) =>
    db.insertInto('audit').values({
      seq,
      at_ms,
      person_id,
      action,
      client_id,
      rule,
      came_from,
      detail_json,
      previous_hash,
      hash,
      who_salt,
      whom_salt,
      who_seal,
      whom_seal,
    }),
)

/** As one value: a Durable Object binds at most 100. */
const insertLines = question((db, lines: string) => ({
  compile: () =>
    sql<never>`insert into audit (${sql.join(columns.map((column) => sql.ref(column)))})
      select ${sql.join(columns.map((column) => sql`value ->> ${sql.lit(column)}`))} from json_each(${lines})`.compile(
      db,
    ),
}))

const headNow = question((db) => db.selectFrom('audit_head').selectAll())

async function readHead(db: Database): Promise<Head> {
  const head = (await headNow(db)).at(0)
  return { seq: head?.seq ?? 0, hash: head?.hash ?? START }
}

const writeHead = question((db, seq: number, hash: string) =>
  db
    .insertInto('audit_head')
    .values({ id: 1, seq, hash })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seq, hash })),
)

/** The line that comes behind another. */
async function chain(event: AuditEvent, { seq, hash: previous_hash }: Head): Promise<Line> {
  const row = {
    seq: seq + 1,
    at_ms: event.atMs,
    person_id: event.personId,
    action: event.action,
    client_id: event.clientId,
    rule: event.rule,
    // A proxy that is set up wrongly hands on what the caller wrote.
    came_from: event.cameFrom === null ? null : oneLine(event.cameFrom, MOST_ADDRESS),
    detail_json: JSON.stringify(inOneLine(event.detail)),
  }
  const seals = await sealWhole(row)
  return { ...row, ...seals, previous_hash, hash: await hashLine({ ...row, ...seals }, previous_hash) }
}

export interface AuditFilter {
  readonly clientId?: string | undefined
  readonly personId?: string | undefined
  readonly action?: string | undefined
  /** Lines before this one. */
  readonly beforeSeq?: number | undefined
}

/** Newest first. */
export async function listAudit(db: Database, filter: AuditFilter, limit: number): Promise<AuditLine[]> {
  let query = db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(limit)
  if (filter.clientId !== undefined) query = query.where('client_id', '=', filter.clientId)
  if (filter.personId !== undefined) query = query.where('person_id', '=', filter.personId)
  if (filter.action !== undefined) query = query.where('action', '=', filter.action)
  if (filter.beforeSeq !== undefined) query = query.where('seq', '<', filter.beforeSeq)
  return (await query.execute()).map((row) => ({
    seq: row.seq,
    atMs: row.at_ms,
    personId: row.person_id,
    action: row.action,
    clientId: row.client_id,
    rule: row.rule,
    cameFrom: row.came_from,
    detail: JSON.parse(row.detail_json) as Record<string, unknown>,
    hash: row.hash,
    whoStruck: row.who_salt === null,
    whomStruck: row.whom_salt === null,
  }))
}
