// Sends the waiting data of one group run, request by request: everybody together, and a runner with trouble alone. A
// final refusal is written down and blocks nobody. After other failures the data stay and are sent later.
import { MAX_BATCHES_PER_REQUEST, MAX_PARTICIPATIONS_PER_REQUEST, type BatchesAnswer } from '../../src/live/protocol.ts'
import { answerMeanings, type AnswerMeaning } from '../api/answer-meanings.ts'
import type { BatchesToSend } from '../api/batches.ts'
import { ApiError, codeOf, meaningOf } from '../api/api-error.ts'
import type { Outbox } from './outbox.ts'
import {
  isAlone,
  isLeft,
  isProbed,
  isSuspect,
  leaveForNow,
  mostBatchesOf,
  recover,
  setApart,
  shrink,
  type Fates,
} from './send-fates.ts'
import { askerAfter, noteSilence, type Request, type Silence } from './send-silence.ts'
import { fateIn, isAskedFor, listMissing, refusedSince, toSent } from './send-plan.ts'
import { isSendable, type BatchKey, type SealedBatch, type StoredGroupRun, type StoredParticipation } from './stored.ts'
import type { SyncWorld } from './sync-world.ts'

/** Bytes of batches in one request: 200 kB as base64 … product choice: half a minute over a poor network. */
const MOST_BYTES = 150_000
/** A network over which that takes too long is given less, down to this. */
const LEAST_BYTES = 5000
/** … and after each answer in time by so much more: doubled, every other request would come too late. */
const MORE_BYTES = 5000

/** The page's memory of its sending; not on disk. Changed in place. */
export interface SendMemory {
  readonly fates: Fates
  /** How often the server missed each batch. */
  readonly repeats: Map<string, number>
  /** Runners that were asked about. */
  readonly asked: Set<string>
  /** Runners that were refused for good and are tried once more, since somebody else is here or asks for it. */
  readonly retried: Set<string>
  /** Runners of another person's run that the signed-in person may not record; they wait for a person who may. */
  readonly others: Set<string>
  mostBytes: number
  /** Null once anything was answered. */
  silence: Silence | null
}
export const newMemory = (): SendMemory => ({
  fates: new Map(),
  repeats: new Map(),
  asked: new Set(),
  retried: new Set(),
  others: new Set(),
  mostBytes: MOST_BYTES,
  silence: null,
})

export interface SendParts {
  readonly outbox: Outbox
  /** @throws ApiError */
  readonly send: (what: BatchesToSend) => Promise<BatchesAnswer>
  readonly memory: SendMemory
  readonly world: SyncWorld
  readonly sender: Sender
  /** Something is on its way. */
  readonly onSending: () => void
  readonly onSent: () => void
  /** Call it when a waiting runner may be tried again. */
  readonly want: () => void
}

/** The signed-in person, as the sending needs it. */
export interface Sender {
  /** Whether the server takes any recording of them. */
  readonly maySend: () => boolean
  /** Whether they hold this group run: what is refused to anybody else says nothing of it. */
  readonly holds: (run: StoredGroupRun) => boolean
  /** Reports take-overs, which the server must know before any recording. @throws ApiError */
  readonly tellFirst?: () => Promise<void>
}

/** The error that stopped all sending. */
export interface Stop {
  readonly meaning: AnswerMeaning
  readonly retryAfterMs: number | null
}

/** @returns null where nothing is left that may be tried now */
export async function sendRun(parts: SendParts, run: StoredGroupRun): Promise<Stop | null> {
  for (;;) {
    const request = await nextRequest(parts, run)
    if (request === null) return null
    parts.onSending()
    let answer: BatchesAnswer
    try {
      answer = await parts.send({ recorderId: parts.outbox.recorderId, run, ...request })
    } catch (error) {
      const stop = takeFailure(parts, run, request, error)
      if (stop !== null) return stop
      continue
    }
    const { silence } = parts.memory
    const isOnlyThere = silence !== null && request.batches.length === 0
    parts.memory.silence = isOnlyThere ? { ...silence, isThere: true } : null
    if (!isOnlyThere) await takeAnswer(parts, run, request, answer)
    parts.onSent()
  }
}

/** The next request: all runners without trouble, then each runner with trouble, then questions. */
async function nextRequest(parts: SendParts, run: StoredGroupRun): Promise<Request | null> {
  const { outbox, memory, world } = parts
  const { fates, asked, retried, others } = memory
  const isTried = ({ id, refused }: StoredParticipation) => (refused === null || retried.has(id)) && !others.has(id)
  const runners = (await outbox.listParticipations(run.id)).filter(
    (one) => isSendable(run, one) && isTried(one) && !isLeft(fates, one.id, world.steadyMs()),
  )
  const asker = askerAfter(memory.silence, run.id, runners, (id) => isAlone(fates, id))
  if (asker !== null) return { participations: [asker], batches: [] }
  const together = runners.filter(({ id }) => !isAlone(fates, id))
  const request = await fill(parts, run, together, MAX_BATCHES_PER_REQUEST)
  if (request !== null) return request
  for (const one of runners.filter(({ id }) => isAlone(fates, id))) {
    if (isProbed(fates, one.id)) return { participations: [one], batches: [] }
    const own = await fill(parts, run, [one], mostBatchesOf(fates, one.id))
    if (own !== null) return own
  }
  const questions = runners.filter((one) => isAskedFor(run, one, world.wallMs()) && !asked.has(one.id))
  const first = questions.find(({ id }) => isAlone(fates, id))
  const participations = first === undefined ? questions.slice(0, MAX_PARTICIPATIONS_PER_REQUEST) : [first]
  return participations.length === 0 ? null : { participations, batches: [] }
}

/** @returns null where nothing of theirs waits */
async function fill(
  { outbox, memory }: SendParts,
  run: StoredGroupRun,
  runners: readonly StoredParticipation[],
  mostBatches: number,
): Promise<Request | null> {
  if (runners.length === 0) return null
  const last = (key: BatchKey) => isSuspect(memory.fates, key)
  const ids = new Set(runners.map(({ id }) => id))
  const found = await outbox.listSealed(run.id, { ids, last, mostBatches, mostBytes: memory.mostBytes })
  const suspectAt = found.findIndex(last)
  const calm = suspectAt < 0 ? found : found.slice(0, Math.max(1, suspectAt))
  if (calm.length === 0) return null
  const named = new Set(calm.map(({ participationId }) => participationId))
  const participations = runners.filter(({ id }) => named.has(id)).slice(0, MAX_PARTICIPATIONS_PER_REQUEST)
  const brought = new Set(participations.map(({ id }) => id))
  return { participations, batches: calm.filter(({ participationId }) => brought.has(participationId)) }
}

async function takeAnswer(
  parts: SendParts,
  run: StoredGroupRun,
  { participations, batches }: Request,
  answer: BatchesAnswer,
): Promise<void> {
  const { outbox, memory, world } = parts
  memory.mostBytes = Math.min(MOST_BYTES, memory.mostBytes + MORE_BYTES)
  outbox.acknowledge(answer.acknowledged)
  for (const { participationId, number, code } of answer.refused)
    if (number !== null && code !== 'TROUBLE') outbox.setAside({ participationId, number }, code)
  // As they are now: what was set aside a moment ago is written down too.
  const now = new Map((await outbox.listParticipations(run.id)).map((one) => [one.id, one]))
  for (const { id } of participations) {
    const sent = batches.filter(({ participationId }) => participationId === id)
    const fate = fateIn(answer, id, sent)
    memory.retried.delete(id)
    if (batches.length === 0) memory.asked.add(id)
    if (fate.fate === 'trouble' || fate.fate === 'silent') leave(parts, id, sent)
    else recover(memory.fates, id, sent)
    if (fate.fate === 'refused' && keepForOthers(parts, run, id, fate.code)) continue
    const before = now.get(id)
    const noted = before === undefined ? null : toSent(before, answer, fate, world.wallMs())
    if (noted !== null) outbox.noteSent(id, noted)
  }
  await outbox.sendAgain(listMissing(answer, memory.repeats))
}

/** @returns what stops all sending; null where it goes on with something else */
function takeFailure(parts: SendParts, run: StoredGroupRun, request: Request, error: unknown): Stop | null {
  const { outbox, memory, world } = parts
  const { participations, batches } = request
  const meaning = meaningOf(error)
  const given = answerMeanings[meaning].sending
  const retryAfterMs = error instanceof ApiError ? error.retryAfterMs : null
  // The server is there: what gets no answer has trouble of its own. Who asks to be left alone is left alone all the same.
  const isOwn = given === 'wait' && memory.silence?.isThere === true && meaning !== 'offline' && retryAfterMs === null
  const step = isOwn ? 'apart' : given
  if (meaning === 'timeout') memory.mostBytes = Math.max(LEAST_BYTES, Math.floor(memory.mostBytes / 2))
  if (step === 'wait' || step === 'sign_in') {
    if (step === 'wait' && meaning !== 'offline') memory.silence = noteSilence(memory.silence, run.id, request)
    return { meaning, retryAfterMs }
  }
  memory.silence = null
  const [only, ...others] = participations
  if (only === undefined || others.length > 0) {
    setApart(
      memory.fates,
      participations.map(({ id }) => id),
    )
    return null
  }
  const refuse = () => {
    if (keepForOthers(parts, run, only.id, codeOf(error))) return
    memory.retried.delete(only.id)
    outbox.noteSent(only.id, refusedSince(only, codeOf(error), world.wallMs()))
  }
  setApart(memory.fates, [only.id])
  if (step === 'access') refuse()
  else if (step === 'apart') leave(parts, only.id, batches)
  else {
    const refused = shrink(memory.fates, only.id, batches)
    const [batch] = batches
    if (refused === 'runner') refuse()
    if (refused === 'batch' && batch !== undefined) outbox.setAside(batch, codeOf(error))
  }
  return null
}

/** Whoever is here may not record this runner, and does not hold the run: nothing is written down, so that no term begins.
 *  @returns false where a refusal is one */
function keepForOthers({ memory, sender }: SendParts, run: StoredGroupRun, id: string, code: string): boolean {
  if (code !== 'NOT_FOUND' || sender.holds(run)) return false
  memory.others.add(id)
  return true
}

function leave({ memory, world, want }: SendParts, id: string, sent: readonly SealedBatch[]): void {
  const waitMs = leaveForNow(memory.fates, id, sent, world.steadyMs(), world.random())
  world.after(waitMs + 1, want)
}
