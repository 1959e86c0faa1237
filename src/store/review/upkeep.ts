// Data to correct (rule G17) for all clients that a person guides and who were active lately.
import type { Verdict } from '../../domain/assessment.ts'
import { overrideParameters } from '../../domain/parameters/parameters.ts'
import { isSetAside } from '../../domain/sport.ts'
import { findUpkeep, type UpkeepKind } from '../../domain/upkeep.ts'
import { inForce } from '../../domain/zone/zone-versions.ts'
import { openClients, type Access, type ClientAccess } from '../people/access.ts'
import { zoneNeedsReview } from '../self-report/check-ins.ts'
import type { Database } from '../database.ts'
import { findHistory } from './history.ts'
import { findPlanAt } from '../clients/plans.ts'
import { hasUndated } from '../runs/run-dates.ts'
import { findRun } from '../runs/runs.ts'
import { findSettings } from '../settings/settings.ts'
import { guidedBy } from '../people/relations.ts'
import { listTwins } from '../runs/twins.ts'
import { listZones } from '../clients/zones.ts'

/** product choice: who did not run for so long, and did not come newly, has nothing to be put right. */
const ACTIVE_MS = 56 * 86_400_000

export interface Upkeep {
  readonly clientId: string
  readonly firstName: string
  readonly kinds: readonly UpkeepKind[]
  /** Runs that may be recorded twice, the newest question first; empty without one. */
  readonly twiceRunIds: readonly string[]
}

/** By first name; only those with something. */
export async function listUpkeep(db: Database, access: Access, nowMs: number): Promise<Upkeep[]> {
  const sinceMs = nowMs - ACTIVE_MS
  const rows = await db
    .selectFrom('client')
    .select(['client.id', 'client.first_name'])
    .where((eb) =>
      eb.or([
        eb('client.created_at_ms', '>=', sinceMs),
        eb('client.id', 'in', eb.selectFrom('run').select('run.client_id').where('run.started_at_ms', '>=', sinceMs)),
      ]),
    )
    .where('client.id', 'in', guidedBy(db, access))
    .orderBy('client.first_name')
    .orderBy('client.id')
    .execute()
  const found: Upkeep[] = []
  const ids = rows.map(({ id }) => id)
  const keys = await openClients(db, access, 'flag.view', ids, { upkeep: true })
  for (const { id, first_name } of rows) {
    const key = keys.get(id)
    if (key === undefined) continue
    const twiceRunIds = await listAskedTwice(db, key, sinceMs)
    const kinds = await upkeepOf(db, key, nowMs, twiceRunIds.length > 0)
    if (kinds.length > 0) found.push({ clientId: id, firstName: first_name, kinds, twiceRunIds })
  }
  return found
}

/** The later one of each pair that nobody answered, as far as it is a run of late. */
async function listAskedTwice(db: Database, key: ClientAccess, sinceMs: number): Promise<string[]> {
  const asked: string[] = []
  for (const { otherRunId, answer } of (await listTwins(db, key)).toReversed()) {
    const run = answer === null ? await findRun(db, key, otherRunId) : null
    if (run !== null && run.head.startedAtMs >= sinceMs && !isSetAside(run.head.sport, run.saidRun)) asked.push(run.id)
  }
  return [...new Set(asked)]
}

async function upkeepOf(db: Database, key: ClientAccess, nowMs: number, asksTwice: boolean): Promise<UpkeepKind[]> {
  const { parameters } = await findSettings(db)
  const { pattern, zone: zoneParameters } = overrideParameters(parameters)
  const zone = inForce(await listZones(db, key), nowMs)
  const facts = {
    zone: zone && { ...zone, talkTestedAtMs: zone.inputs.talkTestedAtMs },
    zoneNeedsReview: zone !== null && (await zoneNeedsReview(db, key, zone.createdAtMs)),
    hasPlan: (await findPlanAt(db, key, nowMs)) !== null,
    verdicts: await verdictsOf(db, key, nowMs),
    asksTwice,
    hasUndated: await hasUndated(db, key),
  }
  return findUpkeep(facts, nowMs, pattern, zoneParameters)
}

/** Of runs as the rules count them, oldest first. */
async function verdictsOf(db: Database, key: ClientAccess, nowMs: number): Promise<Verdict[]> {
  const { runs } = await findHistory(db, key, nowMs)
  return runs.toSorted((a, b) => a.startedAtMs - b.startedAtMs).map(({ verdict }) => verdict)
}
