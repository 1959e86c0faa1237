// What the outbox reports about itself. Its state follows from a few facts and the index.
import { signal, type ReadonlySignal } from '@preact/signals'
import * as books from './outbox-index.ts'
import type { ConnectionProblem } from './database.ts'
import type { OutboxState } from './outbox.ts'
import { measureRoom } from './storage-room.ts'

interface Facts {
  /** A write was refused for want of room. */
  readonly full: boolean
  /** The disk takes nothing more, whether or not a write was refused yet. */
  readonly noRoom: boolean
  readonly low: boolean
  /** A write does not come to an end. */
  readonly stuck: boolean
  readonly otherTab: boolean
  readonly connection: ConnectionProblem | null
  /** Batches that were on disk, not sent, and are there no more. */
  readonly lost: number
  readonly books: books.OutboxIndex
}

export interface Report {
  readonly state: ReadonlySignal<OutboxState>
  /** Some facts have changed, or the books in place. */
  readonly say: (change?: Partial<Facts>) => void
  readonly sayRoom: () => Promise<void>
  readonly facts: () => Facts
}

/** @param inMemory entries that are not on disk */
export function newReport(inMemory: () => number): Report {
  const state = signal<OutboxState>({
    problem: null,
    low: false,
    inMemory: 0,
    lost: 0,
    unsent: 0,
    waitingRecordings: 0,
    waitingUntilMs: null,
    usedBytes: null,
    quotaBytes: null,
    persisted: false,
  })
  let facts: Facts = {
    full: false,
    noRoom: false,
    low: false,
    stuck: false,
    otherTab: false,
    connection: null,
    lost: 0,
    books: books.openIndex({ runs: [], participations: [], rows: [] }),
  }
  const sayRoom = async () => {
    state.value = { ...state.value, ...(await measureRoom()) }
  }
  const say = (change: Partial<Facts> = {}) => {
    const wasFull = problemOf(facts) === 'full'
    facts = { ...facts, ...change }
    const problem = problemOf(facts)
    const recordings = books.listWaitingRecordings(facts.books, Date.now())
    const now = {
      problem,
      low: facts.low,
      // An entry that waits for its third of a second is not reported.
      inMemory: facts.full || facts.stuck || facts.connection !== null ? inMemory() : 0,
      lost: facts.lost,
      unsent: books.countWaiting(facts.books),
      waitingRecordings: recordings.count,
      waitingUntilMs: recordings.untilMs,
    }
    const before = state.value
    const isNew =
      now.problem !== before.problem ||
      now.low !== before.low ||
      now.inMemory !== before.inMemory ||
      now.lost !== before.lost ||
      now.unsent !== before.unsent ||
      now.waitingRecordings !== before.waitingRecordings ||
      now.waitingUntilMs !== before.waitingUntilMs
    if (isNew) state.value = { ...before, ...now }
    if (problem === 'full' && !wasFull) void sayRoom()
  }
  return { state, say, sayRoom, facts: () => facts }
}

function problemOf({ otherTab, connection, full, noRoom, stuck }: Facts): OutboxState['problem'] {
  if (otherTab) return 'other_tab'
  if (connection !== null) return connection
  if (full || noRoom) return 'full'
  return stuck ? 'gone' : null
}
