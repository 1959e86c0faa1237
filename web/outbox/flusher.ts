// Writes waiting data from memory to disk: a third of a second after the first entry; at once for an action of a
// person, and when the page may be closing. A failed write is tried again with all its data.
import { encodeBatch } from '../../src/formats/phone-recording/batch.ts'
import type { StreamEntry } from '../../src/formats/phone-recording/entry.ts'
import { newAlarm } from './alarm.ts'
import {
  appendEntry,
  confirmPiece,
  countUnwritten,
  dueMs,
  isSealDue,
  newWriter,
  takePieces,
  WRITE_AFTER_MS,
  type BatchWriter,
  type Piece,
} from './batch-writer.ts'
import { confirmPart, isEmpty, partOf, type Behind } from './behind.ts'
import { isFull, putRows, type Connection, type Database } from './database.ts'
import { changeStates } from './disk.ts'
import type { BatchRow } from './stored.ts'

export interface Flusher {
  /** From now on entries of this runner are taken.
   *  @param lastNumber of their batches on disk; 0 where there is none */
  readonly begin: (participationId: string, lastNumber: number, lastAtMs: number | null) => void
  readonly end: (participationId: string) => void
  /** @throws RangeError for what no batch can hold; Error for a runner that was never put */
  readonly append: (participationId: string, entry: StreamEntry) => void
  /** @throws what the browser says; it is tried again by itself */
  readonly flush: () => Promise<void>
  /** Once everything put in `behind` is on disk, however long that takes. */
  readonly written: () => Promise<void>
  /** Of the last entry, on disk or not. */
  readonly lastAtMs: (participationId: string) => number | null
  /** Data in memory only: the number of entries, and how long the oldest write has waited. */
  readonly unwritten: () => { readonly entries: number; readonly forMs: number }
}

const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 10_000
/** Writes at one time; a disk that does not answer gets no more of them. */
const MOST_WRITES = 2

/** @param behind what is to be written beside the entries
 *  @param onWritten these are on disk; what is sealed never changes again
 *  @param onFull whether the disk has no room */
export function openFlusher(
  connection: Connection,
  behind: Behind,
  onWritten: (rows: readonly BatchRow[]) => void,
  onFull: (full: boolean) => void,
): Flusher {
  const writers = new Map<string, BatchWriter>()
  const underWay = new Set<Promise<void>>()
  let queued: Promise<void> | null = null
  let waiters: (() => void)[] = []
  let failures = 0
  let failingSinceMs: number | null = null
  // `onFull` and the connection report failures, which are tried again.
  const alarm = newAlarm(() => void flush().catch(() => undefined))

  const write = async (db: Database): Promise<void> => {
    const nowMs = performance.now()
    const all = [...writers.values()]
    const seal = all.some((writer) => isSealDue(writer, nowMs))
    const pieces = all.flatMap((writer) => takePieces(writer, seal))
    const part = partOf(behind)
    const { runs, participations, changes } = part
    const batches = pieces.map(toRow)
    const hasRows = batches.length + runs.length + participations.length > 0
    if (hasRows) await putRows(db, { runs, participations, batches })
    for (const piece of pieces) {
      const writer = writers.get(piece.participationId)
      if (writer !== undefined) confirmPiece(writer, piece)
    }
    onWritten(batches)
    confirmPart(behind, { runs, participations, changes: [] })
    if (changes.length > 0) await changeStates(db, changes)
    confirmPart(behind, part)
    if (hasRows || changes.length > 0) onFull(false)
    if (isEmpty(behind)) for (const tell of waiters.splice(0)) tell()
  }

  const writeNow = async (): Promise<void> => {
    alarm.clear()
    try {
      // Without a pause where there is a connection: a page that goes away has no second turn.
      const db = connection.current()
      await (db === null ? connection.open().then(write) : write(db))
      failures = 0
      failingSinceMs = null
      for (const writer of writers.values()) alarm.set(dueMs(writer))
      if (!isEmpty(behind)) alarm.set(performance.now())
    } catch (error) {
      if (isFull(error)) onFull(true)
      else connection.lose()
      alarm.set(performance.now() + Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures))
      failures++
      throw error
    }
  }

  const flush = (): Promise<void> => {
    if (underWay.size >= MOST_WRITES)
      return (queued ??= Promise.race(underWay)
        // The caller of that write gets the failure.
        .catch(() => undefined)
        .then(() => {
          queued = null
          return flush()
        }))
    failingSinceMs ??= performance.now()
    const writing = writeNow()
    underWay.add(writing)
    return writing.finally(() => underWay.delete(writing))
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
    // Told and tried again as above.
    if (isLate) void flush().catch(() => undefined)
  }

  return {
    begin: (participationId, lastNumber, lastAtMs) => {
      if (!writers.has(participationId)) writers.set(participationId, newWriter(participationId, lastNumber, lastAtMs))
    },
    end: (participationId) => void writers.delete(participationId),
    append,
    flush,
    written: () =>
      new Promise((resolve) => {
        if (isEmpty(behind)) return resolve()
        waiters = [...waiters, resolve]
        if (failures === 0) alarm.set(performance.now())
      }),
    lastAtMs: (participationId) => writers.get(participationId)?.lastAtMs ?? null,
    unwritten: () => ({
      entries: [...writers.values()].reduce((sum, writer) => sum + countUnwritten(writer), 0),
      forMs: failingSinceMs === null ? 0 : performance.now() - failingSinceMs,
    }),
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
