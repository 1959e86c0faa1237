// Agreed plans (days, minutes, turns of running and walking). Every version is kept and none is changed.
import type { Selectable } from 'kysely'
import type { AgreedPlan } from '../../domain/patterns/history.ts'
import type { Intervals } from '../../domain/plan.ts'
import type { ClientAccess } from '../people/access.ts'
import type { Database } from '../database.ts'
import { question } from '../question.ts'
import type { Tables } from '../tables.ts'

export interface PlanVersion {
  readonly id: string
  readonly validFromMs: number
  /** 1 is Monday; at least one. */
  readonly weekdays: readonly number[]
  /** Agreed minutes of one run. */
  readonly runMin: number
  /** Null is calm running without planned walking. */
  readonly intervals: Intervals | null
  /** The therapist's own: no client reads it. */
  readonly reason: string | null
  /** The text for the client. */
  readonly reasonForClient: string | null
  readonly byPersonId: string
  readonly createdAtMs: number
}

/** A version beside those before it. */
export async function insertPlan(
  db: Database,
  { clientId }: ClientAccess<'plan.set' | 'data.import'>,
  plan: Omit<PlanVersion, 'reasonForClient'> & Partial<Pick<PlanVersion, 'reasonForClient'>>,
): Promise<void> {
  const { id, validFromMs, weekdays, runMin, intervals, reason, reasonForClient = null, byPersonId, createdAtMs } = plan
  await db
    .insertInto('plan')
    .values({
      id,
      client_id: clientId,
      valid_from_ms: validFromMs,
      weekdays_json: JSON.stringify(weekdays),
      run_min: runMin,
      run_s: intervals?.runS ?? null,
      walk_s: intervals?.walkS ?? null,
      reason,
      reason_for_client: reasonForClient,
      by_person_id: byPersonId,
      created_at_ms: createdAtMs,
    })
    .execute()
}

/** Newest first. */
export async function listPlans(db: Database, { clientId }: ClientAccess): Promise<PlanVersion[]> {
  return (await plansOf(db, clientId)).map(toPlan)
}

const plansOf = question((db, clientId: string) =>
  db
    .selectFrom('plan')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('valid_from_ms', 'desc')
    .orderBy('created_at_ms', 'desc'),
)

/** The agreement at a moment; null before the first one, because nobody is held to a later agreement. */
export async function findPlanAt(db: Database, access: ClientAccess, atMs: number): Promise<PlanVersion | null> {
  return (await listPlans(db, access)).find(({ validFromMs }) => validFromMs <= atMs) ?? null
}

/** The parts of a plan that the pattern rules need. */
export const toAgreedPlan = (plan: PlanVersion | null): AgreedPlan =>
  plan === null
    ? { weekMin: null, weekdays: null }
    : { weekMin: plan.runMin * plan.weekdays.length, weekdays: plan.weekdays }

const toPlan = (row: Selectable<Tables['plan']>): PlanVersion => ({
  id: row.id,
  validFromMs: row.valid_from_ms,
  weekdays: JSON.parse(row.weekdays_json) as number[],
  runMin: row.run_min,
  intervals: row.run_s === null || row.walk_s === null ? null : { runS: row.run_s, walkS: row.walk_s },
  reason: row.reason,
  reasonForClient: row.reason_for_client,
  byPersonId: row.by_person_id,
  createdAtMs: row.created_at_ms,
})
