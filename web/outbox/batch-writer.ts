// The entries of one runner that are not on disk yet. They go into an open batch, whose row is written again and again
// until it is sealed. A sealed batch never changes. Entries that could not be written stay here and are given out
// again. Pure.
import { isEnd, readMark, type StreamEntry } from '../../src/formats/phone-recording/entry.ts'

/** A batch is sealed after so many entries … product choice. */
export const MOST_ENTRIES = 100
/** … or so long after its first … product choice: how far other screens lag behind. */
export const SEAL_AFTER_MS = 10_000
/** An entry waits at most so long, so that a crash costs less than a second; others of that time share the write. */
export const WRITE_AFTER_MS = 350
/** ATT_MTU 517 less 3: what `encodeBatch` takes. */
const MOST_NOTIFICATION_BYTES = 512

interface Batch {
  readonly number: number
  readonly entries: StreamEntry[]
  /** Steady clock. */
  readonly openedMs: number
  sealed: boolean
  /** Entries of it that are on disk. */
  written: number
}

/** Changed in place. */
export interface BatchWriter {
  readonly participationId: string
  /** In the order of their numbers; all but the last are sealed. A batch goes once it is sealed on disk. */
  batches: Batch[]
  lastNumber: number
  lastAtMs: number | null
  /** Since when, by the steady clock, something waits that no write under way takes along. */
  waitsSinceMs: number | null
}

/** The contents of a row. */
export interface Piece {
  readonly participationId: string
  readonly number: number
  readonly entries: readonly StreamEntry[]
  readonly sealed: boolean
}

/** @param lastNumber of this runner's batches on disk; 0 where there is none */
export const newWriter = (participationId: string, lastNumber: number, lastAtMs: number | null): BatchWriter => ({
  participationId,
  batches: [],
  lastNumber,
  lastAtMs,
  waitsSinceMs: null,
})

/** Take an entry.
 *  @param nowMs the steady clock
 *  @throws RangeError for what no batch can hold: nothing of it is kept */
export function appendEntry(writer: BatchWriter, entry: StreamEntry, nowMs: number): void {
  requireEntry(writer, entry)
  let open = writer.batches.at(-1)
  if (open === undefined || open.sealed) {
    writer.lastNumber++
    open = { number: writer.lastNumber, entries: [], openedMs: nowMs, sealed: false, written: 0 }
    writer.batches.push(open)
  }
  open.entries.push(entry)
  writer.lastAtMs = entry.atMs
  writer.waitsSinceMs ??= nowMs
  if (open.entries.length >= MOST_ENTRIES || isEnd(entry)) open.sealed = true
}

function requireEntry({ lastAtMs }: BatchWriter, entry: StreamEntry): void {
  if (!Number.isSafeInteger(entry.atMs) || (lastAtMs !== null && entry.atMs <= lastAtMs))
    throw new RangeError('the times of a stream must be whole and rise')
  if (entry.kind === 'notification') {
    if (entry.bytes.length > MOST_NOTIFICATION_BYTES) throw new RangeError('longer than a notification can be')
  } else if (readMark(entry) === null) throw new RangeError('no mark that a batch can hold')
}

/** Whether a batch has been open for long enough, by the steady clock. */
export const isSealDue = ({ batches }: BatchWriter, nowMs: number): boolean =>
  batches.some(({ sealed, openedMs }) => !sealed && nowMs - openedMs >= SEAL_AFTER_MS)

/** What is to be written now, each row whole.
 *  @param seal the open batch ends by it: all runners' together, so that they travel together */
export function takePieces(writer: BatchWriter, seal: boolean): Piece[] {
  if (seal) for (const batch of writer.batches) batch.sealed = true
  writer.waitsSinceMs = null
  return writer.batches
    .filter(({ sealed, written, entries }) => sealed || entries.length > written)
    .map(({ number, sealed, entries }) => ({
      participationId: writer.participationId,
      number,
      entries: entries.slice(),
      sealed,
    }))
}

/** Such a piece is on disk. */
export function confirmPiece(writer: BatchWriter, { number, entries, sealed }: Piece): void {
  if (sealed) writer.batches = writer.batches.filter((batch) => batch.number !== number)
  for (const batch of writer.batches)
    if (batch.number === number) batch.written = Math.max(batch.written, entries.length)
}

/** Entries that are in memory alone. */
export const countUnwritten = ({ batches }: BatchWriter): number =>
  batches.reduce((sum, { entries, written }) => sum + entries.length - written, 0)

/** When, by the steady clock, something is to be written next; null where nothing is open. */
export function dueMs({ batches, waitsSinceMs }: BatchWriter): number | null {
  const open = batches.at(-1)
  const sealMs = open === undefined ? Infinity : open.openedMs + SEAL_AFTER_MS
  const writeMs = waitsSinceMs === null ? Infinity : waitsSinceMs + WRITE_AFTER_MS
  const due = Math.min(sealMs, writeMs)
  return due === Infinity ? null : due
}
