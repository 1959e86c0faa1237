// Stores the batches that a phone sends. A batch is acknowledged only when it is on disk, and never overwritten,
// whatever the order, the repeats and the gaps. A bad batch is refused alone, and a failure of one runner does not
// affect the others.
import { hearClock, learnClocks, offsetsOf } from '../domain/recorder-clocks.ts'
import { decodeBatch } from '../formats/phone-recording/batch.ts'
import { isEnd, type StreamEntry } from '../formats/phone-recording/entry.ts'
import { isSameBytes } from '../formats/same-bytes.ts'
import { logRefusal, openClient, type Access, type ClientAccess } from '../store/people/access.ts'
import { isDiskFull } from '../store/disk-full.ts'
import { findBatch, insertBatches } from '../store/group-runs/batches.ts'
import { insertCheckIn } from '../store/self-report/check-ins.ts'
import type { Database, Store } from '../store/database.ts'
import { listHolders } from '../store/group-runs/hand-overs.ts'
import {
  findGroupRun,
  findParticipation,
  findStarter,
  insertGroupRun,
  insertParticipation,
  updateParticipation,
  type Participation,
} from '../store/group-runs/participations.ts'
import { fromBase64 } from './base64.ts'
import { composeRun, listFiled } from './compose-run.ts'
import { causeOf } from './cause.ts'
import { logEvent } from './server-log.ts'
import { statusOf } from './participation-status.ts'
import {
  MAX_BATCH_BYTES,
  type BatchesAnswer,
  type BatchesRequest,
  type BatchRefusal,
  type ParticipationStatus,
  type Refused,
} from './protocol.ts'

export interface ReceiveContext {
  readonly store: Store
  readonly nowMs: () => number
  readonly newId: () => string
}
type Declared = BatchesRequest['participations'][number]
type Sent = BatchesRequest['batches'][number]

/** Below this no clock is corrected (`recorder-clocks.ts`). */
const CLOCKS_DIFFER_MS = 60_000

/** Take what a phone sends of one group run. One transaction and one line in the log for each client. */
export async function receiveBatches(
  taking: ReceiveContext,
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
  const post: ReceivedRequest = {
    access,
    groupRunId,
    request,
    receivedAtMs,
    newId: taking.newId,
    recordedBy: { personId: null },
  }
  // All at once, so that they share a write to the disk; each is all or nothing by itself.
  const takings = [...Map.groupBy(request.participations, (one) => one.clientId)].map(([clientId, own]) =>
    taking.store
      .shortly((db) => receiveOfClient(db, post, clientId, own))
      .catch((error: unknown) => {
        if (isDiskFull(error)) throw error
        logEvent('batch.not_taken', 'what a phone sent of one runner was not taken; the phone keeps it', {
          cause: causeOf(error),
        })
        return { ...nothingReceived(null), refused: own.map(({ id }) => troubleWith(id)) }
      }),
  )
  for (const taken of await Promise.all(takings)) {
    acknowledged.push(...taken.acknowledged)
    refused.push(...taken.refused)
    if (taken.key === null) continue
    for (const participation of taken.participations) {
      const status = await settle(taking, taken.key, participation, request.recorderId)
      if (status === null) refused.push(troubleWith(participation.id))
      else participations.push(status)
    }
  }
  return { receivedAtMs, acknowledged, refused, participations }
}

/** One runner's trouble is nobody else's: it is theirs to send again later. */
const troubleWith = (participationId: string): Refused => ({ participationId, number: null, code: 'TROUBLE' })

interface ReceivedRequest {
  readonly access: Access
  readonly groupRunId: string
  readonly request: BatchesRequest
  readonly receivedAtMs: number
  readonly newId: () => string
  /** Asked once: what comes in one request was recorded by one person. */
  readonly recordedBy: { personId: string | null }
}
interface ClientResult {
  readonly key: ClientAccess<'run.record'> | null
  readonly acknowledged: BatchesAnswer['acknowledged'][number][]
  readonly refused: Refused[]
  readonly participations: Participation[]
}

const nothingReceived = (key: ClientResult['key']): ClientResult => ({
  key,
  acknowledged: [],
  refused: [],
  participations: [],
})

async function receiveOfClient(
  db: Database,
  post: ReceivedRequest,
  clientId: string,
  declared: readonly Declared[],
): Promise<ClientResult> {
  const { access, groupRunId, request } = post
  const batchesOf = ({ id }: Declared) => request.batches.filter(({ participationId }) => participationId === id)
  const recordedBy = await findRecorder(db, post)
  const detail = {
    groupRunId,
    batches: declared.reduce((sum, one) => sum + batchesOf(one).length, 0),
    // The line is about the sender.
    ...(recordedBy === access.personId ? {} : { recordedBy }),
  }
  const key = await openClient(db, access, 'run.record', clientId, detail)
  const taken = nothingReceived(key)
  const refuse = async (participationId: string, code: BatchRefusal) => {
    await logRefusal(db, access, 'run.record', clientId)
    taken.refused.push({ participationId, number: null, code })
  }
  if (key === null) {
    for (const { id } of declared) await refuse(id, 'NOT_FOUND')
    return taken
  }
  for (const one of declared) {
    const participation = (await findParticipation(db, key, one.id)) ?? (await openParticipation(db, post, key, one))
    if (participation?.groupRunId !== groupRunId) await refuse(one.id, 'PARTICIPATION_OTHER')
    else taken.participations.push(await receiveAll(db, post, key, participation, batchesOf(one), taken))
  }
  return taken
}

/** Who recorded what is sent: the sender, where they began the run or took it over, else whoever holds it. A recording does not
 *  wait for one person: anybody sends it who may record the client. */
async function findRecorder(db: Database, post: ReceivedRequest): Promise<string> {
  return (post.recordedBy.personId ??= await lookUpRecorder(db, post))
}

async function lookUpRecorder(db: Database, { access, groupRunId, request }: ReceivedRequest): Promise<string> {
  const there = await findGroupRun(db, groupRunId)
  if (there === null) return findStarter(db, access, request.groupRun.startedBy ?? null)
  const holders = await listHolders(db, there)
  return holders.includes(access.personId) ? access.personId : (holders.at(-1) ?? access.personId)
}

/** @returns null where its id is another client's or another group run's */
async function openParticipation(
  db: Database,
  { access, groupRunId, request, receivedAtMs }: ReceivedRequest,
  key: ClientAccess<'run.record'>,
  declared: Declared,
): Promise<Participation | null> {
  const { groupId, madeAtMs, startedBy = null } = request.groupRun
  await insertGroupRun(db, { id: groupRunId, groupId, madeBy: await findStarter(db, access, startedBy), madeAtMs })
  const isTheirs = await insertParticipation(db, key, { ...declared, groupRunId }, receivedAtMs)
  return isTheirs ? findParticipation(db, key, declared.id) : null
}

/** @returns the participation as it is with them */
async function receiveAll(
  db: Database,
  post: ReceivedRequest,
  key: ClientAccess<'run.record'>,
  participation: Participation,
  sent: readonly Sent[],
  { acknowledged, refused }: ClientResult,
): Promise<Participation> {
  const { id: participationId, closedAtMs } = participation
  const { recorderId, sentAtMs } = post.request
  if (closedAtMs !== null) {
    // Repeated batches do not bring a removed run back. Data recorded since then are not dropped silently.
    const offsetMs = offsetsOf(participation.clocks).get(recorderId) ?? 0
    const isSince = sent.some((one) => lastEntryMs(one) + offsetMs > closedAtMs + CLOCKS_DIFFER_MS)
    if (isSince) refused.push({ participationId, number: null, code: 'RUN_REMOVED' })
    else acknowledged.push(...sent.map(({ number }) => ({ participationId, number })))
    return participation
  }
  const filed = (await listFiled(db, key, participation)).filter((batch) => batch.recorderId === recorderId)
  // What is kept of the numbers that are sent: in the file of the run, else the first that comes with a number.
  const kept = new Map(filed.map(({ number, bytes }) => [number, bytes]))
  const read = sent.map(readBatch)
  const readable = read.filter((one) => one.ok).filter(({ number }) => !kept.has(number))
  const fresh = [...Map.groupBy(readable, ({ number }) => number).values()].flatMap(([first]) => first ?? [])
  const at = { recorderId, sentAtMs, receivedAtMs: post.receivedAtMs }
  const written = await insertBatches(db, key, participation, fresh, at)
  const added = fresh.filter(({ number }) => written.has(number))
  for (const { number, bytes } of added) kept.set(number, bytes)
  for (const one of read) {
    const { number } = one
    const there = kept.get(number) ?? (await findBatch(db, key, participation, recorderId, number))
    const code = !one.ok ? one.code : there === null || !isSameBytes(there, one.bytes) ? 'BATCH_DIFFERS' : null
    if (code === null) acknowledged.push({ participationId, number })
    else refused.push({ participationId, number, code })
  }
  return added.length === 0 ? participation : noteEntries(db, post, key, participation, added)
}

function lastEntryMs(sent: Sent): number {
  const read = readBatch(sent)
  return (read.ok ? read.entries.at(-1)?.atMs : undefined) ?? -Infinity
}

interface ReadBatch {
  readonly ok: true
  readonly number: number
  readonly bytes: Uint8Array
  readonly entries: readonly StreamEntry[]
}

function readBatch({
  number,
  bytes: base64,
}: Sent): ReadBatch | { readonly ok: false; readonly number: number; readonly code: BatchRefusal } {
  const bytes = fromBase64(base64)
  if (bytes === null) return { ok: false, number, code: 'BATCH_NOT_BASE64' }
  if (bytes.length > MAX_BATCH_BYTES) return { ok: false, number, code: 'BATCH_TOO_LARGE' }
  const decoded = decodeBatch(bytes)
  return decoded.ok ? { ok: true, number, bytes, entries: decoded.entries } : { ok: false, number, code: decoded.code }
}

/** Check-ins become rows at once, whether a run comes of it or not. @returns the participation as it is with new batches */
async function noteEntries(
  db: Database,
  post: ReceivedRequest,
  key: ClientAccess<'run.record'>,
  participation: Participation,
  added: readonly ReadBatch[],
): Promise<Participation> {
  const { request, receivedAtMs, newId } = post
  const { recorderId, sentAtMs } = request
  const heard = added.map(({ entries }) => {
    const last = entries.at(-1)
    return last === undefined ? null : hearClock(recorderId, sentAtMs, receivedAtMs, last.atMs)
  })
  const clocks = learnClocks(participation.clocks, heard)
  const offsetMs = offsetsOf(clocks).get(recorderId) ?? 0
  const entries = added.flatMap((one) => one.entries)
  for (const entry of entries)
    if (entry.kind === 'checked_in') {
      const { result, zoneNeedsReview } = entry
      const atMs = entry.atMs + offsetMs
      const done = {
        participationId: participation.id,
        atMs,
        result,
        zoneNeedsReview,
        byPersonId: await findRecorder(db, post),
      }
      await insertCheckIn(db, key, { id: newId(), ...done })
    }
  const next: Participation = {
    ...participation,
    state: participation.runId === null ? 'arriving' : 'composed_incomplete',
    hasStop: participation.hasStop || entries.some(isEnd),
    hasNews: true,
    lastBatchAtMs: receivedAtMs,
    clocks,
  }
  await updateParticipation(db, key, next)
  return next
}

/** Make the run where all is there. In a transaction of its own: what was taken stays and is acknowledged, whatever happens
 *  here; what failed is tried again with the next batch and by `composeStaleRuns`.
 *  @returns null where not even how far it is can be told */
async function settle(
  { store, nowMs, newId }: ReceiveContext,
  key: ClientAccess<'run.record'>,
  participation: Participation,
  recorderId: string,
): Promise<ParticipationStatus | null> {
  const compose = async (db: Database) => {
    const now = await findParticipation(db, key, participation.id)
    if (now === null) return { id: participation.id, state: participation.state, runId: null, missing: [] }
    const composed = await composeRun(db, key, now, 'when_whole', { nowMs: nowMs(), newId })
    return statusOf(db, key, composed, recorderId)
  }
  try {
    if (participation.hasNews && participation.hasStop) return await store.atomically(compose)
  } catch (error) {
    logEvent('recording.not_composed', 'a recording was not composed; it is tried again', { cause: causeOf(error) })
  }
  return statusOf(store.db, key, participation, recorderId).catch((error: unknown) => {
    logEvent('recording.unknown', 'how far a recording is was not found out', { cause: causeOf(error) })
    return null
  })
}
