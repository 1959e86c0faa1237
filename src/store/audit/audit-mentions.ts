// Finds lines of the log that mention an erased client outside the column for the client: an id in a detail, or an
// address that nobody else used. No index finds those, so all lines are read, some at a time. Most of a long log is
// read before the transaction that erases, because lines are only added.
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'

/** The ids of a client in the log. */
export interface Erased {
  readonly clientId: string
  /** Accounts that were theirs and nothing else. */
  readonly personIds: readonly string[]
  /** The account of somebody who stays on as staff: what they did as this client is not theirs any more. */
  readonly staffId: string | null
}

/** The findings in all lines up to one number. */
export interface Mentions {
  /** Of whom, and from which addresses they came: where that is another by now, all lines are read again. */
  readonly of: string
  readonly addresses: readonly string[]
  readonly upToSeq: number
  /** Lines with an id of theirs in the detail. */
  readonly named: readonly number[]
  /** Addresses that they and nobody else who is known came from, with the lines of whoever was not signed in there. */
  readonly nobodys: ReadonlyMap<string, readonly number[]>
}

/** Some 10 ms of a quick machine. */
const LINES = 10_000

interface Finding {
  /** The findings in earlier lines. */
  readonly before?: Mentions | null
  /** From where they came, where lines that say so may be struck already. */
  readonly addresses?: readonly string[]
  /** Waited for between some lines and the next. */
  readonly rest?: () => Promise<void>
}

/** Read the lines behind those that were read before. */
export async function findMentions(
  db: Database,
  erased: readonly Erased[],
  { before = null, addresses: known, rest = async () => undefined }: Finding = {},
): Promise<Mentions> {
  const head = await db.selectFrom('audit_head').select('seq').executeTakeFirst()
  const upToSeq = head?.seq ?? 0
  const personIds = erased.flatMap(({ personIds }) => personIds)
  const people = listed(personIds)
  const found = await addressesOf(db, personIds)
  const addresses = [...new Set([...(before?.addresses ?? known ?? []), ...found])].toSorted()
  const of = JSON.stringify([erased, addresses])
  const read = before?.of === of ? before : null
  const named = [...(read?.named ?? [])]
  const nobodys = new Map<string, readonly number[]>(read?.nobodys ?? addresses.map((address) => [address, []]))
  const words = listed(erased.flatMap(({ clientId, personIds }) => [clientId, ...personIds]))
  for (let after = read?.upToSeq ?? 0; after < upToSeq; after += LINES) {
    const some = sql`seq > ${after} and seq <= ${Math.min(after + LINES, upToSeq)}`
    named.push(
      ...(await seqsOf(
        db,
        sql`${some}
      and exists (select 1 from ${words} as word where instr(detail_json, '"' || word.value || '"'))`,
      )),
    )
    if (nobodys.size > 0) await readAddresses(db, some, people, nobodys)
    await rest()
  }
  return { of, addresses, upToSeq, named, nobodys }
}

/** From where somebody came, as far as it is not struck. */
export async function addressesOf(db: Database, personIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ came_from: string }>`
    select distinct came_from from audit where person_id in ${listed(personIds)} and came_from is not null order by came_from`.execute(
    db,
  )
  return rows.map(({ came_from }) => came_from)
}

/** Forgets addresses that somebody else came from, and notes who was not signed in at the others. */
async function readAddresses(
  db: Database,
  some: RawBuilder<unknown>,
  people: RawBuilder<unknown>,
  nobodys: Map<string, readonly number[]>,
): Promise<void> {
  const addresses = () => listed([...nobodys.keys()])
  const { rows: others } = await sql<{ came_from: string }>`select distinct came_from from audit
    where ${some} and came_from in ${addresses()} and person_id not in ${people}`.execute(db)
  for (const { came_from } of others) nobodys.delete(came_from)
  if (nobodys.size === 0) return
  const { rows } = await sql<{ seq: number; came_from: string }>`select seq, came_from from audit
    where ${some} and came_from in ${addresses()} and person_id is null`.execute(db)
  for (const { seq, came_from } of rows) nobodys.set(came_from, [...(nobodys.get(came_from) ?? []), seq])
}

/** Lines of which something holds. */
export async function seqsOf(db: Database, holds: RawBuilder<unknown>): Promise<number[]> {
  const { rows } = await sql<{ seq: number }>`select seq from audit where ${holds} order by seq`.execute(db)
  return rows.map(({ seq }) => seq)
}

/** Words or numbers as one value of a statement: a Durable Object binds at most 100. */
export const listed = (values: readonly (string | number | null)[]): RawBuilder<unknown> =>
  sql`(select value from json_each(${JSON.stringify(values.filter((value) => value !== null))}))`
