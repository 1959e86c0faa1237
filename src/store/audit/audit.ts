// The log of who did what: append-only by trigger, each line bound to the one before it by its hash, and the last one kept
// a second time (`audit_head`), so that a line that is changed, removed, moved or put in by hand is found and named. Lines
// name people and clients by id alone, and no longer than there is a client (`audit-strike.ts`); outside text (a reason that
// somebody typed) stands in it as one line.
import { inOneLine, oneLine } from '../../domain/one-line.ts'
import { hashLine, START, sealWhole } from './audit-chain.ts'
import type { Database } from '../database.ts'

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
  const seals = await sealWhole(row)
  const hash = await hashLine({ ...row, ...seals }, previous)
  await db
    .insertInto('audit')
    .values({ ...row, ...seals, previous_hash: previous, hash })
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
    whoStruck: row.who_salt === null,
    whomStruck: row.whom_salt === null,
  }))
}
