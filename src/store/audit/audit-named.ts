// Clients whom one line of the log names together: a page of a list is one look, at all who stand on it. Each has a seal of their own, the
// line's hash holds them all in their order (`audit-chain.ts`), and one who is erased is struck out without the others.
import { sql } from 'kysely'
import { newSalts, sealName, sealNames } from './audit-chain.ts'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'

export type Name = Tables['audit_named']

/** @returns the names in their places, and what the line's hash holds of them */
export async function toNames(
  seq: number,
  clientIds: readonly string[],
): Promise<{ readonly names: readonly Name[]; readonly named_seal: string }> {
  const names: Name[] = []
  const salts = newSalts(clientIds.length)
  for (const [place, client_id] of clientIds.entries()) {
    const salt = salts[place] ?? ''
    names.push({ seq, place, client_id, salt, seal: await sealName(client_id, salt) })
  }
  return { names, named_seal: await sealNames(names.map(({ seal }) => seal)) }
}

/** Behind their lines, in the same transaction. */
export async function insertNames(db: Database, names: readonly Name[]): Promise<void> {
  if (names.length === 0) return
  // As one value: a Durable Object binds at most 100.
  await sql`insert into audit_named (seq, place, client_id, salt, seal)
    select value ->> 'seq', value ->> 'place', value ->> 'client_id', value ->> 'salt', value ->> 'seal'
    from json_each(${JSON.stringify(names)})`.execute(db)
}

/** Whom lines name, as far as they are not struck. */
export async function listNamed(
  db: Database,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const { rows } = await sql<{ seq: number; client_id: string }>`select seq, client_id from audit_named
    where seq in (select value from json_each(${JSON.stringify(seqs)})) and client_id is not null
    order by seq, place`.execute(db)
  const named = Map.groupBy(rows, ({ seq }) => seq)
  return new Map([...named].map(([seq, of]) => [seq, of.map(({ client_id }) => client_id)]))
}

/** All names of some lines, by line. */
export async function namesOfLines(
  db: Database,
  fromSeq: number,
  toSeq: number,
): Promise<ReadonlyMap<number, readonly Name[]>> {
  const rows = await db
    .selectFrom('audit_named')
    .selectAll()
    .where('seq', '>=', fromSeq)
    .where('seq', '<=', toSeq)
    .orderBy('seq')
    .orderBy('place')
    .execute()
  return Map.groupBy(rows, ({ seq }) => seq)
}

/** Whether the names of a line are those that were written with it, but for those that were struck.
 *  @param named_seal of the line; null where it names none
 *  @param mayBeStruck how many of them later lines tell of */
export async function areSealed(
  names: readonly Name[],
  named_seal: string | null,
  mayBeStruck: number,
): Promise<boolean> {
  if (named_seal === null) return names.length === 0
  let struck = 0
  for (const [at, { place, client_id, salt, seal }] of names.entries()) {
    if (place !== at) return false
    if (client_id === null && salt === null) struck++
    else if (client_id === null || salt === null || (await sealName(client_id, salt)) !== seal) return false
  }
  return struck <= mayBeStruck && (await sealNames(names.map(({ seal }) => seal))) === named_seal
}

/** Lines that name somebody beside others. */
export async function linesNaming(db: Database, clientIds: readonly string[]): Promise<number[]> {
  const { rows } = await sql<{ seq: number }>`select distinct seq from audit_named
    where client_id in (select value from json_each(${JSON.stringify(clientIds)})) order by seq`.execute(db)
  return rows.map(({ seq }) => seq)
}

/** @returns the lines out of which they were struck now */
export async function strikeNames(
  db: Database,
  clientIds: readonly string[],
  seqs: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ seq: number }>`update audit_named set client_id = null, salt = null
    where client_id in (select value from json_each(${JSON.stringify(clientIds)}))
      and seq in (select value from json_each(${JSON.stringify(seqs)}))
    returning seq`.execute(db)
  return rows.map(({ seq }) => seq).toSorted((a, b) => a - b)
}

/** Whether this log can have such lines: a copy of before has no table for them. */
export async function hasNames(db: Database): Promise<boolean> {
  const { rows } = await sql`select 1 from sqlite_master where type = 'table' and name = 'audit_named'`.execute(db)
  return rows.length > 0
}
