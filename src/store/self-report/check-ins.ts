// Check-ins before a run (section J): the time and the result. The answers are never stored.
import type { Selectable } from 'kysely'
import { checkInResults, type CheckInResult } from '../../domain/check-in/check-in.ts'
import type { ClientAccess } from '../people/access.ts'
import { closedWord } from '../closed-word.ts'
import type { Database } from '../database.ts'
import { question } from '../question.ts'
import type { Tables } from '../tables.ts'

export interface CheckIn {
  readonly id: string
  /** The group run's part that it was done for; null for one that came with an archive. */
  readonly participationId: string | null
  readonly atMs: number
  readonly result: CheckInResult
  /** Rule A10: the calm limit is to be looked at again. */
  readonly zoneNeedsReview: boolean
  /** Who held the phone. */
  readonly byPersonId: string
}

/** Once for a moment of a participation, however often it is told. */
export async function insertCheckIn(
  db: Database,
  { clientId }: ClientAccess<'run.record' | 'data.import'>,
  checkIn: CheckIn,
): Promise<void> {
  await db
    .insertInto('check_in')
    .values({
      id: checkIn.id,
      client_id: clientId,
      participation_id: checkIn.participationId,
      at_ms: checkIn.atMs,
      result: checkIn.result,
      zone_needs_review: checkIn.zoneNeedsReview ? 1 : 0,
      by_person_id: checkIn.byPersonId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Newest first. */
export async function listCheckIns(db: Database, { clientId }: ClientAccess): Promise<CheckIn[]> {
  return (await checkInsOf(db, clientId)).map(toCheckIn)
}

const checkInsOf = question((db, clientId: string) =>
  db.selectFrom('check_in').selectAll().where('client_id', '=', clientId).orderBy('at_ms', 'desc').orderBy('id'),
)

/** The last one before a run; null where there is none. */
export async function findCheckIn(
  db: Database,
  { clientId }: ClientAccess,
  participationId: string,
): Promise<CheckIn | null> {
  const row = await db
    .selectFrom('check_in')
    .selectAll()
    .where('participation_id', '=', participationId)
    .where('client_id', '=', clientId)
    .orderBy('at_ms', 'desc')
    .executeTakeFirst()
  return row === undefined ? null : toCheckIn(row)
}

/** Whether a check-in since a moment said that the calm limit is to be looked at again (rule A10). */
export async function zoneNeedsReview(db: Database, { clientId }: ClientAccess, sinceMs: number): Promise<boolean> {
  const row = await db
    .selectFrom('check_in')
    .select('id')
    .where('client_id', '=', clientId)
    .where('zone_needs_review', '=', 1)
    .where('at_ms', '>', sinceMs)
    .executeTakeFirst()
  return row !== undefined
}

const toCheckIn = (row: Selectable<Tables['check_in']>): CheckIn => ({
  id: row.id,
  participationId: row.participation_id,
  atMs: row.at_ms,
  result: closedWord(checkInResults, row.result, 'check_in.result'),
  zoneNeedsReview: row.zone_needs_review === 1,
  byPersonId: row.by_person_id,
})
