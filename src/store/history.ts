// A client's runs as the pattern rules see them: the newest assessment of each, doubles left out until a person decides.
import type { HistoryRun } from '../domain/patterns/history.ts'
import { listAssessments } from './assessments.ts'
import type { ClientAccess } from './access.ts'
import type { Database } from './database.ts'
import { secondSources } from './runs.ts'

/** Runs started since, oldest first. */
export async function listHistoryRuns(db: Database, access: ClientAccess, sinceMs: number): Promise<HistoryRun[]> {
  const runs = await db
    .selectFrom('run')
    .select(['id', 'started_at_ms', 'elapsed_s'])
    .where('client_id', '=', access.clientId)
    .where('started_at_ms', '>=', sinceMs)
    .where('near_duplicate_of', 'is', null)
    .where('id', 'not in', secondSources(db))
    .orderBy('started_at_ms')
    .execute()
  const assessments = await listAssessments(
    db,
    access,
    runs.map(({ id }) => id),
  )
  const latest = new Map(assessments.map(({ runId, assessment }) => [runId, assessment]))
  return runs.flatMap((run) => {
    const assessment = latest.get(run.id)
    if (assessment === undefined) return []
    const { verdict, zoneTime, flags } = assessment
    return [
      {
        id: run.id,
        startedAtMs: run.started_at_ms,
        elapsedS: run.elapsed_s,
        movingS: zoneTime.movingS,
        verdict,
        calmShare: zoneTime.calmShare,
        urgent: flags.some(({ rule }) => rule === 'F9'),
        rpe: null,
      },
    ]
  })
}

/** Standing heart rates before the runs that started before a moment, oldest first; at most the last twenty runs are asked
 *  (rule F8 looks at five that have one). */
export async function listStandingBpm(db: Database, access: ClientAccess, beforeMs: number): Promise<number[]> {
  const runs = await db
    .selectFrom('run')
    .select('id')
    .where('client_id', '=', access.clientId)
    .where('started_at_ms', '<', beforeMs)
    .where('near_duplicate_of', 'is', null)
    .orderBy('started_at_ms', 'desc')
    .limit(20)
    .execute()
  const ids = runs.map(({ id }) => id).toReversed()
  const assessments = await listAssessments(db, access, ids)
  return ids.flatMap((id) => assessments.findLast(({ runId }) => runId === id)?.assessment.standingBpm ?? [])
}
