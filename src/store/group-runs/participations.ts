// A runner's part in a group run, from its first batch until it is a run. The phone makes its id. Each function asks
// for the client too, so an id never reaches another client's data.
import { sql, type Selectable } from 'kysely'
import { allowOnClient, relations } from '../../domain/access.ts'
import { participationStates, type ParticipationState } from '../../domain/participation.ts'
import type { RecorderClock } from '../../domain/recorder-clocks.ts'
import type { Access, ClientAccess } from '../people/access.ts'
import { closedWord } from '../closed-word.ts'
import type { Database } from '../database.ts'
import { among, compared, question, toAmong } from '../question.ts'
import { staffRolesOf } from '../people/relations.ts'
import type { Tables } from '../tables.ts'

export interface Participation {
  readonly id: string
  readonly groupRunId: string
  readonly clientId: string
  /** Zone version that the phone judges by. */
  readonly zoneVersionId: string | null
  readonly state: ParticipationState
  /** Somebody pressed stop in what has arrived. */
  readonly hasStop: boolean
  /** Something came since a run was last made of it. */
  readonly hasNews: boolean
  readonly lastBatchAtMs: number
  readonly runId: string | null
  /** From then on nothing more is taken: its run was removed, or its time is over. */
  readonly closedAtMs: number | null
  /** The known facts about the clocks of its recorders. */
  readonly clocks: readonly RecorderClock[]
}

export interface GroupRun {
  readonly id: string
  readonly groupId: string | null
  readonly madeBy: string
  readonly madeAtMs: number
}

/** Write a group run down where it is not there yet; a group that is gone is left out of it. */
export async function insertGroupRun(db: Database, { id, groupId, madeBy, madeAtMs }: GroupRun): Promise<void> {
  const group = await db
    .selectFrom('care_group')
    .select('id')
    .where('id', '=', groupId ?? '')
    .executeTakeFirst()
  await db
    .insertInto('group_run')
    .values({ id, group_id: group?.id ?? null, made_by: madeBy, made_at_ms: madeAtMs })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Who is to be written down as having begun a group run: whoever the phone names, where they are somebody who records; else who
 *  asks. */
export async function findStarter(db: Database, access: Access, startedBy: string | null): Promise<string> {
  if (startedBy === null) return access.personId
  const held = await staffRolesOf(db, startedBy)
  return allowOnClient(held, relations, 'run.record') === null ? access.personId : startedBy
}

/** @returns false where the id is another client's or another group run's; nothing is written then */
export async function insertParticipation(
  db: Database,
  { clientId }: ClientAccess<'run.record'>,
  given: Pick<Participation, 'id' | 'groupRunId' | 'zoneVersionId'>,
  nowMs: number,
): Promise<boolean> {
  await db
    .insertInto('participation')
    .values({
      id: given.id,
      group_run_id: given.groupRunId,
      client_id: clientId,
      zone_version_id: given.zoneVersionId,
      state: 'arriving',
      has_stop: 0,
      has_news: 0,
      last_batch_at_ms: nowMs,
      run_id: null,
      closed_at_ms: null,
      created_at_ms: nowMs,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const there = await db.selectFrom('participation').selectAll().where('id', '=', given.id).executeTakeFirst()
  return there?.client_id === clientId && there.group_run_id === given.groupRunId
}

export async function findParticipation(
  db: Database,
  { clientId }: ClientAccess,
  id: string,
): Promise<Participation | null> {
  const row = await db
    .selectFrom('participation')
    .selectAll()
    .where('id', '=', id)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
  return row === undefined ? null : toParticipation(row)
}

/** Of one of these runs (a run and the other source that it is shown with); null where none came from a group run. */
export async function findParticipationOfRun(
  db: Database,
  { clientId }: ClientAccess,
  runIds: readonly string[],
): Promise<Participation | null> {
  const row = (await participationsOfRuns(db, toAmong(runIds), clientId)).at(0)
  return row === undefined ? null : toParticipation(row)
}

const participationsOfRuns = question((db, runIds: string, clientId: string) =>
  db
    .selectFrom('participation')
    .selectAll()
    .where('run_id', 'in', among(runIds))
    .where(compared('client_id'), '=', clientId),
)

/** The zone version that a phone watched a run by, or the other source that it is shown with. */
export async function findWatchedZone(db: Database, access: ClientAccess, runId: string): Promise<string | null> {
  const behind = await db
    .selectFrom('combination')
    .select('other_run_id')
    .where('run_id', '=', runId)
    .executeTakeFirst()
  const participation = await findParticipationOfRun(db, access, [runId, behind?.other_run_id ?? runId])
  return participation?.zoneVersionId ?? null
}

/** Ids of a group run's participations and whose they are, for asking access to each. */
export async function listParticipants(
  db: Database,
  groupRunId: string,
): Promise<{ readonly id: string; readonly clientId: string }[]> {
  const rows = await db
    .selectFrom('participation')
    .select(['id', 'client_id'])
    .where('group_run_id', '=', groupRunId)
    .orderBy('created_at_ms')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ id: row.id, clientId: row.client_id }))
}

/** Those to which something came, and nothing more since a moment, for calmpace itself to look at. */
export async function listQuiet(
  db: Database,
  sinceMs: number,
): Promise<{ readonly id: string; readonly clientId: string }[]> {
  const rows = await db
    .selectFrom('participation')
    .select(['id', 'client_id'])
    .where('has_news', '=', 1)
    .where('last_batch_at_ms', '<=', sinceMs)
    .orderBy('last_batch_at_ms')
    .execute()
  return rows.map((row) => ({ id: row.id, clientId: row.client_id }))
}

/** Those of a client of which batches are kept that are not all in a run. */
export async function listUnfinished(db: Database, { clientId }: ClientAccess): Promise<Participation[]> {
  const rows = await db
    .selectFrom('participation')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', 'in', db.selectFrom('batch').select('participation_id'))
    .orderBy('created_at_ms')
    .orderBy('id')
    .execute()
  return rows.map(toParticipation)
}

export async function updateParticipation(
  db: Database,
  { clientId }: ClientAccess<'run.record'>,
  participation: Participation,
): Promise<void> {
  const { id, zoneVersionId, state, hasStop, hasNews, lastBatchAtMs, runId, clocks } = participation
  await db
    .updateTable('participation')
    .set({
      zone_version_id: zoneVersionId,
      state,
      has_stop: hasStop ? 1 : 0,
      has_news: hasNews ? 1 : 0,
      last_batch_at_ms: lastBatchAtMs,
      run_id: runId,
      clocks_json: JSON.stringify(clocks),
    })
    .where('id', '=', id)
    .where('client_id', '=', clientId)
    .execute()
}

export async function findGroupRun(db: Database, id: string): Promise<GroupRun | null> {
  const row = await db.selectFrom('group_run').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : { id: row.id, groupId: row.group_id, madeBy: row.made_by, madeAtMs: row.made_at_ms }
}

/** Nothing more is taken for these, and what was kept for them goes: what comes again must not bring a run back.
 *  @param keepRun whether it still points at its run */
export async function closeParticipations(
  db: Database,
  ids: readonly string[],
  closedAtMs: number,
  keepRun: boolean,
): Promise<void> {
  if (ids.length === 0) return
  await db.deleteFrom('batch').where('participation_id', 'in', ids).execute()
  await db
    .updateTable('participation')
    .set({
      state: sql<string>`case when run_id is null then 'checked_in_only' else 'composed' end`,
      closed_at_ms: closedAtMs,
      has_news: 0,
      ...(keepRun ? {} : { run_id: null }),
    })
    .where('id', 'in', ids)
    .execute()
}

/** Ids of those that a run was made of. */
export async function participationsOfRun(db: Database, runId: string): Promise<string[]> {
  const rows = await db.selectFrom('participation').select('id').where('run_id', '=', runId).execute()
  return rows.map(({ id }) => id)
}

const toState = (text: string): ParticipationState => closedWord(participationStates, text, 'participation.state')

const toParticipation = (row: Selectable<Tables['participation']>): Participation => ({
  id: row.id,
  groupRunId: row.group_run_id,
  clientId: row.client_id,
  zoneVersionId: row.zone_version_id,
  state: toState(row.state),
  hasStop: row.has_stop === 1,
  hasNews: row.has_news === 1,
  lastBatchAtMs: row.last_batch_at_ms,
  runId: row.run_id,
  closedAtMs: row.closed_at_ms,
  clocks: JSON.parse(row.clocks_json) as RecorderClock[],
})
