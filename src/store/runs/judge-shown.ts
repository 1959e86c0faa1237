// Judges a stored run again as it is shown: with its combined source, by the zone version that is valid for it. Called
// when more of a run comes in, when two runs are combined or separated, and when a person asks.
import type { Verdict } from '../../domain/assessment.ts'
import { insertAssessment, type Judging } from './assessments.ts'
import type { Database } from '../database.ts'
import { judgeRecording } from './judge.ts'
import { findWatchedZone } from '../group-runs/participations.ts'
import { findRun } from './runs.ts'
import { findZoneOfRun } from '../clients/zones.ts'
import { findPackedRun } from './combinations.ts'

export interface JudgingAnew {
  readonly access: Judging
  /** The zone version that a phone judged by, where the caller knows it already. */
  readonly watchedZoneId?: string | null
  readonly nowMs: number
  readonly newId: () => string
}

/** Add an assessment of what a run is shown with; of the zone that a phone watched one of its sources by, if one did. Flags
 *  are for the caller to raise.
 *  @returns null where its samples are gone: then what was judged stays */
export async function judgeAsShown(
  db: Database,
  { access, watchedZoneId = null, nowMs, newId }: JudgingAnew,
  runId: string,
): Promise<Verdict | null> {
  const run = await findRun(db, access, runId)
  const shown = run && (await findPackedRun(db, access, run))
  if (run === null || shown === null) return null
  const zoneId = watchedZoneId ?? (await findWatchedZone(db, access, runId))
  const zone = await findZoneOfRun(db, access, run.head.startedAtMs, zoneId)
  const judged = await judgeRecording(db, access, shown.packed, run, zone)
  await insertAssessment(db, access, { id: newId(), runId, assessedAtMs: nowMs, ...judged })
  return judged.assessment.verdict
}
