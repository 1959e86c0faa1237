// Two stored runs shown as one: the first is the run that people see, the second is its other source. Both keep all
// their data, so taking them apart removes one row.
import { sql, type Selectable } from 'kysely'
import type { ClientAccess } from '../people/access.ts'
import type { Database } from '../database.ts'
import { question } from '../question.ts'
import { isDated } from './run-dates.ts'
import type { Tables } from '../tables.ts'
import type { ParameterOverrides } from '../../domain/parameters/parameters.ts'
import type { PackedRecording } from '../columns.ts'
import type { PackedRun } from './packed-run.ts'
import { findPacked, findRun, runsOf, type Run } from './runs.ts'
import { work } from '../work/work.ts'

export interface Combination {
  readonly runId: string
  readonly otherRunId: string
  readonly combinedAtMs: number
  /** Seconds that the second source's times are moved by, where its clock is off. */
  readonly shiftS: number
}

/** Both runs must be the client's. */
export async function insertCombination(
  db: Database,
  access: ClientAccess<'run.add' | 'run.record' | 'run.decide' | 'run.same' | 'run.date' | 'data.import'>,
  { runId, otherRunId, combinedAtMs, shiftS }: Combination,
): Promise<void> {
  if ((await runsOf(db, access, [runId, otherRunId])).length !== 2) throw new Error('not two runs of this client')
  await db
    .insertInto('combination')
    .values({ run_id: runId, other_run_id: otherRunId, combined_at_ms: combinedAtMs, shift_s: shiftS })
    .execute()
}

/** The combination that a run is shown with or stands behind; null where it is alone. */
export async function findCombination(db: Database, access: ClientAccess, runId: string): Promise<Combination | null> {
  const row = (await combinationsOfRun(db, runId, access.clientId)).at(0)
  return row === undefined ? null : toCombination(row)
}

const combinationsOfRun = question((db, runId: string, clientId: string) =>
  db
    .selectFrom('combination')
    .selectAll()
    .where((eb) => eb.or([eb('run_id', '=', runId), eb('other_run_id', '=', runId)]))
    .where((eb) =>
      eb.exists(
        eb.selectFrom('run').select('run.id').where('run.id', '=', runId).where('run.client_id', '=', clientId),
      ),
    ),
)

/** All of a client's. */
export async function listCombinations(db: Database, { clientId }: ClientAccess): Promise<Combination[]> {
  return (await combinationsOf(db, clientId)).map(toCombination)
}

const combinationsOf = question((db, clientId: string) =>
  db
    .selectFrom('combination')
    .innerJoin('run', 'run.id', 'combination.run_id')
    .selectAll('combination')
    .where('run.client_id', '=', clientId)
    .orderBy('combined_at_ms')
    .orderBy('combination.run_id'),
)

const toCombination = (row: Selectable<Tables['combination']>): Combination => ({
  runId: row.run_id,
  otherRunId: row.other_run_id,
  combinedAtMs: row.combined_at_ms,
  shiftS: row.shift_s,
})

export async function deleteCombination(
  db: Database,
  access: ClientAccess<'run.decide' | 'run.same' | 'run.remove'>,
  runId: string,
): Promise<void> {
  if ((await runsOf(db, access, [runId])).length === 0) return
  await db.deleteFrom('combination').where('run_id', '=', runId).execute()
}

/** A run as it is shown, as it is stored, with the other source that stands behind it; null where its raw samples were deleted.
 *  Where only the other source's are gone, the run stands alone. */
export async function findPackedRun(
  db: Database,
  access: ClientAccess,
  run: Run,
): Promise<{ readonly packed: PackedRun; readonly other: Run | null } | null> {
  const own = await findPacked(db, access, run)
  if (own === null) return null
  const combination = await findCombination(db, access, run.id)
  const other = combination?.runId === run.id ? await findRun(db, access, combination.otherRunId) : null
  const found = other === null ? null : await findPacked(db, access, other)
  if (combination === null || other === null || found === null) return { packed: { own, other: null }, other: null }
  const startedAtMs = found.head.startedAtMs + combination.shiftS * 1000
  return { packed: { own, other: { ...found, head: { ...found.head, startedAtMs } } }, other }
}

/** A run of this client, of a known date, that lies over this one, by another kind of source (a strap's recording and a watch's
 *  file), and is not yet put together with one; null where there is none. Two files are a question for a person. */
export async function findOtherSource(
  db: Database,
  access: ClientAccess,
  recording: PackedRecording,
  overrides: ParameterOverrides,
): Promise<{ readonly run: Run; readonly recording: PackedRecording } | null> {
  const { startedAtMs, elapsedS, format } = recording.head
  const near = await db
    .selectFrom('run')
    .select('id')
    .where('client_id', '=', access.clientId)
    .where(isDated)
    .where('started_at_ms', '<', startedAtMs + elapsedS * 1000)
    .where(sql<number>`started_at_ms + elapsed_s * 1000`, '>', startedAtMs)
    .orderBy(sql`rowid`)
    .execute()
  for (const { id } of near) {
    const run = await findRun(db, access, id)
    if (run === null || (run.head.format === 'strap') === (format === 'strap')) continue
    if ((await findCombination(db, access, id)) !== null) continue
    const other = await findPacked(db, access, run)
    if (other === null || !(await work(db, 'overlaps', { one: other, other: recording, overrides }))) continue
    return { run, recording: other }
  }
  return null
}
