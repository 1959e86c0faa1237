// What the outbox reads and changes on disk beside the batches that are being written: each function one transaction.
import { decodeBatch } from '../../src/formats/runner-stream/batch.ts'
import type { StreamEntry } from '../../src/formats/runner-stream/entry.ts'
import { byTime } from '../../src/formats/runner-stream/stream-file.ts'
import type { DiskContents } from './books.ts'
import { batchesOf, type Database } from './database.ts'
import type { BatchKey, BatchRow, SealedBatch, StoredGroupRun, StoredParticipation } from './stored.ts'

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

/** @returns entries by time, and the numbers of batches that cannot be read any more */
export async function readEntriesOf(
  db: Database,
  participationId: string,
): Promise<{ readonly entries: StreamEntry[]; readonly damaged: number[] }> {
  const entries: StreamEntry[] = []
  const damaged: number[] = []
  for (const { number, bytes } of await db.getAll('batches', batchesOf(participationId))) {
    const decoded = decodeBatch(bytes)
    if (decoded.ok) entries.push(...decoded.entries)
    else damaged.push(number)
  }
  return { entries: byTime(entries), damaged }
}

/** The batches of these keys, in that order, as many as fit; the first whatever its size.
 *  @returns also the keys that are not on disk */
export async function readBatches(
  db: Database,
  keys: readonly BatchKey[],
  mostBytes: number,
): Promise<{ readonly batches: SealedBatch[]; readonly lost: BatchKey[] }> {
  const store = db.transaction('batches').store
  const batches: SealedBatch[] = []
  const lost: BatchKey[] = []
  let size = 0
  for (const key of keys) {
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

/** Acknowledge batches that are written for good, or take that back.
 *  @returns the keys of those that it changed */
export async function changeState(
  db: Database,
  keys: readonly BatchKey[],
  state: 'sealed' | 'acknowledged',
): Promise<BatchKey[]> {
  const change = db.transaction('batches', 'readwrite', strict)
  const changed: BatchKey[] = []
  for (const { participationId, number } of keys) {
    const row = await change.store.get([participationId, number])
    const isOther = state === 'sealed' ? row?.state === 'acknowledged' : row?.state !== 'acknowledged'
    if (row === undefined || !isOther) continue
    await change.store.put({ ...row, state })
    changed.push({ participationId, number })
  }
  await change.done
  return changed
}

export async function putRun(db: Database, run: StoredGroupRun): Promise<void> {
  const change = db.transaction('groupRuns', 'readwrite', strict)
  await Promise.all([change.store.put(run), change.done])
}

/** Put what `change` makes of the participation that is there; undefined where there is none.
 *  @returns what was put; null where `change` wants nothing put */
export async function changeParticipation(
  db: Database,
  id: string,
  change: (before: StoredParticipation | undefined) => StoredParticipation | null,
): Promise<StoredParticipation | null> {
  const work = db.transaction('participations', 'readwrite', strict)
  const after = change(await work.store.get(id))
  if (after !== null) await work.store.put(after)
  await work.done
  return after
}

/** Remove a group run with everything of it.
 *  @returns its participations */
export async function removeRun(db: Database, groupRunId: string): Promise<string[]> {
  const change = db.transaction(['groupRuns', 'participations', 'batches'], 'readwrite', strict)
  const participations = change.objectStore('participations')
  const ids = await participations.index('groupRunId').getAllKeys(groupRunId)
  for (const id of ids) {
    await change.objectStore('batches').delete(batchesOf(id))
    await participations.delete(id)
  }
  await change.objectStore('groupRuns').delete(groupRunId)
  await change.done
  return ids
}
