// Batches of one runner's stream, maybe of several recorders and maybe with gaps, as one list for the fold (runner-state.ts): for
// the server that reads a stream's file, and for the phone that reads its own disk.
import { decodeBatch, type NumberedBatch } from './batch.ts'
import { atServerTime, type ClockOffsets } from './clock-offsets.ts'
import type { FoldEntry } from './entry.ts'

export interface FoldEntries {
  /** By time, strictly rising but for `lost`, which stands right before the entry that follows it. */
  readonly entries: readonly FoldEntry[]
  /** Numbers of batches that are there and cannot be read: lost like those that never came. */
  readonly damaged: readonly number[]
}

/** @param batches each number of a recorder at most once, in the order of its numbers
 *  @param offsets of recorders whose clocks are off */
export function toFoldEntries(batches: readonly NumberedBatch[], offsets: ClockOffsets = new Map()): FoldEntries {
  const all: FoldEntry[] = []
  const damaged: number[] = []
  for (const [recorderId, own] of Map.groupBy(batches, (batch) => batch.recorderId)) {
    const offsetMs = offsets.get(recorderId) ?? 0
    let expected = 1
    let isLost = false
    for (const { number, bytes } of own) {
      const decoded = decodeBatch(bytes)
      isLost ||= number > expected || !decoded.ok
      if (!decoded.ok) damaged.push(number)
      expected = number + 1
      const entries = decoded.ok ? decoded.entries.map((entry) => atServerTime(entry, offsetMs)) : []
      const [first] = entries
      if (first === undefined) continue
      if (isLost) all.push({ kind: 'lost', atMs: first.atMs })
      isLost = false
      all.push(...entries)
    }
  }
  return { entries: inTime(all), damaged }
}

/** Two recorders may have written in one millisecond: nothing of either is dropped for it, the later one moves on. */
function inTime(entries: readonly FoldEntry[]): FoldEntry[] {
  let lastMs = -Infinity
  return entries
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((entry) => {
      const atMs = Math.max(entry.atMs, lastMs + 1)
      if (entry.kind !== 'lost') lastMs = atMs
      return atMs === entry.atMs ? entry : { ...entry, atMs }
    })
}
