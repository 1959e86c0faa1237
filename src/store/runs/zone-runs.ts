// Runs that were judged by another version of the calm zone than the valid one (rule B12), after a version was dated
// back or withdrawn. They are counted, and judged again when a person asks.
import type { ClientAccess } from '../people/access.ts'
import type { Database } from '../database.ts'
import { secondSources } from './runs.ts'
import { listZones, zoneOfRun } from '../clients/zones.ts'

/** Those whose samples are still there, oldest first: of the others what was judged stays. */
export async function listMisjudged(
  db: Database,
  access: ClientAccess,
): Promise<{ readonly id: string; readonly startedAtMs: number }[]> {
  const versions = await listZones(db, access)
  const runs = await db
    .selectFrom('run')
    .leftJoin('combination', 'combination.run_id', 'run.id')
    .select(['run.id', 'run.started_at_ms'])
    .select((of) => [
      of
        .selectFrom('assessment')
        .select('zone_id')
        .whereRef('assessment.run_id', '=', 'run.id')
        .orderBy('seq', 'desc')
        .limit(1)
        .as('judged_by'),
      of
        .selectFrom('participation')
        .select('zone_version_id')
        .where((p) =>
          p.or([
            p('participation.run_id', '=', p.ref('run.id')),
            p('participation.run_id', '=', p.ref('combination.other_run_id')),
          ]),
        )
        .limit(1)
        .as('watched_by'),
    ])
    .where('run.client_id', '=', access.clientId)
    .where('run.id', 'not in', secondSources(db))
    .where((of) => of.exists(of.selectFrom('run_chunk').select('part').whereRef('run_chunk.run_id', '=', 'run.id')))
    .orderBy('run.started_at_ms')
    .execute()
  return runs
    .filter((run) => (zoneOfRun(versions, run.started_at_ms, run.watched_by)?.id ?? null) !== run.judged_by)
    .map((run) => ({ id: run.id, startedAtMs: run.started_at_ms }))
}
