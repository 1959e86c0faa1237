// A sending under the hand of a test: an outbox in memory, a server whose behaviour is a function, and a world whose clock
// the test moves.
import { signal } from '@preact/signals'
import type { BatchesAnswer } from '../../src/live/protocol.ts'
import { ApiError } from '../../web/api/api-error.ts'
import type { AnswerMeaning } from '../../web/api/answer-meanings.ts'
import type { BatchesToSend } from '../../web/api/batches.ts'
import * as books from '../../web/outbox/outbox-index.ts'
import type { Outbox, OutboxState } from '../../web/outbox/outbox.ts'
import { startSync, type Sync } from '../../web/outbox/send-batches.ts'
import type { Sender } from '../../web/outbox/send-run.ts'
import type { BatchKey, BatchRow, StoredGroupRun, StoredParticipation } from '../../web/outbox/stored.ts'
import type { SyncWorld } from '../../web/outbox/sync-world.ts'

/** One request as the server saw it. */
export interface Seen {
  readonly atMs: number
  readonly runners: readonly string[]
  readonly batches: readonly string[]
}

export interface FakeSending {
  readonly sync: Sync
  readonly seen: Seen[]
  /** What the server has, as `runner number`. */
  readonly arrived: Set<string>
  readonly books: books.OutboxIndex
  readonly setAside: BatchKey[]
  /** What the server does with a request; throws for the whole of it. Null takes all of it. */
  behave: ((request: Seen) => Partial<BatchesAnswer> | null) | null
  /** The disk fails when this group run is read. */
  brokenRun: string | null
  online: boolean
  readonly change: (what: 'online' | 'offline' | 'shown') => void
  /** Let so much time pass, timer by timer. */
  readonly pass: (ms: number) => Promise<void>
}

export const fails = (meaning: AnswerMeaning, code: string = meaning, retryAfterMs: number | null = null): never => {
  throw new ApiError(code, [], meaning, retryAfterMs)
}

const nameOf = ({ participationId, number }: BatchKey): string => `${participationId} ${number}`
const START_MS = Date.UTC(2026, 10, 24, 10)

/** @param counts batches that wait, by runner
 *  @param batchBytes how large each is
 *  @param sender who is here; absent is whoever holds every run */
export function fakeSending(
  runs: readonly StoredGroupRun[],
  runners: readonly StoredParticipation[],
  counts: Readonly<Record<string, number>>,
  batchBytes = 10,
  sender?: Sender,
): FakeSending {
  const rows = Object.entries(counts).flatMap(([participationId, count]) =>
    Array.from({ length: count }, (_, i) => ({ participationId, number: i + 1, state: 'sealed' as BatchRow['state'] })),
  )
  const own = books.openIndex({ runs, participations: runners, rows })
  const { world, pass, hear, online } = fakeWorld()
  const fake: Omit<FakeSending, 'sync'> = {
    seen: [],
    arrived: new Set(),
    books: own,
    setAside: [],
    behave: null,
    brokenRun: null,
    get online() {
      return online.value
    },
    set online(value) {
      online.value = value
    },
    change: (what) => hear(what),
    pass,
  }
  const outbox = memoryOutbox(own, fake, batchBytes)
  const send = async ({ participations, batches }: BatchesToSend): Promise<BatchesAnswer> => {
    await Promise.resolve()
    const seen = { atMs: world.steadyMs(), runners: participations.map(({ id }) => id), batches: batches.map(nameOf) }
    fake.seen.push(seen)
    const answer = fake.behave?.(seen) ?? {}
    const refused = answer.refused ?? []
    const acknowledged = batches.filter(
      (key) =>
        !refused.some(
          ({ participationId, number }) =>
            participationId === key.participationId && (number === null || number === key.number),
        ),
    )
    for (const key of acknowledged) fake.arrived.add(nameOf(key))
    const keys = acknowledged.map(({ participationId, number }) => ({ participationId, number }))
    return { receivedAtMs: 0, acknowledged: keys, participations: [], refused, ...answer }
  }
  return Object.assign(fake, { sync: startSync(outbox, send, world, sender) })
}

function fakeWorld() {
  let nowMs = 0
  let timers: { readonly atMs: number; readonly work: () => void }[] = []
  const online = { value: true }
  let hear: FakeSending['change'] = () => undefined
  const world: SyncWorld = {
    isOnline: () => online.value,
    steadyMs: () => nowMs,
    wallMs: () => START_MS + nowMs,
    random: () => 1,
    after: (ms, work) => void timers.push({ atMs: nowMs + ms, work }),
    onChange: (listener) => (hear = listener),
  }
  const settle = async () => {
    for (let i = 0; i < 3000; i++) await Promise.resolve()
  }
  const pass = async (ms: number) => {
    await settle()
    for (const endMs = nowMs + ms; ;) {
      const next = timers.filter(({ atMs }) => atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs)[0]
      if (next === undefined) {
        nowMs = endMs
        return
      }
      timers = timers.filter((one) => one !== next)
      nowMs = next.atMs
      next.work()
      await settle()
    }
  }
  return { world, pass, online, hear: ((what) => hear(what)) satisfies FakeSending['change'] }
}

function memoryOutbox(
  own: books.OutboxIndex,
  fake: Pick<FakeSending, 'setAside' | 'brokenRun'>,
  batchBytes: number,
): Outbox {
  const state = signal<OutboxState>({
    problem: null,
    low: false,
    inMemory: 0,
    lost: 0,
    unsent: books.countWaiting(own),
    waitingRecordings: 0,
    waitingUntilMs: null,
    usedBytes: null,
    quotaBytes: null,
    persisted: true,
  })
  const say = () => (state.value = { ...state.value, unsent: books.countWaiting(own) })
  const noteSent: Outbox['noteSent'] = (id, sent) => {
    const before = own.participations.get(id)
    if (before !== undefined) own.participations.set(id, { ...before, ...sent })
    say()
  }
  const unused = (): never => {
    throw new Error('not used by the sending')
  }
  return {
    recorderId: 'phone',
    ready: Promise.resolve(),
    state,
    listGroupRuns: async () => [...own.runs.values()],
    listParticipations: async (groupRunId) => {
      if (groupRunId === fake.brokenRun) throw new DOMException('broken', 'UnknownError')
      return books.runnersOf(own, groupRunId)
    },
    listSealed: async (groupRunId, { ids, last, mostBatches, mostBytes }) => {
      const keys = books.listWaiting(own, groupRunId, ids)
      const ordered = [...keys.filter((key) => !last(key)), ...keys.filter(last)]
      const count = Math.max(1, Math.min(mostBatches, Math.floor(mostBytes / batchBytes)))
      return ordered.slice(0, count).map((key) => ({ ...key, bytes: new Uint8Array(batchBytes) }))
    },
    acknowledge: (keys) => {
      books.removeWaiting(own, keys)
      say()
    },
    setAside: (key, code) => {
      fake.setAside.push(key)
      books.removeWaiting(own, [key])
      const before = own.participations.get(key.participationId)
      noteSent(key.participationId, { setAside: (before?.setAside ?? 0) + 1, setAsideCode: code })
    },
    sendAgain: async (keys) => {
      books.addWaiting(own, keys)
      say()
    },
    takeBack: async (id) => {
      books.addWaiting(
        own,
        fake.setAside.filter(({ participationId }) => participationId === id),
      )
      noteSent(id, { setAside: 0, setAsideCode: null })
    },
    noteSent,
    putGroupRun: unused,
    putParticipation: unused,
    isRecording: unused,
    append: unused,
    flush: unused,
    lastAtMs: unused,
    readEntries: unused,
    countUnsent: unused,
    keep: unused,
    kept: unused,
    draftNames: async () => [],
    wipeKept: unused,
    listSizes: unused,
    removed: signal([]),
    sawRemoved: unused,
    guide: unused,
    onGone: unused,
    clean: unused,
    remove: unused,
  }
}
