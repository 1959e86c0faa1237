// Everything that the outbox reads and changes on disk, except the batches that are being written. Each function is one
// transaction.
import { toFoldEntries, type FoldEntries } from '../../src/formats/phone-recording/fold-entries.ts'
import type { DiskContents } from './outbox-index.ts'
import { batchesOf, type Database } from './database.ts'
import type { RemovedNote } from './removed.ts'
import type { BatchKey, BatchRow, SealedBatch } from './stored.ts'

const strict = { durability: 'strict' } as const

/** Everything but the entries. */
export async function readContents(db: Database): Promise<DiskContents & { readonly rows: readonly BatchRow[] }> {
  const look = db.transaction(['groupRuns', 'participations', 'batches'])
  const [runs, participations, rows] = await Promise.all([
    look.objectStore('groupRuns').getAll(),
    look.objectStore('participations').getAll(),
    look.objectStore('batches').getAll(),
  ])
  return { runs, participations, rows }
}

/** Bytes on disk, and batches that wait, of each runner. */
export async function readSizes(
  db: Database,
): Promise<ReadonlyMap<string, { readonly bytes: number; readonly unsent: number }>> {
  const sizes = new Map<string, { bytes: number; unsent: number }>()
  for (const { participationId, bytes, state } of await db.getAll('batches')) {
    const before = sizes.get(participationId) ?? { bytes: 0, unsent: 0 }
    const waits = state === 'open' || state === 'sealed' ? 1 : 0
    sizes.set(participationId, { bytes: before.bytes + bytes.length, unsent: before.unsent + waits })
  }
  return sizes
}

/** @returns entries by time with `lost` where a batch is missing, and the numbers of those that cannot be read any more */
export async function readEntriesOf(db: Database, participationId: string): Promise<FoldEntries> {
  const rows = await db.getAll('batches', batchesOf(participationId))
  return toFoldEntries(rows.map(({ number, bytes }) => ({ recorderId: '', number, bytes })))
}

/** How much one request may bring. */
export interface RequestLimits {
  readonly mostBytes: number
  readonly mostBatches: number
}

/** The batches of these keys, in that order, as many as fit; the first whatever its size.
 *  @returns also the keys that are not on disk */
export async function readBatches(
  db: Database,
  keys: readonly BatchKey[],
  { mostBytes, mostBatches }: RequestLimits,
): Promise<{ readonly batches: SealedBatch[]; readonly lost: BatchKey[] }> {
  const store = db.transaction('batches').store
  const batches: SealedBatch[] = []
  const lost: BatchKey[] = []
  let size = 0
  for (const key of keys) {
    if (batches.length >= mostBatches) break
    const row = await store.get([key.participationId, key.number])
    if (row === undefined) {
      lost.push(key)
      continue
    }
    size += row.bytes.length
    if (size > mostBytes && batches.length > 0) break
    batches.push({ ...key, bytes: row.bytes })
  }
  return { batches, lost }
}

/** Write down what became of batches.
 *  @param from which rows it may change
 *  @returns the keys of those that it changed */
export async function changeStates(
  db: Database,
  changes: readonly (BatchKey & { readonly state: BatchRow['state'] })[],
  from: (state: BatchRow['state']) => boolean = () => true,
): Promise<BatchKey[]> {
  const change = db.transaction('batches', 'readwrite', strict)
  const changed: BatchKey[] = []
  for (const { participationId, number, state } of changes) {
    const row = await change.store.get([participationId, number])
    if (row === undefined || row.state === state || !from(row.state)) continue
    await change.store.put({ ...row, state })
    changed.push({ participationId, number })
  }
  await change.done
  return changed
}

/** Forget the batches of these runners that the server has. */
export async function dropAcknowledged(db: Database, participationIds: readonly string[]): Promise<void> {
  const change = db.transaction('batches', 'readwrite', strict)
  for (const id of participationIds)
    for await (const cursor of change.store.iterate(batchesOf(id)))
      if (cursor.value.state === 'acknowledged') await cursor.delete()
  await change.done
}

/** Numbers of a runner's batches that were set aside. */
export async function listSetAside(db: Database, participationId: string): Promise<BatchKey[]> {
  const rows = await db.getAll('batches', batchesOf(participationId))
  return rows.filter(({ state }) => state === 'refused').map(({ number }) => ({ participationId, number }))
}

/** Remove runners with everything of them, and group runs; with what is to be told of it, at one time.
 *  @param removed what is told from now on; null changes nothing */
export async function remove(
  db: Database,
  { participations, runs }: { readonly participations: readonly string[]; readonly runs: readonly string[] },
  removed: readonly RemovedNote[] | null,
): Promise<void> {
  const change = db.transaction(['groupRuns', 'participations', 'batches', 'kept'], 'readwrite', strict)
  for (const id of participations) {
    await change.objectStore('batches').delete(batchesOf(id))
    await change.objectStore('participations').delete(id)
  }
  for (const id of runs) await change.objectStore('groupRuns').delete(id)
  if (removed !== null) await change.objectStore('kept').put(removed, 'removed')
  await change.done
}
