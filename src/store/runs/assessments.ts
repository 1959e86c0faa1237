// Assessments of a run, oldest first. The last one counts. None is ever changed.
import type { Assessment } from '../../domain/assessment.ts'
import type { ClientAccess } from '../people/access.ts'
import type { Database } from '../database.ts'
import { among, compared, question, toAmong } from '../question.ts'
import { runsOf } from './runs.ts'

/** What may add an assessment. */
export type Judging = ClientAccess<
  'run.add' | 'run.record' | 'run.judge' | 'run.decide' | 'run.same' | 'run.date' | 'run.remove' | 'data.import'
>

export interface StoredAssessment {
  readonly id: string
  readonly runId: string
  readonly zoneVersionId: string | null
  readonly assessedAtMs: number
  readonly assessment: Assessment
}

/** The run must be the client's: a row of another's is not written. */
export async function insertAssessment(db: Database, access: Judging, stored: StoredAssessment): Promise<void> {
  const { id, runId, zoneVersionId, assessedAtMs, assessment } = stored
  if ((await runsOf(db, access, [runId])).length === 0) throw new Error('not a run of this client')
  await db
    .insertInto('assessment')
    .values({
      id,
      run_id: runId,
      zone_id: zoneVersionId,
      rule_version: assessment.ruleVersion,
      verdict: assessment.verdict,
      assessment_json: JSON.stringify(assessment),
      assessed_at_ms: assessedAtMs,
    })
    .execute()
}

/** Of each run oldest first. */
export async function listAssessments(
  db: Database,
  access: ClientAccess,
  runIds: readonly string[],
): Promise<StoredAssessment[]> {
  const rows = runIds.length === 0 ? [] : await assessmentsOf(db, toAmong(runIds), access.clientId)
  return rows.map((row) => ({
    id: row.id,
    runId: row.run_id,
    zoneVersionId: row.zone_id,
    assessedAtMs: row.assessed_at_ms,
    assessment: readAssessment(row.assessment_json),
  }))
}

const assessmentsOf = question((db, runIds: string, clientId: string) =>
  db
    .selectFrom('assessment')
    .innerJoin('run', 'run.id', 'assessment.run_id')
    .selectAll('assessment')
    .where('assessment.run_id', 'in', among(runIds))
    .where(compared('run.client_id'), '=', clientId)
    .orderBy('seq'),
)

/** The one that counts of each run, in the order of the ids; of a run without any, none. */
export async function listLatestAssessments(
  db: Database,
  access: ClientAccess,
  runIds: readonly string[],
): Promise<StoredAssessment[]> {
  const assessments = await listAssessments(db, access, runIds)
  const latest = new Map(assessments.map((stored) => [stored.runId, stored]))
  return runIds.flatMap((id) => latest.get(id) ?? [])
}

/** As it is stored. Assessments of rule version 1 knew no cues, rule sets or parameters; none of them is ever rewritten. */
export function readAssessment(text: string): Assessment {
  const stored = JSON.parse(text) as Assessment
  return {
    ...stored,
    remarkedSpans: stored.remarkedSpans ?? [],
    standingBpm: stored.standingBpm ?? null,
    ruleSets: stored.ruleSets ?? [],
    parameters: stored.parameters ?? {},
    flags: stored.flags.map((flag) => ({
      ...flag,
      rule: flag.rule ?? flag.kind.split('.')[0],
      ruleVersion: flag.ruleVersion ?? stored.ruleVersion,
    })),
  }
}
