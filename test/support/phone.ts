// A phone at a group run, as far as the server sees it: entries of one runner cut into numbered batches, and the requests
// that bring them.
import { encodeBatch } from '../../src/formats/phone-recording/batch.ts'
import type { StreamEntry } from '../../src/formats/phone-recording/entry.ts'
import { toBase64 } from '../../src/live/base64.ts'
import type { BatchesAnswer, BatchesRequest, ParticipationStatus } from '../../src/live/protocol.ts'

export type Sent = BatchesRequest['batches'][number]
/** Who runs, in which group run, for which recorder. */
export interface Part {
  readonly groupRunId: string
  readonly participationId: string
  readonly clientId: string
  readonly recorderId: string
  readonly zoneVersionId: string | null
}

export const newPart = (clientId: string, more: Partial<Part> = {}): Part => ({
  groupRunId: crypto.randomUUID(),
  participationId: crypto.randomUUID(),
  clientId,
  recorderId: 'phone',
  zoneVersionId: null,
  ...more,
})

/** @param every how many entries make a batch */
export function cutIntoBatches(part: Part, entries: readonly StreamEntry[], every: number): Sent[] {
  const batches: Sent[] = []
  for (let at = 0; at < entries.length; at += every)
    batches.push(batchOf(part, batches.length + 1, encodeBatch(entries.slice(at, at + every))))
  return batches
}

export const batchOf = ({ participationId }: Part, number: number, bytes: Uint8Array): Sent => ({
  participationId,
  number,
  bytes: toBase64(bytes),
})

export const requestOf = (
  { recorderId, participationId: id, clientId, zoneVersionId }: Part,
  batches: readonly Sent[],
): BatchesRequest => ({
  recorderId,
  sentAtMs: 1,
  groupRun: { groupId: null, madeAtMs: 1 },
  participations: [{ id, clientId, zoneVersionId }],
  batches,
})

type Ask = (path: string, init?: RequestInit) => Promise<Response>

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

export const postBatches = (ask: Ask, groupRunId: string, body: unknown): Promise<Response> =>
  ask(`/api/group-runs/${groupRunId}/batches`, post(body))

/** Send and read the answer. @throws where it is none */
export async function sendBatches(ask: Ask, part: Part, batches: readonly Sent[]): Promise<BatchesAnswer> {
  const response = await postBatches(ask, part.groupRunId, requestOf(part, batches))
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`)
  return (await response.json()) as BatchesAnswer
}

export const finishPath = ({ groupRunId, participationId }: Part): string =>
  `/api/group-runs/${groupRunId}/participations/${participationId}/finish`

/** Send a whole stream at once. @returns how far it is then */
export async function sendStream(ask: Ask, part: Part, entries: readonly StreamEntry[]): Promise<ParticipationStatus> {
  const { participations } = await sendBatches(ask, part, cutIntoBatches(part, entries, 100))
  const [status] = participations
  if (status === undefined) throw new Error('the participation was refused')
  return status
}
