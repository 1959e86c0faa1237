// Striking an erased client out of the log. The lines stay, with moment, act and rule, and those of staff with who it was;
// whom they tell of goes, and of the client's own lines who it was and from where. A last line says which lines these are.
import { sql } from 'kysely'
import { clientRules, clinicRules } from '../../domain/access.ts'
import { appendAudit } from './audit.ts'
import { FORMER_HEAD, STRUCK } from './audit-chain.ts'
import { findMentions, listed, seqsOf, type Erased, type Mentions } from './audit-mentions.ts'
import { hasNames, linesNaming, strikeNames } from './audit-named.ts'
import type { Database } from '../database.ts'
import { writeNumbers } from './line-numbers.ts'

/** The ids of a client in the log. */
export async function findErased(db: Database, clientId: string): Promise<Erased> {
  const own = [...clientRules, ...clinicRules].filter(({ role }) => role === 'client').map(({ id }) => id)
  // However often they joined; but no account that ever was of staff.
  const { rows } = await sql<{ id: string; staff: number }>`
    select id, exists (select 1 from person_role where person_id = id)
      or exists (select 1 from audit where person_id = id and rule not in (select value from json_each(${JSON.stringify(own)})))
      as staff
    from (
      select person_id as id from audit
        where client_id = ${clientId} and action = 'account.joined' and person_id is not null
      union select person_id from client where id = ${clientId} and person_id is not null)`.execute(db)
  return {
    clientId,
    personIds: rows.filter(({ staff }) => staff === 0).map(({ id }) => id),
    staffId: rows.find(({ staff }) => staff === 1)?.id ?? null,
  }
}

/** Inside `atomically`, when everything else of theirs is gone.
 *  @param before what was found in the lines of before the transaction */
export async function strikeFromAudit(
  db: Database,
  erased: readonly Erased[],
  atMs: number,
  before: Mentions | null = null,
): Promise<void> {
  const found = await listToStrike(db, erased, await findMentions(db, erased, { before }))
  const clientIds = erased.map(({ clientId }) => clientId)
  // A log that is sealed anew by an early step of a migration knows no such lines yet.
  const named = (await hasNames(db)) ? await strikeNames(db, clientIds, await linesNaming(db, clientIds)) : []
  await strike(db, found)
  await appendStruck(db, { ...found, named }, atMs)
}

/** The line that says which lines were struck: in the transaction that strikes them. */
export async function appendStruck(db: Database, { who, whom, named = [] }: ToStrike, atMs: number): Promise<void> {
  const names = named.length === 0 ? {} : { named: writeNumbers(named) }
  const detail = { who: writeNumbers(who), whom: writeNumbers(whom), ...names }
  const by = { personId: null, clientId: null, rule: null, cameFrom: null }
  await appendAudit(db, { atMs, action: STRUCK, ...by, detail })
}

export interface ToStrike {
  readonly who: readonly number[]
  readonly whom: readonly number[]
  /** Lines that name them beside others: only they go. */
  readonly named?: readonly number[]
}

/** Their own lines, and those of whoever was not signed in, from an address that nobody else has used: a shared address is
 *  not theirs to strike. */
export async function listToStrike(db: Database, erased: readonly Erased[], mentions: Mentions): Promise<ToStrike> {
  const clients = listed(erased.map(({ clientId }) => clientId))
  const people = listed(erased.flatMap(({ personIds }) => personIds))
  const staff = listed(erased.map(({ staffId }) => staffId))
  const own = await seqsOf(db, sql`person_id in ${people} or (client_id in ${clients} and person_id in ${staff})`)
  const ofThem = [...(await seqsOf(db, sql`client_id in ${clients} or action = ${FORMER_HEAD}`)), ...mentions.named]
  const nobodys = sql`seq in ${listed(ofThem)} and person_id is null and came_from is not null`
  const who = [...own, ...(await seqsOf(db, nobodys)), ...[...mentions.nobodys.values()].flat()]
  return {
    who: await seqsOf(db, sql`seq in ${listed(who)} and who_salt is not null`),
    whom: await seqsOf(db, sql`seq in ${listed([...own, ...ofThem])} and whom_salt is not null`),
  }
}

export async function strike(db: Database, { who, whom }: ToStrike): Promise<void> {
  await sql`update audit set person_id = null, came_from = null, who_salt = null where seq in ${listed(who)}`.execute(
    db,
  )
  await sql`update audit set client_id = null, detail_json = '{}', whom_salt = null
    where seq in ${listed(whom)}`.execute(db)
}
