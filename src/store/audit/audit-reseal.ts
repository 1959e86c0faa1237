// Seals an old log anew, once. Its lines of sign-ins contained an unsalted hash of an e-mail address beside the
// person's id. These hashes are removed, and so are the clients who were erased earlier. The old line hashes were made
// of the removed words and would let people test guesses, so none stays. Only the last one stays, as long as nobody was
// erased. A log that was broken stays broken.
import { sql } from 'kysely'
import { appendAudit } from './audit.ts'
import { FORMER_HEAD, hashLine, RESEALED, sealWhole, START, type Broken } from './audit-chain.ts'
import { findErased, strikeFromAudit } from './audit-strike.ts'
import { verifyFormerLog } from './audit-former.ts'
import type { Database } from '../database.ts'
import { writeNumbers } from './line-numbers.ts'
import type { Tables } from '../tables.ts'

type Row = Tables['audit']
const PAGE = 1000

/** A step of a migration. */
export async function resealAudit(db: Database): Promise<void> {
  for (const statement of [
    `drop trigger audit_is_never_edited`,
    `alter table audit add column who_salt text`,
    `alter table audit add column whom_salt text`,
    `alter table audit add column who_seal text not null default ''`,
    `alter table audit add column whom_seal text not null default ''`,
  ])
    await sql.raw(statement).execute(db)
  const { emptied, lines, broken, formerHead } = await sealAll(db)
  if (lines > 0) {
    const { rows } = await sql<{ now: number }>`select unixepoch() * 1000 as now`.execute(db)
    const atMs = rows[0]?.now ?? 0
    const by = { atMs, personId: null, clientId: null, rule: null, cameFrom: null }
    const brokenWords = broken === null ? {} : { brokenAt: broken.seq, brokenBy: broken.reason }
    const detail = { lines, emptied: writeNumbers(emptied), ...brokenWords }
    await appendAudit(db, { ...by, action: RESEALED, detail })
    const erased = await listErased(db)
    if (erased.length > 0) await strikeFromAudit(db, erased, atMs)
    else await appendAudit(db, { ...by, action: FORMER_HEAD, detail: { head: formerHead } })
  }
  await sql.raw(onlyStruck).execute(db)
}

/** Only striking changes a line: it removes the actor, the client or both, completely and with their salt. */
const onlyStruck = `create trigger audit_is_only_struck before update on audit
  when new.seq is not old.seq or new.at_ms is not old.at_ms or new.action is not old.action or new.rule is not old.rule
    or new.who_seal is not old.who_seal or new.whom_seal is not old.whom_seal
    or new.previous_hash is not old.previous_hash or new.hash is not old.hash
    or not (new.person_id is null and new.came_from is null and new.who_salt is null
      or new.person_id is old.person_id and new.came_from is old.came_from and new.who_salt is old.who_salt)
    or not (new.client_id is null and new.detail_json is '{}' and new.whom_salt is null
      or new.client_id is old.client_id and new.detail_json is old.detail_json and new.whom_salt is old.whom_salt)
  begin select raise(abort, 'the log is append-only'); end`

interface Sealed {
  readonly lines: number
  readonly emptied: readonly number[]
  readonly broken: { readonly seq: number; readonly reason: Broken } | null
  readonly formerHead: string
}

/** Check the chain as it was, and make it anew. */
async function sealAll(db: Database): Promise<Sealed> {
  const check = await verifyFormerLog(db)
  const emptied: number[] = []
  let [before, previous] = [START, START]
  let [lines, last] = [0, 0]
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const rows = await db.selectFrom('audit').selectAll().where('seq', '>', after).orderBy('seq').limit(PAGE).execute()
    for (const row of rows) {
      const named = withoutName(row)
      if (named !== null) emptied.push(row.seq)
      const kept = { ...row, detail_json: named ?? row.detail_json }
      const sealed = { ...kept, ...(await sealWhole(kept)) }
      before = row.hash
      const hash = await hashLine(sealed, previous)
      await db
        .updateTable('audit')
        .set({ ...sealed, previous_hash: previous, hash })
        .where('seq', '=', row.seq)
        .execute()
      previous = hash
      after = last = row.seq
      lines++
    }
    if (rows.length < PAGE) break
  }
  await db.updateTable('audit_head').set({ seq: last, hash: previous }).execute()
  const broken = check.ok ? null : { seq: check.seq, reason: check.reason }
  return { lines, emptied, broken, formerHead: before }
}

/** The detail without the hash of an e-mail address; null where there is none. */
function withoutName({ action, detail_json }: Row): string | null {
  if (!action.startsWith('sign-in.')) return null
  const { name, ...rest } = JSON.parse(detail_json) as Record<string, unknown>
  return name === undefined ? null : JSON.stringify(rest)
}

/** Clients that the log knows and that are there no more. */
async function listErased(db: Database) {
  const { rows } = await sql<{ id: string }>`select distinct client_id as id from audit
    where client_id is not null and client_id not in (select id from client)`.execute(db)
  const erased = []
  for (const { id } of rows) erased.push(await findErased(db, id))
  return erased
}
