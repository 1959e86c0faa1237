// Makes a run of recordings that stopped coming, because a phone lost its network for good or nobody pressed stop. It
// uses the data that are there; later data complete the run. Called once an hour.
import { appendAudit } from '../store/audit/audit.ts'
import { makeSystemAccess } from '../store/people/access.ts'
import { findParticipation, listQuiet } from '../store/group-runs/participations.ts'
import { composeRun } from './compose-run.ts'
import { causeOf } from './cause.ts'
import { logEvent } from './server-log.ts'
import type { ReceiveContext } from './receive-batches.ts'

/** product choice: a phone that was out of reach for a morning still comes in time. */
export const STALE_MS = 6 * 3_600_000

/** @returns for how many participations it made a run; a failed one is reported and tried again the next time */
export async function composeStaleRuns({ store, nowMs, newId }: ReceiveContext): Promise<number> {
  const now = nowMs()
  let composed = 0
  for (const { id, clientId } of await listQuiet(store.db, now - STALE_MS))
    try {
      await store.atomically(async (db) => {
        const access = makeSystemAccess(clientId, 'run.record')
        const participation = await findParticipation(db, access, id)
        if (participation === null) return
        const { groupRunId, state } = await composeRun(db, access, participation, 'as_it_is', { nowMs: now, newId })
        const detail = { groupRunId, participationId: id, state }
        const line = { atMs: now, personId: null, clientId, cameFrom: null, detail }
        await appendAudit(db, { ...line, action: 'run.record', rule: 'quiet' })
      })
      composed++
    } catch (error) {
      logEvent('recording.not_composed', 'a recording was not composed; it is tried again', { cause: causeOf(error) })
    }
  return composed
}
