// The state of a participation, for phones and screens.
import type { ClientAccess } from '../store/people/access.ts'
import { countBatches } from '../store/group-runs/batches.ts'
import { findCombination } from '../store/runs/combinations.ts'
import type { Database } from '../store/database.ts'
import type { Participation } from '../store/group-runs/participations.ts'
import { listHeld } from './compose-run.ts'
import type { ParticipationStatus } from './protocol.ts'

/** How many missing numbers an answer lists. */
const TOLD = 20

/** @param recorderId whose missing numbers; null is all recorders' */
export async function statusOf(
  db: Database,
  access: ClientAccess,
  participation: Participation,
  recorderId: string | null,
): Promise<ParticipationStatus> {
  const { id, state, runId } = participation
  const combination = runId === null ? null : await findCombination(db, access, runId)
  const missing = await listMissing(db, access, participation, recorderId)
  return { id, state, runId: combination?.runId ?? runId, missing }
}

async function listMissing(
  db: Database,
  access: ClientAccess,
  participation: Participation,
  recorderId: string | null,
): Promise<number[]> {
  const { state, closedAtMs, runId } = participation
  if (state === 'composed' || closedAtMs !== null) return []
  const counts = await countBatches(db, access, participation)
  if (runId === null && counts.every(({ count, highest }) => count === highest)) return []
  const held = await listHeld(db, access, participation)
  const byRecorder = Map.groupBy(held, (batch) => batch.recorderId)
  const asked = [...byRecorder].filter(([id]) => recorderId === null || id === recorderId)
  const missing = asked.flatMap(([, batches]) => firstMissing(batches.map(({ number }) => number)))
  return [...new Set(missing)].toSorted((a, b) => a - b).slice(0, TOLD)
}

function firstMissing(numbers: readonly number[]): number[] {
  const there = new Set(numbers)
  const highest = numbers.reduce((most, number) => Math.max(most, number), 0)
  const missing: number[] = []
  for (let number = 1; number < highest && missing.length < TOLD; number++) if (!there.has(number)) missing.push(number)
  return missing
}
