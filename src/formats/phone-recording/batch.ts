// Entries as bytes and back: the unit that a recorder keeps on disk and sends. Notifications stand in columns (time,
// length, bytes), a few bytes each; marks as JSON. Whoever decodes trusts nothing.
import { isMs } from '../../domain/calendar.ts'
import { strFromU8, strToU8 } from 'fflate'
import { ByteReader, ByteWriter } from './bytes.ts'
import { readMark, type MarkEntry, type NotificationEntry, type StreamEntry } from './entry.ts'

export type BatchProblem = 'NOT_A_BATCH' | 'BATCH_DAMAGED'
export type DecodedBatch =
  { readonly ok: true; readonly entries: readonly StreamEntry[] } | { readonly ok: false; readonly code: BatchProblem }

export interface NumberedBatch {
  /** Who wrote it: numbers count per recorder. */
  readonly recorderId: string
  /** 1, 2, 3, … */
  readonly number: number
  readonly bytes: Uint8Array
}

/** `cpb` and the version of the layout. */
const MAGIC = [0x63, 0x70, 0x62, 1]
/** A strap's notification is at most as long as its link allows (ATT_MTU 517 less 3). */
const MOST_NOTIFICATION_BYTES = 512

/** Lay entries down.
 *  @param entries times strictly rising, as `decodeBatch` gives them back
 *  @throws RangeError where they do not rise or a notification is longer than a link allows */
export function encodeBatch(entries: readonly StreamEntry[]): Uint8Array {
  const notifications = entries.filter((entry) => entry.kind === 'notification')
  const marks = entries.filter((entry) => entry.kind !== 'notification')
  const writer = new ByteWriter()
  writer.bytes(MAGIC)
  const baseMs = entries[0]?.atMs ?? 0
  writer.float64(baseMs)
  const json = strToU8(JSON.stringify(marks))
  writer.count(json.length)
  writer.bytes(json)
  writer.count(notifications.length)
  let beforeMs = baseMs
  for (const { atMs } of notifications) {
    writer.count(atMs - beforeMs)
    beforeMs = atMs
  }
  for (const { bytes } of notifications) writer.count(requireLength(bytes))
  for (const { bytes } of notifications) writer.bytes(bytes)
  if (entries.some(({ atMs }, i) => i > 0 && atMs <= (entries[i - 1]?.atMs ?? 0)))
    throw new RangeError('the times of a stream must rise')
  return writer.whole()
}

function requireLength({ length }: Uint8Array): number {
  if (length > MOST_NOTIFICATION_BYTES) throw new RangeError('longer than a notification can be')
  return length
}

/** Read a batch; never throws, whatever the bytes.
 *  @returns entries by time; codes: NOT_A_BATCH (another kind of bytes), BATCH_DAMAGED */
export function decodeBatch(bytes: Uint8Array): DecodedBatch {
  if (bytes.length < MAGIC.length || MAGIC.some((byte, i) => bytes[i] !== byte))
    return { ok: false, code: 'NOT_A_BATCH' }
  const reader = new ByteReader(bytes.subarray(MAGIC.length))
  const baseMs = reader.float64()
  const marks = readMarks(reader.bytes(reader.count()))
  const notifications = readNotifications(reader, baseMs)
  if (marks === null || notifications === null || !reader.isAtEnd) return { ok: false, code: 'BATCH_DAMAGED' }
  const entries = [...marks, ...notifications].sort((a, b) => a.atMs - b.atMs)
  const rises = entries.every(({ atMs }, i) => i === 0 || atMs > (entries[i - 1]?.atMs ?? 0))
  return rises ? { ok: true, entries } : { ok: false, code: 'BATCH_DAMAGED' }
}

function readMarks(bytes: Uint8Array | null): MarkEntry[] | null {
  if (bytes === null) return null
  try {
    const list: unknown = JSON.parse(strFromU8(bytes))
    if (!Array.isArray(list)) return null
    const marks = list.map(readMark)
    return marks.some((mark) => mark === null) ? null : marks.filter((mark) => mark !== null)
  } catch {
    return null
  }
}

function readNotifications(reader: ByteReader, baseMs: number | null): NotificationEntry[] | null {
  const count = reader.count()
  // Two bytes each at the least: a count that the bytes cannot hold is not believed.
  if (count === null || baseMs === null || !isMs(baseMs) || count > reader.left) return null
  const times: number[] = []
  let atMs = baseMs
  for (let i = 0; i < count; i++) {
    atMs += reader.count() ?? Number.NaN
    times.push(atMs)
  }
  const lengths = times.map(() => reader.count() ?? MOST_NOTIFICATION_BYTES + 1)
  if (!isMs(atMs) || lengths.some((length) => length > MOST_NOTIFICATION_BYTES)) return null
  const entries: NotificationEntry[] = []
  for (const [i, length] of lengths.entries()) {
    const bytes = reader.bytes(length)
    if (bytes === null) return null
    entries.push({ kind: 'notification', atMs: times[i], bytes })
  }
  return entries
}
