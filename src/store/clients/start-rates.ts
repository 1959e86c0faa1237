// Standing heart rates before runs, for rule F8: the earlier ones for a run, and the changes for later runs when a run
// comes in late or is removed. The order of files does not change the flags.
import { withEarlierStarts } from '../../domain/flags/start-heart-rate.ts'
import { withoutDoubles } from '../../domain/sources/count-once.ts'
import type { ClientAccess } from '../people/access.ts'
import { insertAssessment, listLatestAssessments, type Judging, type StoredAssessment } from '../runs/assessments.ts'
import type { Database } from '../database.ts'
import { secondSources } from '../runs/runs.ts'
import { findSettings } from '../settings/settings.ts'
import { listPairsThatCountOnce } from '../runs/twins.ts'

/** Of so many runs before one is asked; rule F8 looks at five that have one. */
const RUNS_BEFORE = 20

/** Before the runs that started before a moment, oldest first. */
export async function listStandingBpm(db: Database, access: ClientAccess, beforeMs: number): Promise<number[]> {
  const runs = await runsThatCount(db, access)
    .where('started_at_ms', '<', beforeMs)
    .orderBy('started_at_ms', 'desc')
    .limit(RUNS_BEFORE)
    .execute()
  const found = runs.map(({ id }) => id).toReversed()
  const ids = withoutDoubles(found, await listPairsThatCountOnce(db, access))
  return standingOf(await listLatestAssessments(db, access, ids))
}

interface Revising {
  readonly nowMs: number
  readonly newId: () => string
  /** The start of the latest run that changed, where it is not the only one. */
  readonly changedToMs?: number
}

/** Rule F8 of the runs after a moment anew, where a run before them came in or went: an assessment is added where it says
 *  something else. Inside `atomically`.
 *  @param changedFromMs the start of the earliest run that changed */
export async function reviseStarts(
  db: Database,
  access: Judging,
  changedFromMs: number,
  { nowMs, newId, changedToMs = changedFromMs }: Revising,
): Promise<void> {
  const { ruleSets } = await findSettings(db)
  if (!ruleSets.includes('start_heart_rate')) return
  const since = await runsThatCount(db, access)
    .where('started_at_ms', '>', changedFromMs)
    .orderBy('started_at_ms')
    .execute()
  const after = since.filter(({ started_at_ms }) => started_at_ms > changedToMs).slice(0, RUNS_BEFORE)
  const later = [...since.filter(({ started_at_ms }) => started_at_ms <= changedToMs), ...after]
  for (const { assessment, startedAtMs, ...stored } of await withStarts(db, access, later)) {
    if (assessment.standingBpm === null) continue
    const now = withEarlierStarts(assessment, await listStandingBpm(db, access, startedAtMs))
    if (now !== assessment)
      await insertAssessment(db, access, { ...stored, id: newId(), assessedAtMs: nowMs, assessment: now })
  }
}

const runsThatCount = (db: Database, access: ClientAccess) =>
  db
    .selectFrom('run')
    .select(['id', 'started_at_ms'])
    .where('client_id', '=', access.clientId)
    .where('id', 'not in', secondSources(db))

const standingOf = (assessments: readonly StoredAssessment[]): number[] =>
  assessments.flatMap(({ assessment }) => assessment.standingBpm ?? [])

async function withStarts(
  db: Database,
  access: ClientAccess,
  runs: readonly { readonly id: string; readonly started_at_ms: number }[],
): Promise<(StoredAssessment & { readonly startedAtMs: number })[]> {
  const startOf = new Map(runs.map(({ id, started_at_ms }) => [id, started_at_ms]))
  const latest = await listLatestAssessments(
    db,
    access,
    runs.map(({ id }) => id),
  )
  return latest.map((stored) => ({ ...stored, startedAtMs: startOf.get(stored.runId) ?? 0 }))
}
