// The log of who did what: append-only by trigger, each line bound to the one before it by its hash, and the last one kept
// a second time (`audit_head`), so that a line that is changed, removed, moved or put in by hand is found and named. Lines
// name people and clients by id alone, and no longer than there is a client (`audit-strike.ts`); outside text (a reason that
// somebody typed) stands in it as one line.
import { sql, type Insertable } from 'kysely'
import { inOneLine, oneLine } from '../../domain/one-line.ts'
import { hashLine, START, sealWhole, type Seals } from './audit-chain.ts'
import { insertNames, toNames, type Name } from './audit-named.ts'
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
  /** Of a look at several clients at once: all of them, and `clientId` is null. */
  readonly named?: readonly string[]
}
export interface AuditLine extends Omit<AuditEvent, 'named'> {
  readonly seq: number
  readonly hash: string
  /** Whether the actor was struck, and whether the client was struck. */
  readonly whoStruck: boolean
  readonly whomStruck: boolean
}

/** An IPv6 address with its zone is 60 or so. */
const MOST_ADDRESS = 64

/** Add a line. Inside `atomically` only: the chain is read and written. */
export async function appendAudit(db: Database, event: AuditEvent): Promise<void> {
  if (event.named !== undefined) return appendAudits(db, [event])
  const { line } = await chain(event, await readHead(db))
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
  const [lines, names]: [Line[], Name[]] = [[], []]
  for (const event of events) {
    const next = await chain(event, head)
    lines.push((head = next.line))
    names.push(...next.names)
  }
  if (lines.length === 0) return
  await insertLines(db, JSON.stringify(lines))
  await insertNames(db, names)
  await writeHead(db, head.seq, head.hash)
}

type Line = Required<Omit<Insertable<Tables['audit']>, 'named_seal'>> & Seals & { readonly named_seal?: string }
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
  'named_seal',
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

/** The line that comes behind another, and whom it names. */
async function chain(
  event: AuditEvent,
  { seq, hash: previous_hash }: Head,
): Promise<{ readonly line: Line; readonly names: readonly Name[] }> {
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
  const { names = [], ...named } = event.named === undefined ? {} : await toNames(row.seq, event.named)
  const sealed = { ...row, ...(await sealWhole(row)), ...named }
  return { line: { ...sealed, previous_hash, hash: await hashLine(sealed, previous_hash) }, names }
}

export interface AuditFilter {
  readonly clientId?: string | undefined
  readonly personId?: string | undefined
  readonly action?: string | undefined
  /** Lines before this one. */
  readonly beforeSeq?: number | undefined
}

/** Newest first. Of a client it has those too that name them beside others; whom else such a line names it does not say
 *  (`listNamed`). */
export async function listAudit(db: Database, filter: AuditFilter, limit: number): Promise<AuditLine[]> {
  const { clientId, personId, action, beforeSeq } = filter
  let query = db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(limit)
  if (clientId !== undefined) query = query.where('seq', 'in', linesOf(db, clientId, filter, limit))
  if (personId !== undefined) query = query.where('person_id', '=', personId)
  if (action !== undefined) query = query.where('action', '=', action)
  if (beforeSeq !== undefined) query = query.where('seq', '<', beforeSeq)
  return (await query.execute()).map((row) => ({
    seq: row.seq,
    atMs: row.at_ms,
    personId: row.person_id,
    action: row.action,
    clientId: row.named_seal === null ? row.client_id : (clientId ?? null),
    rule: row.rule,
    cameFrom: row.came_from,
    detail: JSON.parse(row.detail_json) as Record<string, unknown>,
    hash: row.hash,
    whoStruck: row.who_salt === null,
    whomStruck: row.whom_salt === null,
  }))
}

/** The last ones that tell of a client, alone or beside others: as many of either as are asked for. */
function linesOf(db: Database, clientId: string, { personId, action, beforeSeq }: AuditFilter, limit: number) {
  let alone = db.selectFrom('audit').select('audit.seq').where('client_id', '=', clientId)
  let beside = db.selectFrom('audit_named').select('audit_named.seq').where('audit_named.client_id', '=', clientId)
  if (personId !== undefined) alone = alone.where('person_id', '=', personId)
  if (action !== undefined) alone = alone.where('action', '=', action)
  if (personId !== undefined || action !== undefined)
    beside = beside.where((eb) => {
      let line = eb.selectFrom('audit').select('audit.seq').whereRef('audit.seq', '=', 'audit_named.seq')
      if (personId !== undefined) line = line.where('person_id', '=', personId)
      if (action !== undefined) line = line.where('action', '=', action)
      return eb.exists(line)
    })
  if (beforeSeq !== undefined) {
    alone = alone.where('audit.seq', '<', beforeSeq)
    beside = beside.where('audit_named.seq', '<', beforeSeq)
  }
  const last = (query: typeof alone) => query.orderBy('seq', 'desc').limit(limit)
  return db
    .selectFrom(last(alone).as('alone'))
    .select('seq')
    .unionAll(db.selectFrom(beside.orderBy('audit_named.seq', 'desc').limit(limit).as('beside')).select('seq'))
}
