// A client leaves without a trace: every row that is theirs or points at them, in every table, and their own account with
// its sessions and keys. What staff did stays: the log's lines, and broken glass, with the client struck out of them.
import { sql } from 'kysely'
import type { ClientAccess } from '../people/access.ts'
import { findErased, strikeFromAudit } from '../audit/audit-strike.ts'
import { findMentions, type Mentions } from '../audit/audit-mentions.ts'
import type { Database } from '../database.ts'
import { deleteAccount } from '../people/people.ts'
import { noteRewrite } from './rewrite-due.ts'
import { forgetSigningIn } from '../sign-in/tidy-sign-in.ts'

/** Read a log of years for them before they are erased, while others are answered. */
export async function findBefore(db: Database, clientId: string, rest: () => Promise<void>): Promise<Mentions> {
  return findMentions(db, [await findErased(db, clientId)], null, rest)
}

/** Inside `atomically`; after it, `Store.compact`.
 *  @param mentions of them that were found before; what came since is read now */
export async function eraseClient(
  db: Database,
  { clientId }: ClientAccess<'data.erase'>,
  nowMs: number,
  mentions: Mentions | null = null,
): Promise<void> {
  const erased = await findErased(db, clientId)
  const account = await db
    .selectFrom('client')
    .innerJoin('person', 'person.id', 'client.person_id')
    .select('person.id')
    .where('client.id', '=', clientId)
    .executeTakeFirst()
  await eraseReview(db, clientId)
  await eraseParticipations(db, clientId)
  await eraseRuns(db, clientId)
  const zones = db.selectFrom('calm_zone').select('id').where('client_id', '=', clientId)
  await db.deleteFrom('zone_withdrawal').where('zone_id', 'in', zones).execute()
  await db.deleteFrom('calm_zone').where('client_id', '=', clientId).execute()
  await db.deleteFrom('group_client').where('client_id', '=', clientId).execute()
  await db.deleteFrom('invitation').where('client_id', '=', clientId).execute()
  await db.deleteFrom('removal').where('client_id', '=', clientId).execute()
  // That somebody looked in an emergency is evidence: the row stays, and says nothing of the client.
  await db.updateTable('break_glass').set({ client_id: null, reason: null }).where('client_id', '=', clientId).execute()
  await db.deleteFrom('client').where('id', '=', clientId).execute()
  if (account !== undefined) await eraseAccount(db, account.id)
  // Also where they have no account any more, or keep it: they signed in as a client a while ago, or tried to.
  await forgetSigningIn(db)
  await strikeFromAudit(db, [erased], nowMs, mentions)
  await noteRewrite(db, nowMs)
}

async function eraseReview(db: Database, clientId: string): Promise<void> {
  const flags = db.selectFrom('flag').select('id').where('client_id', '=', clientId)
  await db.deleteFrom('flag_event').where('flag_id', 'in', flags).execute()
  await db.deleteFrom('flag').where('client_id', '=', clientId).execute()
  // Answers point at questions.
  await db.deleteFrom('note').where('client_id', '=', clientId).where('answers', 'is not', null).execute()
  for (const table of ['note', 'rest_note', 'after_run', 'sharing', 'plan'] as const)
    await db.deleteFrom(table).where('client_id', '=', clientId).execute()
}

async function eraseParticipations(db: Database, clientId: string): Promise<void> {
  const own = db.selectFrom('participation').select('id').where('client_id', '=', clientId)
  await db.deleteFrom('check_in').where('client_id', '=', clientId).execute()
  await db.deleteFrom('batch').where('participation_id', 'in', own).execute()
  const groupRuns = await db
    .selectFrom('participation')
    .select('group_run_id as id')
    .distinct()
    .where('client_id', '=', clientId)
    .execute()
  await db.deleteFrom('participation').where('client_id', '=', clientId).execute()
  // A group run of which nobody is left.
  await db
    .deleteFrom('group_run')
    .where('id', 'in', sql<string>`(select value from json_each(${JSON.stringify(groupRuns.map(({ id }) => id))}))`)
    .where('id', 'not in', db.selectFrom('participation').select('group_run_id'))
    .execute()
}

async function eraseRuns(db: Database, clientId: string): Promise<void> {
  const runs = db.selectFrom('run').select('id').where('client_id', '=', clientId)
  const files = db.selectFrom('run_file').select('id').where('client_id', '=', clientId)
  await db
    .deleteFrom('combination')
    .where((eb) => eb.or([eb('run_id', 'in', runs), eb('other_run_id', 'in', runs)]))
    .execute()
  await db
    .deleteFrom('twin')
    .where((eb) => eb.or([eb('run_id', 'in', runs), eb('other_run_id', 'in', runs)]))
    .execute()
  await db.deleteFrom('assessment').where('run_id', 'in', runs).execute()
  await db.deleteFrom('run_chunk').where('run_id', 'in', runs).execute()
  await db.deleteFrom('run').where('client_id', '=', clientId).execute()
  await db.deleteFrom('run_file_part').where('file_id', 'in', files).execute()
  await db.deleteFrom('run_file').where('client_id', '=', clientId).execute()
}

/** The account of a client who is nothing else here. Staff keep theirs. */
async function eraseAccount(db: Database, id: string): Promise<void> {
  const role = await db.selectFrom('person_role').select('role').where('person_id', '=', id).executeTakeFirst()
  if (role !== undefined) return
  await deleteAccount(db, id)
}
