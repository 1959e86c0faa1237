// Clients: first name, year of birth, watch level. No surname, no diagnosis, no drug name, ever.
import { watchLevels, type WatchLevel } from '../../domain/zone/resolve-zone.ts'
import type { Access, ClientAccess } from '../people/access.ts'
import { closedWord } from '../closed-word.ts'
import type { Database } from '../database.ts'
import { among, question, toAmong } from '../question.ts'
import { namesOfGroups } from '../people/groups.ts'
import { secondSources } from '../runs/runs.ts'
import { visibleClients, visibleIn } from '../people/relations.ts'

export interface Client {
  readonly id: string
  readonly firstName: string
  readonly birthYear: number
  readonly watchLevel: WatchLevel
  readonly createdAtMs: number
}
export interface ClientSummary extends Client {
  readonly runCount: number
  readonly lastRunAtMs: number | null
}

/** A new client belongs to a group from the start: else nobody would see them. */
export async function insertClient(db: Database, client: Client, groupId: string): Promise<void> {
  const { id, firstName, birthYear, watchLevel, createdAtMs } = client
  await db
    .insertInto('client')
    .values({
      id,
      first_name: firstName,
      birth_year: birthYear,
      watch_level: watchLevel,
      created_at_ms: createdAtMs,
      person_id: null,
    })
    .execute()
  await db.insertInto('group_client').values({ group_id: groupId, client_id: id }).execute()
}

export async function updateClient(
  db: Database,
  { clientId }: ClientAccess<'client.change' | 'data.import'>,
  { firstName, birthYear, watchLevel }: Pick<Client, 'firstName' | 'birthYear' | 'watchLevel'>,
): Promise<void> {
  await db
    .updateTable('client')
    .set({ first_name: firstName, birth_year: birthYear, watch_level: watchLevel })
    .where('id', '=', clientId)
    .execute()
}

export async function findClient(db: Database, { clientId }: ClientAccess): Promise<ClientSummary | null> {
  const row = (await summariesOf(db, toAmong([clientId]))).at(0)
  return row === undefined ? null : toClient(row)
}

/** Whether it is somebody's own record. */
export async function isOwnRecord(db: Database, { clientId }: ClientAccess, personId: string): Promise<boolean> {
  return (await ownRecord(db, clientId, personId)).length > 0
}

const ownRecord = question((db, clientId: string, personId: string) =>
  db.selectFrom('client').select('id').where('id', '=', clientId).where('person_id', '=', personId),
)

/** Which of these is somebody's own record. */
export async function findOwnRecords(
  db: Database,
  clientIds: readonly string[],
  personId: string,
): Promise<ReadonlySet<string>> {
  return new Set((await ownRecords(db, toAmong(clientIds), personId)).map(({ id }) => id))
}

const ownRecords = question((db, clientIds: string, personId: string) =>
  db.selectFrom('client').select('id').where('id', 'in', among(clientIds)).where('person_id', '=', personId),
)

/** Whether the client has an account of their own. */
export async function hasAccount(db: Database, { clientId }: ClientAccess): Promise<boolean> {
  const row = await db.selectFrom('client').select('person_id').where('id', '=', clientId).executeTakeFirst()
  return row !== undefined && row.person_id !== null
}

/** What `findClient` knows without looking through the client's runs: for what is done for each of them. */
export async function findWatchLevel(db: Database, { clientId }: ClientAccess): Promise<WatchLevel> {
  const row = await db.selectFrom('client').select('watch_level').where('id', '=', clientId).executeTakeFirst()
  return toWatchLevel(row?.watch_level)
}

/** Those that somebody may see, by first name, then id.
 *  @param afterId the last one of the page before: its id, for a name does not belong in an address
 *  @returns null where there is no such one */
export async function listClients(
  db: Database,
  access: Access,
  limit: number,
  afterId: string | null,
): Promise<ClientSummary[] | null> {
  let rowsOfPage: readonly { readonly id: string }[]
  if (afterId === null) rowsOfPage = await firstClients(db, access.personId, toAmong(access.roles), limit)
  else {
    const after = await db
      .selectFrom('client')
      .select('first_name')
      .where('id', '=', afterId)
      .where('id', 'in', visibleClients(db, access))
      .executeTakeFirst()
    if (after === undefined) return null
    rowsOfPage = await byName(db, access.personId, toAmong(access.roles), limit)
      .where((eb) => eb(eb.refTuple('first_name', 'client.id'), '>', eb.tuple(after.first_name, afterId)))
      .execute()
  }
  // Runs are counted of those of the page alone.
  const ids = rowsOfPage.map(({ id }) => id)
  const rows = await summariesOf(db, toAmong(ids))
  const found = new Map(rows.map((row) => [row.id, toClient(row)]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

const byName = (db: Database, personId: string, roles: string, limit: number) =>
  db
    .selectFrom('client')
    .select('client.id')
    .where('client.id', 'in', visibleIn(db, personId, roles))
    .orderBy('first_name')
    .orderBy('client.id')
    .limit(limit)
const firstClients = question(byName)

/** product choice: who has more namesakes is found by another way. */
const MOST_NAMED = 50

/** Of a name, with the groups that tell namesakes apart, 50 at most; for who may see nothing else of them.
 *  @param isNamed in code: SQLite knows no case of letters beyond ASCII */
export async function listClientsNamed(db: Database, isNamed: (firstName: string) => boolean) {
  const rows = await db.selectFrom('client').select(['id', 'first_name', 'birth_year']).orderBy('birth_year').execute()
  const named = rows.filter(({ first_name }) => isNamed(first_name)).slice(0, MOST_NAMED)
  const groups = await namesOfGroups(
    db,
    named.map(({ id }) => id),
  )
  return named.map(({ id, first_name, birth_year }) => ({
    id,
    firstName: first_name,
    birthYear: birth_year,
    groups: groups.get(id) ?? [],
  }))
}

const summariesOf = question((db, ids: string) => summaries(db).where('client.id', 'in', among(ids)))

const summaries = (db: Database) =>
  db
    .selectFrom('client')
    .leftJoin('run', (join) => join.onRef('run.client_id', '=', 'client.id').on('run.id', 'not in', secondSources(db)))
    .selectAll('client')
    .select((eb) => [
      eb.fn.count<number>('run.id').as('run_count'),
      eb.fn.max('run.started_at_ms').as('last_run_at_ms'),
    ])
    .groupBy('client.id')

interface Row {
  id: string
  first_name: string
  birth_year: number
  watch_level: string
  created_at_ms: number
  run_count: number
  last_run_at_ms: number | null
}

const toClient = (row: Row): ClientSummary => ({
  id: row.id,
  firstName: row.first_name,
  birthYear: row.birth_year,
  watchLevel: toWatchLevel(row.watch_level),
  createdAtMs: row.created_at_ms,
  runCount: row.run_count,
  lastRunAtMs: row.last_run_at_ms,
})

/** None is stored where nobody chose one. */
const toWatchLevel = (text: string | undefined): WatchLevel =>
  text === undefined ? 'standard' : closedWord(watchLevels, text, 'watch_level')
