// The log of who did what: append-only by trigger, each line bound to the one before it by its hash, and the last one kept
// a second time (`audit_head`), so that a line that is changed, removed, moved or put in by hand is found and named. Lines
// name people and clients by id alone; outside text (a reason that somebody typed) stands in it as one line.
import { inOneLine, oneLine } from '../domain/one-line.ts'
import type { Database } from './database.ts'
import { sha256Hex } from './sha256.ts'

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
}

const START = ''
/** An IPv6 address with its zone is 60 or so. */
const MOST_ADDRESS = 64

/** Add a line. Inside `atomically` only: the chain is read and written. */
export async function appendAudit(db: Database, event: AuditEvent): Promise<void> {
  const head = await db.selectFrom('audit_head').selectAll().executeTakeFirst()
  const seq = (head?.seq ?? 0) + 1
  const previous = head?.hash ?? START
  const row = {
    seq,
    at_ms: event.atMs,
    person_id: event.personId,
    action: event.action,
    client_id: event.clientId,
    rule: event.rule,
    // A proxy that is set up wrongly hands on what the caller wrote.
    came_from: event.cameFrom === null ? null : oneLine(event.cameFrom, MOST_ADDRESS),
    detail_json: JSON.stringify(inOneLine(event.detail)),
  }
  const hash = await hashOf(row, previous)
  await db
    .insertInto('audit')
    .values({ ...row, previous_hash: previous, hash })
    .execute()
  await db
    .insertInto('audit_head')
    .values({ id: 1, seq, hash })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seq, hash }))
    .execute()
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
  }))
}

export type AuditCheck =
  | { readonly ok: true; readonly lines: number; readonly head: string }
  /** `seq` is the first line that does not fit. */
  | { readonly ok: false; readonly seq: number; readonly reason: 'missing' | 'changed' | 'not_after_the_one_before' }

const PAGE = 1000

/** Walk the chain from its start. Of a database that is written to meanwhile, inside one transaction only. */
export async function verifyAudit(db: Database): Promise<AuditCheck> {
  let previous = START
  let expected = 1
  // From before the first line, so that one put in there is met.
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = await db.selectFrom('audit').selectAll().where('seq', '>', after).orderBy('seq').limit(PAGE).execute()
    for (const { previous_hash, hash, ...row } of rows) {
      if (row.seq > expected) return { ok: false, seq: expected, reason: 'missing' }
      if (row.seq < expected) return { ok: false, seq: row.seq, reason: 'not_after_the_one_before' }
      if (previous_hash !== previous) return { ok: false, seq: row.seq, reason: 'not_after_the_one_before' }
      if ((await hashOf(row, previous)) !== hash) return { ok: false, seq: row.seq, reason: 'changed' }
      previous = hash
      after = expected++
    }
    if (rows.length < PAGE) break
  }
  const head = await db.selectFrom('audit_head').selectAll().executeTakeFirst()
  if ((head?.seq ?? 0) > expected - 1) return { ok: false, seq: expected, reason: 'missing' }
  if ((head?.seq ?? 0) < expected - 1)
    return { ok: false, seq: (head?.seq ?? 0) + 1, reason: 'not_after_the_one_before' }
  if ((head?.hash ?? START) !== previous) return { ok: false, seq: expected - 1, reason: 'changed' }
  return { ok: true, lines: expected - 1, head: previous }
}

interface HashedRow {
  readonly seq: number
  readonly at_ms: number
  readonly person_id: string | null
  readonly action: string
  readonly client_id: string | null
  readonly rule: string | null
  readonly came_from: string | null
  readonly detail_json: string
}

async function hashOf(row: HashedRow, previous: string): Promise<string> {
  const { seq, at_ms, person_id, action, client_id, rule, came_from, detail_json } = row
  const text = JSON.stringify([previous, seq, at_ms, person_id, action, client_id, rule, came_from, detail_json])
  return sha256Hex(text)
}
