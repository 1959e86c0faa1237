// A stored run as several routes need it: with its samples, and as the API shows it.
import { overrideParameters } from '../domain/parameters/parameters.ts'
import type { ClientAccess } from '../store/access.ts'
import { insertAssessment, listAssessments, type Judging, type StoredAssessment } from '../store/assessments.ts'
import { findRunRecording, type RunRecording } from '../store/combinations.ts'
import type { Database } from '../store/database.ts'
import { judgeRecording } from '../store/judge.ts'
import type { Run } from '../store/runs.ts'
import { findSettings } from '../store/settings.ts'
import { findZoneAt } from '../store/zones.ts'
import type { AppContext } from './app-context.ts'
import { ProblemError } from './problem.ts'
import { toRunDetail } from './run-json.ts'

/** @throws ProblemError SAMPLES_GONE */
export async function requireRunRecording(db: Database, key: ClientAccess, run: Run): Promise<RunRecording> {
  const { parameters } = await findSettings(db)
  const found = await findRunRecording(db, key, run, overrideParameters(parameters))
  if (found === null) throw new ProblemError('SAMPLES_GONE')
  return found
}

/** The assessment that counts. */
export function latestOf(run: Run, assessments: readonly StoredAssessment[]): StoredAssessment {
  const latest = assessments.findLast(({ runId }) => runId === run.id)
  if (latest === undefined) throw new Error('a stored run has no assessment')
  return latest
}

export async function showRun(db: Database, key: ClientAccess, run: Run) {
  const assessments = await listAssessments(db, key, [run.id])
  const { parameters, timeZone } = await findSettings(db)
  const shown = await findRunRecording(db, key, run, overrideParameters(parameters))
  return toRunDetail(run, shown, assessments, latestOf(run, assessments), timeZone)
}

/** Judge what a run is shown with, by today's rules and the client's newest zone; adds an assessment. */
export async function judgeShown(db: Database, key: Judging, run: Run, { newId, nowMs }: AppContext): Promise<void> {
  const { recording } = await requireRunRecording(db, key, run)
  const judged = await judgeRecording(db, key, recording, run.plannedMin, await findZoneAt(db, key, Infinity))
  await insertAssessment(db, key, { id: newId(), runId: run.id, assessedAtMs: nowMs(), ...judged })
}
