// Who took a group run over from whom, and when. A row is written once. The lines in the log stay longer than the row.
import type { Selectable } from 'kysely'
import type { Database } from '../database.ts'
import type { GroupRun } from './participations.ts'
import type { Tables } from '../tables.ts'

export interface HandOver {
  /** The phone's. */
  readonly id: string
  readonly groupRunId: string
  /** Null where the phone did not know whose it was. */
  readonly fromPersonId: string | null
  readonly toPersonId: string
  /** The person who was signed in when the server heard of it; it may be another person than the one who took over. */
  readonly sentBy: string
  readonly happenedAtMs: number
  readonly receivedAtMs: number
  /** It was done without a network: nobody could be asked first. */
  readonly withoutNetwork: boolean
}

export async function findHandOver(db: Database, id: string): Promise<HandOver | null> {
  const row = await db.selectFrom('hand_over').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : toHandOver(row)
}

export async function insertHandOver(db: Database, one: HandOver): Promise<void> {
  const { id, groupRunId, fromPersonId, toPersonId, sentBy, happenedAtMs, receivedAtMs, withoutNetwork } = one
  await db
    .insertInto('hand_over')
    .values({
      id,
      group_run_id: groupRunId,
      from_person_id: fromPersonId,
      to_person_id: toPersonId,
      sent_by: sentBy,
      happened_at_ms: happenedAtMs,
      received_at_ms: receivedAtMs,
      without_network: withoutNetwork ? 1 : 0,
    })
    .execute()
}

/** The holders of a group run: the person who started it, then each person who took it over. */
export async function listHolders(db: Database, { id, madeBy }: Pick<GroupRun, 'id' | 'madeBy'>): Promise<string[]> {
  const rows = await db
    .selectFrom('hand_over')
    .select('to_person_id')
    .where('group_run_id', '=', id)
    .orderBy('happened_at_ms')
    .execute()
  return [madeBy, ...rows.map((row) => row.to_person_id)]
}

const toHandOver = (row: Selectable<Tables['hand_over']>): HandOver => ({
  id: row.id,
  groupRunId: row.group_run_id,
  fromPersonId: row.from_person_id,
  toPersonId: row.to_person_id,
  sentBy: row.sent_by,
  happenedAtMs: row.happened_at_ms,
  receivedAtMs: row.received_at_ms,
  withoutNetwork: row.without_network === 1,
})
