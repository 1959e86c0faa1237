// A runner's whole stream as one file: the batches of each recorder as they came, behind one another. It is what the store
// keeps as the original of a strap's run, so that it can be read, exported and judged anew like a watch's file.
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import { strFromU8, strToU8 } from 'fflate'
import type { FileReading } from '../file-reading.ts'
import type { NumberedBatch } from './batch.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { CLOCK_RECORD, decodeOffsets, encodeOffsets, type ClockOffsets } from './clock-offsets.ts'
import { toFoldEntries } from './fold-entries.ts'
import { withoutStrays } from './leave-out-strays.ts'
import { toRecording } from './to-recording.ts'

/** `cprs` and the version of the layout. */
export const STREAM_MAGIC = [0x63, 0x70, 0x72, 0x73, 1]

/** Lay batches behind one another, in one order whatever order they came in; a repeated number counts once.
 *  @param offsets of recorders whose clocks are off */
export function writeStreamFile(batches: readonly NumberedBatch[], offsets: ClockOffsets = new Map()): Uint8Array {
  const writer = new ByteWriter()
  writer.bytes(STREAM_MAGIC)
  const clock = offsets.size === 0 ? [] : [{ recorderId: CLOCK_RECORD, number: 1, bytes: encodeOffsets(offsets) }]
  for (const { recorderId, number, bytes } of [...inOrder(batches), ...clock]) {
    const id = strToU8(recorderId)
    writer.count(id.length)
    writer.bytes(id)
    writer.count(number)
    writer.count(bytes.length)
    writer.bytes(bytes)
  }
  return writer.whole()
}

function inOrder(batches: readonly NumberedBatch[]): NumberedBatch[] {
  const order = batches.toSorted((a, b) =>
    a.recorderId === b.recorderId ? a.number - b.number : a.recorderId < b.recorderId ? -1 : 1,
  )
  return order.filter(({ recorderId, number }, i) => {
    const before = order[i - 1]
    return before === undefined || before.recorderId !== recorderId || before.number !== number
  })
}

/** Read such a file; never throws.
 *  @param nowMs of reading (rule T1)
 *  @returns one recording; codes: NO_DATA (nothing readable), NOT_ACTIVITY (the run never began). Warnings: TRUNCATED,
 *           DAMAGED, BATCHES_MISSING, CLOCK_CORRECTED, STRAY_POINTS, and those of `toRecording` */
export function readStreamFile(bytes: Uint8Array, nowMs = Infinity): FileReading {
  const { batches, offsets, isCut } = readStreamBatches(bytes)
  const warnings = new Set<ReadingWarning>(isCut ? ['TRUNCATED'] : [])
  if (!isWhole(batches)) warnings.add('BATCHES_MISSING')
  const { entries, damaged } = toFoldEntries(inOrder(batches), offsets)
  if (batches.some(({ recorderId }) => offsets.has(recorderId))) warnings.add('CLOCK_CORRECTED')
  if (damaged.length > 0) warnings.add('DAMAGED')
  if (entries.length === 0) return { ok: false, code: 'NO_DATA' }
  const recording = toRecording(entries, [...warnings])
  if (recording === null) return { ok: false, code: 'NOT_ACTIVITY' }
  return { ok: true, recordings: [withoutStrays(recording, nowMs)] }
}

/** The batches of such a file, as far as it is whole, and how far the clocks of their recorders are off. @param bytes that begin with `STREAM_MAGIC` */
export function readStreamBatches(bytes: Uint8Array): {
  readonly batches: readonly NumberedBatch[]
  readonly offsets: ClockOffsets
  readonly isCut: boolean
} {
  const reader = new ByteReader(bytes.subarray(STREAM_MAGIC.length))
  const batches: NumberedBatch[] = []
  let offsets: ClockOffsets = new Map()
  while (!reader.isAtEnd) {
    const id = reader.bytes(reader.count())
    const number = reader.count()
    const batch = reader.bytes(reader.count())
    if (id === null || number === null || batch === null) return { batches, offsets, isCut: true }
    const recorderId = strFromU8(id)
    if (recorderId === CLOCK_RECORD) offsets = decodeOffsets(batch) ?? offsets
    else batches.push({ recorderId, number, bytes: batch })
  }
  return { batches, offsets, isCut: false }
}

/** Whether of each recorder every number up to its highest is there. */
export function isWhole(batches: readonly Pick<NumberedBatch, 'recorderId' | 'number'>[]): boolean {
  const byRecorder = Map.groupBy(batches, ({ recorderId }) => recorderId)
  return [...byRecorder.values()].every((own) => {
    const numbers = new Set(own.map(({ number }) => number))
    return numbers.size === own.reduce((most, { number }) => Math.max(most, number), 0)
  })
}
