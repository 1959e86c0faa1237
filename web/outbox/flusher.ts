// When what waits in memory goes to disk: a third of a second after the first of it, at once for what a person did or where
// the page may be about to go. A write that fails is tried again with everything that it was to hold.
import { encodeBatch } from '../../src/formats/runner-stream/batch.ts'
import type { StreamEntry } from '../../src/formats/runner-stream/entry.ts'
import {
  appendEntry,
  confirmPiece,
  dueMs,
  isSealDue,
  newWriter,
  takePieces,
  WRITE_AFTER_MS,
  type BatchWriter,
  type Piece,
} from './batch-writer.ts'
import { isFull, putBatches, type Connection, type Database } from './database.ts'
import type { BatchKey, BatchRow } from './stored.ts'

export interface Flusher {
  /** From now on entries of this runner are taken.
   *  @param lastNumber of their batches on disk; 0 where there is none */
  readonly begin: (participationId: string, lastNumber: number, lastAtMs: number | null) => void
  readonly end: (participationId: string) => void
  /** @throws RangeError for what no batch can hold; Error for a runner that was never put */
  readonly append: (participationId: string, entry: StreamEntry) => void
  /** @throws what the browser says; it is tried again by itself */
  readonly flush: () => Promise<void>
  /** Of the last entry, on disk or not. */
  readonly lastAtMs: (participationId: string) => number | null
}

const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 10_000

/** @param onSealed these are on disk and never change again
 *  @param onFull whether the disk has no room */
export function openFlusher(
  connection: Connection,
  onSealed: (keys: readonly BatchKey[]) => void,
  onFull: (full: boolean) => void,
): Flusher {
  const writers = new Map<string, BatchWriter>()
  let failures = 0
  const alarm = newAlarm(() => void flush().catch(() => undefined))

  const write = async (db: Database): Promise<void> => {
    const nowMs = performance.now()
    const all = [...writers.values()]
    const seal = all.some((writer) => isSealDue(writer, nowMs))
    const pieces = all.flatMap((writer) => takePieces(writer, seal))
    if (pieces.length > 0) await putBatches(db, pieces.map(toRow))
    for (const piece of pieces) {
      const writer = writers.get(piece.participationId)
      if (writer !== undefined) confirmPiece(writer, piece)
    }
    if (pieces.length > 0) onFull(false)
    onSealed(pieces.filter(({ sealed }) => sealed))
  }

  const flush = async (): Promise<void> => {
    alarm.clear()
    try {
      // Without a pause where there is a connection: a page that goes away has no second turn.
      const db = connection.current()
      await (db === null ? connection.open().then(write) : write(db))
      failures = 0
      for (const writer of writers.values()) alarm.set(dueMs(writer))
    } catch (error) {
      if (isFull(error)) onFull(true)
      else connection.lose()
      alarm.set(performance.now() + Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures))
      failures++
      throw error
    }
  }

  const append = (participationId: string, entry: StreamEntry): void => {
    const writer = writers.get(participationId)
    if (writer === undefined) throw new Error('no such participation')
    const nowMs = performance.now()
    appendEntry(writer, entry, nowMs)
    if (failures > 0) return
    // A hidden page has slow timers: its heartbeats carry each other to disk.
    const isLate = document.hidden || nowMs - (writer.waitsSinceMs ?? nowMs) > WRITE_AFTER_MS
    alarm.set(isLate || entry.kind !== 'notification' ? nowMs : dueMs(writer))
    if (isLate) void flush().catch(() => undefined)
  }

  return {
    begin: (participationId, lastNumber, lastAtMs) => {
      if (!writers.has(participationId)) writers.set(participationId, newWriter(participationId, lastNumber, lastAtMs))
    },
    end: (participationId) => void writers.delete(participationId),
    append,
    flush,
    lastAtMs: (participationId) => writers.get(participationId)?.lastAtMs ?? null,
  }
}

const toRow = ({ participationId, number, entries, sealed }: Piece): BatchRow => ({
  participationId,
  number,
  bytes: encodeBatch(entries),
  entries: entries.length,
  lastAtMs: entries.at(-1)?.atMs ?? 0,
  state: sealed ? 'sealed' : 'open',
})

/** One timer that goes off at the earliest of the moments that were set, by the steady clock. */
function newAlarm(ring: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let atMs = Infinity
  const clear = () => {
    clearTimeout(timer)
    atMs = Infinity
  }
  const set = (ms: number | null) => {
    if (ms === null || ms >= atMs) return
    clear()
    atMs = ms
    timer = setTimeout(
      () => {
        atMs = Infinity
        ring()
      },
      Math.max(0, ms - performance.now()),
    )
  }
  return { set, clear }
}
