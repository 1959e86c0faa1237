// What is to be put right (rule G17) of everybody whom somebody guides and who ran, told something or came of late.
import type { Verdict } from '../../domain/assessment.ts'
import { overrideParameters } from '../../domain/parameters/parameters.ts'
import { findUpkeep, type UpkeepKind } from '../../domain/upkeep.ts'
import { openClient, type Access, type ClientAccess } from '../access.ts'
import { zoneNeedsReview } from '../check-ins.ts'
import type { Database } from '../database.ts'
import { findHistory } from '../history.ts'
import { findPlanAt } from '../plans.ts'
import { findSettings } from '../settings.ts'
import { inForce, listZones } from '../zones.ts'

/** product choice: who did not run for so long, and did not come newly, has nothing to be put right. */
const ACTIVE_MS = 56 * 86_400_000

export interface Upkeep {
  readonly clientId: string
  readonly firstName: string
  readonly kinds: readonly UpkeepKind[]
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
    .where((eb) =>
      eb(
        'client.id',
        'in',
        eb
          .selectFrom('group_client')
          .innerJoin('group_staff', 'group_staff.group_id', 'group_client.group_id')
          .select('group_client.client_id')
          .where('group_staff.person_id', '=', access.personId)
          .where('group_staff.role', 'in', access.roles),
      ),
    )
    .orderBy('client.first_name')
    .orderBy('client.id')
    .execute()
  const found: Upkeep[] = []
  for (const { id, first_name } of rows) {
    const key = await openClient(db, access, 'flag.view', id, { upkeep: true })
    const kinds = key === null ? [] : await upkeepOf(db, key, nowMs)
    if (kinds.length > 0) found.push({ clientId: id, firstName: first_name, kinds })
  }
  return found
}

async function upkeepOf(db: Database, key: ClientAccess, nowMs: number): Promise<UpkeepKind[]> {
  const { parameters } = await findSettings(db)
  const { pattern, zone: zoneParameters } = overrideParameters(parameters)
  const zone = inForce(await listZones(db, key), nowMs)
  const talkTestedAtMs = zone?.inputs['talkTestedAtMs']
  const facts = {
    zone: zone && { ...zone, talkTestedAtMs: typeof talkTestedAtMs === 'number' ? talkTestedAtMs : null },
    zoneNeedsReview: zone !== null && (await zoneNeedsReview(db, key, zone.createdAtMs)),
    hasPlan: (await findPlanAt(db, key, nowMs)) !== null,
    verdicts: await verdictsOf(db, key, nowMs),
  }
  return findUpkeep(facts, nowMs, pattern, zoneParameters)
}

/** Of runs as the rules count them, oldest first. */
async function verdictsOf(db: Database, key: ClientAccess, nowMs: number): Promise<Verdict[]> {
  const { runs } = await findHistory(db, key, nowMs)
  return runs.toSorted((a, b) => a.startedAtMs - b.startedAtMs).map(({ verdict }) => verdict)
}
