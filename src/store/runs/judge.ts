// Judges a client's recording with the zone, the watch level and the clinic's settings that are valid for it. Every
// stored assessment comes from here.
import type { Assessment } from '../../domain/assessment.ts'
import { noZone, zoneOfVersion, type CalmZone } from '../../domain/calm-zone.ts'
import type { PlannedBreaks } from '../../domain/flags/walk-breaks.ts'
import { countWalks } from '../../domain/plan.ts'
import type { ClientAccess } from '../people/access.ts'
import { findWatchLevel } from '../clients/clients.ts'
import type { Database } from '../database.ts'
import { findPlanAt, type PlanVersion } from '../clients/plans.ts'
import type { Run } from './runs.ts'
import { findSettings, type ClinicSettings } from '../settings/settings.ts'
import { listStandingBpm } from '../clients/start-rates.ts'
import type { ZoneVersionFacts } from '../clients/zones.ts'
import { startOfPacked, type PackedRun } from './packed-run.ts'
import type { Tried } from '../work/tasks.ts'
import { work } from '../work/work.ts'

/** What of a zone version a judgement rests on. */
export type JudgedBy = CalmZone & Pick<ZoneVersionFacts, 'id' | 'inputs'>

export interface Judged {
  readonly zoneVersionId: string | null
  readonly assessment: Assessment
}

/** Held against what was agreed when the run began, where the run came without an agreement of its own. Its cues are those
 *  that people heard, where they were guided.
 *  @param said of the run itself: its planned minutes, and whether a person confirmed HARD; null where nobody said
 *  @param zone the version to judge by; null where the client has none
 *  @param settings what holds now, unless others are tried
 *  @param tried what would have been heard, where limits or parameters are tried */
export async function judgeRecording(
  db: Database,
  access: ClientAccess,
  run: PackedRun,
  { plannedMin, saidHard = null }: Pick<Run, 'plannedMin'> & Partial<Pick<Run, 'saidHard'>>,
  zone: JudgedBy | null,
  settings?: Pick<ClinicSettings, 'ruleSets' | 'parameters'>,
  tried: Tried | null = null,
): Promise<Judged> {
  const { ruleSets, parameters } = settings ?? (await findSettings(db))
  const watchLevel = await findWatchLevel(db, access)
  const startedAtMs = startOfPacked(run)
  const plan = await findPlanAt(db, access, startedAtMs)
  const agreedMin = plannedMin ?? plan?.runMin ?? null
  const assessment = await work(db, 'judge', {
    run,
    tried,
    zone: zone === null ? noZone : zoneOfVersion(zone),
    context: {
      plannedMin: agreedMin,
      plannedBreaks: breaksOf(plan, agreedMin),
      watchLevel,
      hardConfirmed: saidHard === true,
      ownCalibration: zone?.inputs.ownCalibration ?? false,
      ruleSets,
      parameters,
      earlierStandingBpm: ruleSets.includes('start_heart_rate') ? await listStandingBpm(db, access, startedAtMs) : [],
    },
  })
  return { zoneVersionId: zone?.id ?? null, assessment }
}

/** The walk breaks that fit in the agreed minutes; null where none was agreed or none fits. */
function breaksOf(plan: PlanVersion | null, agreedMin: number | null): PlannedBreaks | null {
  const intervals = plan?.intervals ?? null
  if (intervals === null || agreedMin === null) return null
  const count = countWalks(intervals, agreedMin)
  return count === 0 ? null : { count, walkS: intervals.walkS }
}
