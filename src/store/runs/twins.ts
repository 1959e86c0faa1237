// Pairs of runs that may be one run recorded twice (rule T5). A pair is found when a run comes in, moves or is judged
// again. calmpace asks, a person answers, and calmpace asks again if the answer is taken back.
import { sql, type ExpressionBuilder, type Selectable } from 'kysely'
import { overrideParameters } from '../../domain/parameters/parameters.ts'
import { isUndated } from '../../domain/dating.ts'
import type { TwinPair } from '../../domain/sources/count-once.ts'
import type { ClientAccess } from '../people/access.ts'
import { listCombinations } from './combinations.ts'
import { closedWord } from '../closed-word.ts'
import type { Database } from '../database.ts'
import { question } from '../question.ts'
import { isDated } from './run-dates.ts'
import { findSettings } from '../settings/settings.ts'
import type { Tables } from '../tables.ts'
import { twinSigns, type Twin, type TwinSign } from '../../domain/sources/twins.ts'
import type { PackedRecording } from '../columns.ts'
import { findPacked, findRun, runsOf, type Run } from './runs.ts'
import { work } from '../work/work.ts'

export interface StoredTwin extends Twin {
  /** The one that was there first. */
  readonly runId: string
  readonly otherRunId: string
  readonly foundAtMs: number
  /** What a person said; null where nobody did, or it was taken back. */
  readonly answer: { readonly isOneRun: boolean; readonly atMs: number; readonly byPersonId: string | null } | null
}

type Finding = ClientAccess<
  'run.add' | 'run.record' | 'run.judge' | 'run.decide' | 'run.remove' | 'run.same' | 'run.date' | 'data.import'
>

/** Hold a run against all that it can be a double of. What a person answered stays; what is open stays where it is found again.
 *  @returns the runs that it may be one run with, as long as nobody answered */
export async function lookForTwins(db: Database, access: Finding, runId: string, nowMs: number): Promise<string[]> {
  const run = await findRun(db, access, runId)
  const own = run && (await findByOwnClock(db, access, run))
  // Without its samples nothing new can be said.
  if (run && own) await lookNear(db, access, run, own, nowMs)
  const open = (await listTwinsOf(db, access, runId)).filter(({ answer }) => answer === null)
  return open.map((twin) => (twin.runId === runId ? twin.otherRunId : twin.runId))
}

/** Where its date is not known (rule T4) a run lies at what its device's clock says. */
async function findByOwnClock(db: Database, access: Finding, run: Run): Promise<PackedRecording | null> {
  const recording = await findPacked(db, access, run)
  const { dating } = run
  return recording && dating && isUndated(dating)
    ? { ...recording, head: { ...recording.head, startedAtMs: dating.fileStartedAtMs } }
    : recording
}

async function lookNear(db: Database, access: Finding, run: Run, own: PackedRecording, nowMs: number): Promise<void> {
  const { id: runId } = run
  const { parameters: overrides } = await findSettings(db)
  const before = await listTwinsOf(db, access, runId)
  const near = await listNear(db, access, run, own.head, overrideParameters(overrides).source.twinQuarterMaxS)
  for (const otherId of near) {
    const other = await findRun(db, access, otherId)
    const recording = other && (await findByOwnClock(db, access, other))
    if (recording === null) continue
    const twin = await work(db, 'findTwin', { one: own, other: recording, overrides })
    const there = before.find((one) => isOf(one, runId, otherId))
    if (twin === null) await deleteOpen(db, access, runId, otherId)
    else if (there === undefined) await insertFound(db, access, runId, otherId, twin, nowMs)
  }
  for (const { runId: one, otherRunId } of before) {
    const otherId = one === runId ? otherRunId : one
    if (!near.includes(otherId)) await deleteOpen(db, access, runId, otherId)
  }
}

/** Runs that could lie on this one under some time zone, and are not shown as one with it; first those that were there first.
 *  Those of no known date are held against each other by their devices' clocks, and against no other. */
async function listNear(
  db: Database,
  access: ClientAccess,
  { id: runId, dating }: Run,
  { startedAtMs, elapsedS }: PackedRecording['head'],
  mostShiftS: number,
): Promise<string[]> {
  const undated = isUndated(dating)
  const start = undated ? sql<number>`file_started_at_ms` : sql<number>`started_at_ms`
  const rows = await db
    .selectFrom('run')
    .select('id')
    .where('client_id', '=', access.clientId)
    .where('id', '!=', runId)
    .where((eb) => (undated ? eb.not(isDated(eb)) : isDated(eb)))
    .where(start, '<', startedAtMs + (elapsedS + mostShiftS) * 1000)
    .where(sql<number>`${start} + elapsed_s * 1000`, '>', startedAtMs - mostShiftS * 1000)
    .orderBy(sql`rowid`)
    .execute()
  const combinations = await listCombinations(db, access)
  return rows.map(({ id }) => id).filter((id) => !combinations.some((one) => isOf(one, runId, id)))
}

/** Whether a pair is of these two runs, whichever was there first. */
const isOf = (pair: Pick<StoredTwin, 'runId' | 'otherRunId'>, runId: string, otherId: string): boolean =>
  (pair.runId === runId && pair.otherRunId === otherId) || (pair.runId === otherId && pair.otherRunId === runId)

async function insertFound(
  db: Database,
  access: Finding,
  runId: string,
  otherId: string,
  { sign, shiftS }: Twin,
  foundAtMs: number,
): Promise<void> {
  // The one that came in first is asked about first.
  const isFirst = (await inOrder(db, [runId, otherId]))[0] === runId
  const pair = isFirst
    ? { runId, otherRunId: otherId, shiftS }
    : { runId: otherId, otherRunId: runId, shiftS: shiftS === 0 ? 0 : -shiftS }
  await insertTwin(db, access, { ...pair, sign, foundAtMs, answer: null })
}

const inOrder = async (db: Database, ids: readonly string[]): Promise<string[]> =>
  (
    await db
      .selectFrom('run')
      .select('id')
      .where('id', 'in', ids)
      .orderBy(sql`rowid`)
      .execute()
  ).map(({ id }) => id)

/** Both runs must be the client's. */
export async function insertTwin(db: Database, access: Finding, twin: StoredTwin): Promise<void> {
  if ((await runsOf(db, access, [twin.runId, twin.otherRunId])).length !== 2)
    throw new Error('not two runs of this client')
  await db
    .insertInto('twin')
    .values({
      run_id: twin.runId,
      other_run_id: twin.otherRunId,
      sign: twin.sign,
      shift_s: twin.shiftS,
      found_at_ms: twin.foundAtMs,
      is_one_run: twin.answer === null ? null : Number(twin.answer.isOneRun),
      answered_at_ms: twin.answer?.atMs ?? null,
      by_person_id: twin.answer?.byPersonId ?? null,
    })
    .execute()
}

/** Two that are shown as one, whether or not anybody asked. */
export async function answerAsOne(
  db: Database,
  access: ClientAccess<'run.add' | 'run.record' | 'run.decide' | 'run.date'>,
  pair: Twin & Pick<StoredTwin, 'runId' | 'otherRunId'>,
  by: { readonly atMs: number; readonly byPersonId: string | null },
): Promise<void> {
  const there = await findTwinOf(db, access, pair.runId, pair.otherRunId)
  const answer = { isOneRun: true, ...by }
  if (there === null) await insertTwin(db, access, { ...pair, foundAtMs: by.atMs, answer })
  else await writeAnswer(db, access, there, answer)
}

/** A person's answer; null takes it back. */
export async function writeAnswer(
  db: Database,
  access: ClientAccess<'run.decide' | 'run.same' | 'run.add' | 'run.record' | 'run.date'>,
  { runId, otherRunId }: Pick<StoredTwin, 'runId' | 'otherRunId'>,
  answer: StoredTwin['answer'],
): Promise<void> {
  if ((await runsOf(db, access, [runId])).length === 0) return
  await db
    .updateTable('twin')
    .set({
      is_one_run: answer === null ? null : Number(answer.isOneRun),
      answered_at_ms: answer?.atMs ?? null,
      by_person_id: answer?.byPersonId ?? null,
    })
    .where('run_id', '=', runId)
    .where('other_run_id', '=', otherRunId)
    .execute()
}

async function deleteOpen(db: Database, access: Finding, runId: string, otherId: string): Promise<void> {
  if ((await runsOf(db, access, [runId])).length === 0) return
  await db
    .deleteFrom('twin')
    .where('run_id', 'in', [runId, otherId])
    .where('other_run_id', 'in', [runId, otherId])
    .where('is_one_run', 'is', null)
    .execute()
}

/** All of a client's, in the order in which they were found. */
export const listTwins = async (db: Database, access: ClientAccess): Promise<StoredTwin[]> =>
  (await twinsOf(db, access.clientId)).map(toTwin)

/** Those of one run. */
export const listTwinsOf = async (db: Database, access: ClientAccess, runId: string): Promise<StoredTwin[]> =>
  (await twinsOfRun(db, access.clientId, runId)).map(toTwin)

/** Of two runs, whichever of both was there first. */
export async function findTwinOf(
  db: Database,
  access: ClientAccess,
  runId: string,
  otherId: string,
): Promise<StoredTwin | null> {
  const row = await selectTwins(db, access.clientId)
    .where('twin.run_id', 'in', [runId, otherId])
    .where('twin.other_run_id', 'in', [runId, otherId])
    .executeTakeFirst()
  return row === undefined ? null : toTwin(row)
}

const selectTwins = (db: Database, clientId: string) =>
  db
    .selectFrom('twin')
    .innerJoin('run', 'run.id', 'twin.run_id')
    .innerJoin('run as other', 'other.id', 'twin.other_run_id')
    .selectAll('twin')
    .where('run.client_id', '=', clientId)
    .orderBy('twin.found_at_ms')
    .orderBy(sql`run.rowid`)
    .orderBy(sql`other.rowid`)

const hasRun = (runId: string) => (eb: ExpressionBuilder<Tables, 'twin'>) =>
  eb.or([eb('twin.run_id', '=', runId), eb('twin.other_run_id', '=', runId)])

const twinsOf = question(selectTwins)
const twinsOfRun = question((db, clientId: string, runId: string) => selectTwins(db, clientId).where(hasRun(runId)))

/** Pairs that count once: all that nobody called two. What stands behind another run is that run. */
export async function listPairsThatCountOnce(db: Database, access: ClientAccess): Promise<TwinPair[]> {
  const shown = new Map((await listCombinations(db, access)).map(({ runId, otherRunId }) => [otherRunId, runId]))
  return (await listTwins(db, access))
    .filter(({ answer }) => answer === null || answer.isOneRun)
    .map(({ runId, otherRunId }): TwinPair => [shown.get(runId) ?? runId, shown.get(otherRunId) ?? otherRunId])
    .filter(([one, other]) => one !== other)
}

const toTwin = (row: Selectable<Tables['twin']>): StoredTwin => ({
  runId: row.run_id,
  otherRunId: row.other_run_id,
  sign: toSign(row.sign),
  shiftS: row.shift_s,
  foundAtMs: row.found_at_ms,
  answer:
    row.is_one_run === null || row.answered_at_ms === null
      ? null
      : { isOneRun: row.is_one_run === 1, atMs: row.answered_at_ms, byPersonId: row.by_person_id },
})

const toSign = (text: string): TwinSign => closedWord(twinSigns, text, 'twin.sign')
