// Batches that a phone sends, into the store: each acknowledged only when it is on disk, none ever overwritten, whatever the
// order, the doubling and the gaps. What cannot be taken is refused by itself, and the rest goes on.
import { decodeBatch } from '../formats/runner-stream/batch.ts'
import { logRefusal, openClient, type Access, type ClientAccess } from '../store/access.ts'
import { findBatch, insertBatch } from '../store/batches.ts'
import { insertCheckIn } from '../store/check-ins.ts'
import type { Database, Store } from '../store/database.ts'
import {
  findParticipation,
  insertGroupRun,
  insertParticipation,
  updateParticipation,
  type Participation,
} from '../store/participations.ts'
import { fromBase64 } from './base64.ts'
import { composeRun, listFiled } from './compose-run.ts'
import { statusOf } from './participation-status.ts'
import {
  MAX_BATCH_BYTES,
  type BatchesAnswer,
  type BatchesRequest,
  type BatchRefusal,
  type ParticipationStatus,
  type Refused,
} from './protocol.ts'

export interface Taking {
  readonly store: Store
  readonly nowMs: () => number
  readonly newId: () => string
}
type Declared = BatchesRequest['participations'][number]
type Sent = BatchesRequest['batches'][number]

/** Take what a phone sends of one group run. One transaction and one line in the log for each client. */
export async function takeBatches(
  taking: Taking,
  access: Access,
  groupRunId: string,
  request: BatchesRequest,
): Promise<BatchesAnswer> {
  const receivedAtMs = taking.nowMs()
  const acknowledged: BatchesAnswer['acknowledged'][number][] = []
  const declared = new Set(request.participations.map(({ id }) => id))
  const refused: Refused[] = request.batches
    .filter(({ participationId }) => !declared.has(participationId))
    .map(({ participationId, number }) => ({ participationId, number, code: 'PARTICIPATION_UNDECLARED' }))
  const participations: ParticipationStatus[] = []
  for (const [clientId, own] of Map.groupBy(request.participations, (one) => one.clientId)) {
    const post: Post = { access, groupRunId, request, receivedAtMs, newId: taking.newId }
    const taken = await taking.store.atomically((db) => takeOfClient(db, post, clientId, own))
    acknowledged.push(...taken.acknowledged)
    refused.push(...taken.refused)
    if (taken.key === null) continue
    for (const participation of taken.participations)
      participations.push(await settle(taking, taken.key, participation, request.recorderId))
  }
  return { receivedAtMs, acknowledged, refused, participations }
}

interface Post {
  readonly access: Access
  readonly groupRunId: string
  readonly request: BatchesRequest
  readonly receivedAtMs: number
  readonly newId: () => string
}
interface Taken {
  readonly key: ClientAccess<'run.record'> | null
  readonly acknowledged: BatchesAnswer['acknowledged'][number][]
  readonly refused: Refused[]
  readonly participations: Participation[]
}

async function takeOfClient(db: Database, post: Post, clientId: string, declared: readonly Declared[]): Promise<Taken> {
  const { access, groupRunId, request } = post
  const batchesOf = ({ id }: Declared) => request.batches.filter(({ participationId }) => participationId === id)
  const detail = { groupRunId, batches: declared.reduce((sum, one) => sum + batchesOf(one).length, 0) }
  const key = await openClient(db, access, 'run.record', clientId, detail)
  const taken: Taken = { key, acknowledged: [], refused: [], participations: [] }
  const refuse = async (participationId: string, code: BatchRefusal) => {
    await logRefusal(db, access, 'run.record', clientId)
    taken.refused.push({ participationId, number: null, code })
  }
  if (key === null) {
    for (const { id } of declared) await refuse(id, 'NOT_FOUND')
    return taken
  }
  const { groupId, madeAtMs } = request.groupRun
  await insertGroupRun(db, { id: groupRunId, groupId, madeBy: access.personId, madeAtMs })
  for (const one of declared) {
    const isTheirs = await insertParticipation(db, key, { ...one, groupRunId }, post.receivedAtMs)
    const participation = isTheirs ? await findParticipation(db, key, one.id) : null
    if (participation === null) await refuse(one.id, 'PARTICIPATION_OTHER')
    else taken.participations.push(await takeAll(db, post, key, participation, batchesOf(one), taken))
  }
  return taken
}

/** @returns the participation as it is with them */
async function takeAll(
  db: Database,
  post: Post,
  key: ClientAccess<'run.record'>,
  participation: Participation,
  sent: readonly Sent[],
  { acknowledged, refused }: Taken,
): Promise<Participation> {
  let next = participation
  const filed = participation.closedAtMs === null ? await listFiled(db, key, participation) : []
  const { recorderId } = post.request
  for (const { number, bytes } of sent) {
    const participationId = participation.id
    const inFile = filed.find((batch) => batch.recorderId === recorderId && batch.number === number)?.bytes ?? null
    const outcome = participation.closedAtMs === null ? await takeOne(db, post, key, next, number, bytes, inFile) : next
    if (typeof outcome === 'string') refused.push({ participationId, number, code: outcome })
    else {
      acknowledged.push({ participationId, number })
      next = outcome
    }
  }
  if (next !== participation) await updateParticipation(db, key, next)
  return next
}

/** @returns the participation with it, the same where it was there, or why it is not taken */
async function takeOne(
  db: Database,
  { access, request, receivedAtMs, newId }: Post,
  key: ClientAccess<'run.record'>,
  participation: Participation,
  number: number,
  base64: string,
  inFile: Uint8Array | null,
): Promise<Participation | BatchRefusal> {
  const bytes = fromBase64(base64)
  if (bytes === null) return 'BATCH_NOT_BASE64'
  if (bytes.length > MAX_BATCH_BYTES) return 'BATCH_TOO_LARGE'
  const { recorderId, sentAtMs } = request
  const decoded = decodeBatch(bytes)
  const isNew =
    decoded.ok &&
    inFile === null &&
    (await insertBatch(db, key, participation, { recorderId, number, bytes }, { sentAtMs, receivedAtMs }))
  if (!isNew) {
    const there = inFile ?? (await findBatch(db, key, participation, recorderId, number))
    if (there !== null) return isSame(there, bytes) ? participation : 'BATCH_DIFFERS'
  }
  if (!decoded.ok) return decoded.code
  const { entries } = decoded
  for (const entry of entries)
    if (entry.kind === 'checked_in') {
      const { atMs, result, zoneNeedsReview } = entry
      const done = { participationId: participation.id, atMs, result, zoneNeedsReview, byPersonId: access.personId }
      await insertCheckIn(db, key, { id: newId(), ...done })
    }
  return {
    ...participation,
    state: participation.runId === null ? 'arriving' : 'composed_incomplete',
    hasStop: participation.hasStop || entries.some(({ kind }) => kind === 'stop'),
    hasNews: true,
    lastBatchAtMs: receivedAtMs,
  }
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, i) => byte === other[i])

/** Make the run where all is there. In a transaction of its own: what was taken stays and is acknowledged, whatever happens
 *  here; what failed is tried again with the next batch and by `composeQuiet`. */
async function settle(
  { store, nowMs, newId }: Taking,
  key: ClientAccess<'run.record'>,
  participation: Participation,
  recorderId: string,
): Promise<ParticipationStatus> {
  if (!participation.hasNews || !participation.hasStop) return statusOf(store.db, key, participation, recorderId)
  const composing = store.atomically(async (db) => {
    const now = await findParticipation(db, key, participation.id)
    if (now === null) return { id: participation.id, state: participation.state, runId: null, missing: [] }
    const composed = await composeRun(db, key, now, 'when_whole', { nowMs: nowMs(), newId })
    return statusOf(db, key, composed, recorderId)
  })
  return composing.catch((error: unknown) => {
    console.error(`calmpace: a recording was not composed: ${error instanceof Error ? error.name : 'unknown'}`)
    return statusOf(store.db, key, participation, recorderId)
  })
}
