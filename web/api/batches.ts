// Sends batches of a group run.
import { toBase64 } from '../../src/live/base64.ts'
import type { BatchesAnswer, BatchesRequest, GroupRunFacts } from '../../src/live/protocol.ts'
import type { SealedBatch, StoredGroupRun, StoredParticipation } from '../outbox/stored.ts'
import { read } from './request.ts'
import { learnServerClock } from './server-clock.ts'

export interface BatchesToSend {
  readonly recorderId: string
  readonly run: StoredGroupRun
  readonly participations: readonly StoredParticipation[]
  readonly batches: readonly SealedBatch[]
}

/** A network that takes longer is none. */
const PATIENCE_MS = 30_000

export function isBatchesAnswer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const lists = ['acknowledged', 'refused', 'participations'].map((name): unknown => Reflect.get(value, name))
  return lists.every((list) => Array.isArray(list)) && Number.isFinite(Reflect.get(value, 'receivedAtMs'))
}

/** A group run as it is sent to the server. */
export const groupRunFactsOf = ({ groupId, madeAtMs, startedById }: StoredGroupRun): GroupRunFacts => ({
  groupId,
  madeAtMs,
  ...(startedById === undefined ? {} : { startedBy: startedById }),
})

/** @throws ApiError */
export function sendBatches({ recorderId, run, participations, batches }: BatchesToSend): Promise<BatchesAnswer> {
  const body: BatchesRequest = {
    recorderId,
    // The time of the run's own streams, which do not follow a clock that was set in it.
    sentAtMs: Date.now() - (run.clockSetMs ?? 0),
    groupRun: groupRunFactsOf(run),
    // Guests never travel.
    participations: participations.flatMap(({ id, clientId, zone }) =>
      clientId === null ? [] : [{ id, clientId, zoneVersionId: zone?.id ?? null }],
    ),
    batches: batches.map(({ participationId, number, bytes }) => ({ participationId, number, bytes: toBase64(bytes) })),
  }
  const request = fetch(`/api/group-runs/${encodeURIComponent(run.id)}/batches`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  return learnServerClock(
    read<BatchesAnswer>(request, { background: true, isOurs: isBatchesAnswer }),
    ({ receivedAtMs }) => receivedAtMs,
  )
}
