// By how much the clocks of a stream's recorders are off, as the server found out: a record of its own in the stream's file,
// under a name that no recorder can have. So whoever reads the file comes to the same times.
import { isMs } from '../../domain/calendar.ts'
import { strFromU8, strToU8 } from 'fflate'
import type { StreamEntry } from './entry.ts'

/** Recorder to what is added to all of its times, ms. */
export type ClockOffsets = ReadonlyMap<string, number>

export const CLOCK_RECORD = '~clock'

export const encodeOffsets = (offsets: ClockOffsets): Uint8Array =>
  strToU8(JSON.stringify([...offsets].toSorted(([a], [b]) => (a < b ? -1 : 1))))

/** Never throws. @returns null where these bytes are no such record */
export function decodeOffsets(bytes: Uint8Array): ClockOffsets | null {
  try {
    const list: unknown = JSON.parse(strFromU8(bytes))
    if (!Array.isArray(list)) return null
    const pairs = list.filter(isPair)
    return pairs.length === list.length ? new Map(pairs) : null
  } catch {
    return null
  }
}

const isPair = (value: unknown): value is readonly [string, number] =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && isMs(value[1])

/** The entry at its time by the server's clock. What a recorder only knew by the server's clock stays. */
export function atServerTime(entry: StreamEntry, offsetMs: number): StreamEntry {
  const atMs = entry.atMs + offsetMs
  return entry.kind === 'missed' ? { ...entry, atMs, sinceMs: entry.sinceMs + offsetMs } : { ...entry, atMs }
}
