// Sending batches of a group run: the contract of POST /api/group-runs/{id}/batches, by hand until the server's type is here.
import type { BatchesAnswer } from '../outbox/send-plan.ts'
import type { SealedBatch, StoredGroupRun, StoredParticipation } from '../outbox/stored.ts'
import { read } from './request.ts'

export interface BatchesToSend {
  readonly recorderId: string
  readonly run: StoredGroupRun
  readonly participations: readonly StoredParticipation[]
  readonly batches: readonly SealedBatch[]
}

/** A network that takes longer is none. */
const PATIENCE_MS = 30_000

/** @throws ApiError */
export function sendBatches({ recorderId, run, participations, batches }: BatchesToSend): Promise<BatchesAnswer> {
  const body = {
    recorderId,
    sentAtMs: Date.now(),
    groupRun: { groupId: run.groupId, madeAtMs: run.madeAtMs },
    participations: participations.map(({ id, clientId, zone }) => ({ id, clientId, zoneVersionId: zone?.id ?? null })),
    batches: batches.map(({ participationId, number, bytes }) => ({ participationId, number, bytes: toBase64(bytes) })),
  }
  const request = fetch(`/api/group-runs/${encodeURIComponent(run.id)}/batches`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  return read<BatchesAnswer>(request, { background: true })
}

const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
