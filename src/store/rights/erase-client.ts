// Erases a client: every row of theirs or about them, in every table, and their account with its sessions and keys. The
// actions of staff stay: the log's lines and emergency access, with the client removed from them. For many years of
// data this is a lot, so a running clinic does it in portions (`erasing.ts`); each portion is `eraseSome`.
import { sql, type Expression } from 'kysely'
import type { ClientAccess } from '../people/access.ts'
import { findErased, strikeFromAudit } from '../audit/audit-strike.ts'
import type { Erased, Mentions } from '../audit/audit-mentions.ts'
import type { Database } from '../database.ts'
import { deleteAccount } from '../people/people.ts'
import { deleteImports } from '../runs/import-jobs.ts'
import { noteRewrite } from './rewrite-due.ts'
import { forgetSigningIn } from '../sign-in/tidy-sign-in.ts'

/** All at once. Inside `atomically`; after it, `Store.compact`. */
export async function eraseClient(
  db: Database,
  { clientId }: ClientAccess<'data.erase'>,
  nowMs: number,
): Promise<void> {
  const erased = await findErased(db, clientId)
  await detachClient(db, clientId)
  await eraseRest(db, erased, nowMs)
}

/** From here on they are nobody's: no account is theirs, no group has them and nobody looks at them in an emergency. Inside
 *  `atomically`. */
export async function detachClient(db: Database, clientId: string): Promise<void> {
  const account = await db
    .selectFrom('client')
    .innerJoin('person', 'person.id', 'client.person_id')
    .select('person.id')
    .where('client.id', '=', clientId)
    .executeTakeFirst()
  await db.deleteFrom('group_client').where('client_id', '=', clientId).execute()
  await db.deleteFrom('invitation').where('client_id', '=', clientId).execute()
  // That somebody looked in an emergency is evidence: the row stays, and says nothing of the client.
  await db.updateTable('break_glass').set({ client_id: null, reason: null }).where('client_id', '=', clientId).execute()
  await db.updateTable('client').set({ person_id: null }).where('id', '=', clientId).execute()
  if (account !== undefined) await eraseAccount(db, account.id)
}

/** All that is left of a client whom nobody can reach, and their words in the log. Inside `atomically`.
 *  @param mentions of them that were found before; what came since is read now */
export async function eraseRest(
  db: Database,
  erased: Erased,
  nowMs: number,
  mentions: Mentions | null = null,
): Promise<void> {
  const { clientId } = erased
  while (await eraseSome(db, clientId));
  const zones = db.selectFrom('calm_zone').select('id').where('client_id', '=', clientId)
  await db.deleteFrom('zone_withdrawal').where('zone_id', 'in', zones).execute()
  await db.deleteFrom('calm_zone').where('client_id', '=', clientId).execute()
  await db.deleteFrom('removal').where('client_id', '=', clientId).execute()
  await db.deleteFrom('erasing').where('client_id', '=', clientId).execute()
  await db.deleteFrom('client').where('id', '=', clientId).execute()
  // Also where they have no account any more, or keep it: they signed in as a client a while ago, or tried to.
  await forgetSigningIn(db)
  await strikeFromAudit(db, [erased], nowMs, mentions)
  await noteRewrite(db, nowMs)
}

type Portion = (db: Database, clientId: string) => Promise<boolean>

/** Each takes some rows, and says whether it found any. What points at others goes before them. */
const portions: readonly Portion[] = [
  eraseImports,
  eraseFlags,
  eraseTold,
  eraseBatches,
  eraseParticipations,
  eraseRuns,
  eraseFiles,
]

/** A portion of their rows that takes some milliseconds. Inside `atomically`. @returns false where there is none left */
export async function eraseSome(db: Database, clientId: string): Promise<boolean> {
  for (const erase of portions) if (await erase(db, clientId)) return true
  return false
}

/** product choice: of each kind as many as go within some 20 ms. */
const [FLAGS, BATCHES, RUNS] = [50, 100, 25]

async function eraseImports(db: Database, clientId: string): Promise<boolean> {
  const jobs = await idsOf(db.selectFrom('import_job').select('id').where('client_id', '=', clientId).limit(RUNS))
  await deleteImports(db, jobs)
  return jobs.length > 0
}

async function eraseFlags(db: Database, clientId: string): Promise<boolean> {
  const flags = await idsOf(db.selectFrom('flag').select('id').where('client_id', '=', clientId).limit(FLAGS))
  if (flags.length === 0) return false
  await db.deleteFrom('flag_event').where('flag_id', 'in', among(flags)).execute()
  await db.deleteFrom('flag').where('id', 'in', among(flags)).execute()
  return true
}

async function eraseTold(db: Database, clientId: string): Promise<boolean> {
  let found = false
  const erase = async (query: { readonly executeTakeFirst: () => Promise<{ readonly numDeletedRows: bigint }> }) => {
    if ((await query.executeTakeFirst()).numDeletedRows > 0n) found = true
  }
  // Answers point at questions.
  await erase(db.deleteFrom('note').where('client_id', '=', clientId).where('answers', 'is not', null))
  for (const table of ['note', 'rest_note', 'after_run', 'sharing', 'plan', 'check_in'] as const)
    await erase(db.deleteFrom(table).where('client_id', '=', clientId))
  return found
}

async function eraseBatches(db: Database, clientId: string): Promise<boolean> {
  const { rows } = await sql<{ one: number }>`delete from batch
    where (participation_id, recorder_id, number) in (
      select batch.participation_id, batch.recorder_id, batch.number
      from participation join batch on batch.participation_id = participation.id
      where participation.client_id = ${clientId} limit ${BATCHES})
    returning 1 as one`.execute(db)
  return rows.length > 0
}

async function eraseParticipations(db: Database, clientId: string): Promise<boolean> {
  const groupRuns = await idsOf(
    db.selectFrom('participation').select('group_run_id as id').distinct().where('client_id', '=', clientId),
  )
  if (groupRuns.length === 0) return false
  await db.deleteFrom('participation').where('client_id', '=', clientId).execute()
  // A group run of which nobody is left.
  await db
    .deleteFrom('group_run')
    .where('id', 'in', among(groupRuns))
    .where('id', 'not in', db.selectFrom('participation').select('group_run_id'))
    .execute()
  return true
}

async function eraseRuns(db: Database, clientId: string): Promise<boolean> {
  const ids = await idsOf(db.selectFrom('run').select('id').where('client_id', '=', clientId).limit(RUNS))
  if (ids.length === 0) return false
  const runs = among(ids)
  for (const table of ['combination', 'twin'] as const)
    await db
      .deleteFrom(table)
      .where((eb) => eb.or([eb('run_id', 'in', runs), eb('other_run_id', 'in', runs)]))
      .execute()
  await db.deleteFrom('assessment').where('run_id', 'in', runs).execute()
  await db.deleteFrom('run_chunk').where('run_id', 'in', runs).execute()
  await db.deleteFrom('run').where('id', 'in', runs).execute()
  return true
}

async function eraseFiles(db: Database, clientId: string): Promise<boolean> {
  const files = await idsOf(db.selectFrom('run_file').select('id').where('client_id', '=', clientId).limit(RUNS))
  if (files.length === 0) return false
  await db.deleteFrom('run_file_part').where('file_id', 'in', among(files)).execute()
  await db.deleteFrom('run_file').where('id', 'in', among(files)).execute()
  return true
}

const idsOf = async (query: { readonly execute: () => Promise<readonly { readonly id: string }[]> }) =>
  (await query.execute()).map(({ id }) => id)

/** Ids as one value of a statement: a Durable Object binds at most 100. */
const among = (ids: readonly string[]): Expression<string> =>
  sql<string>`(select value from json_each(${JSON.stringify(ids)}))`

/** The account of a client who is nothing else here. Staff keep theirs. */
async function eraseAccount(db: Database, id: string): Promise<void> {
  const role = await db.selectFrom('person_role').select('role').where('person_id', '=', id).executeTakeFirst()
  if (role !== undefined) return
  await deleteAccount(db, id)
}
