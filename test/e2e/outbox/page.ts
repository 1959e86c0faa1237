// A page with nothing but the real outbox and its sending, which the tests drive; never part of the built page.
import { sendBatches } from '../../../web/api/batches.ts'
import { openOutbox } from '../../../web/outbox/open-outbox.ts'
import { startSync } from '../../../web/outbox/send-batches.ts'
import type { MarkEntry, StreamEntry } from '../../../src/formats/phone-recording/entry.ts'

const outbox = openOutbox()
const { sync, sendNow } = startSync(outbox, sendBatches)

/** An entry as it travels between the test and the page: bytes as a list. */
export type PlainEntry =
  MarkEntry | { readonly kind: 'notification'; readonly atMs: number; readonly bytes: readonly number[] }

const fromPlain = (entry: PlainEntry): StreamEntry =>
  entry.kind === 'notification' ? { ...entry, bytes: Uint8Array.from(entry.bytes) } : entry
const toPlain = (entry: StreamEntry): PlainEntry =>
  entry.kind === 'notification' ? { ...entry, bytes: [...entry.bytes] } : entry

/** Every row as it stands on disk, past the outbox. */
const listRows = (): Promise<{ participationId: string; number: number; state: string; bytes: number[] }[]> =>
  new Promise((resolve, reject) => {
    const open = indexedDB.open('calmpace')
    open.addEventListener('error', () => reject(open.error ?? new Error('no database')))
    open.addEventListener('success', () => {
      const rows = open.result.transaction('batches').objectStore('batches').getAll()
      rows.addEventListener('success', () => {
        open.result.close()
        resolve(rows.result.map((row: { bytes: Uint8Array }) => ({ ...row, bytes: [...row.bytes] })) as never)
      })
    })
  })

const harness = {
  outbox,
  sync,
  sendNow,
  listRows,
  /** Sealed batches that wait to be sent, as the outbox knows them; without whoever is refused for good. */
  listWaiting: async () => {
    const limits = { mostBytes: 1e9, mostBatches: 1e6, last: () => false }
    const found = []
    for (const run of await outbox.listGroupRuns()) {
      const runners = await outbox.listParticipations(run.id)
      const ids = new Set(runners.filter(({ refused }) => refused === null).map(({ id }) => id))
      found.push(...(await outbox.listSealed(run.id, { ...limits, ids })))
    }
    return found.map(({ participationId, number }) => ({ participationId, number }))
  },
  sentOf: async (participationId: string) => {
    for (const run of await outbox.listGroupRuns())
      for (const one of await outbox.listParticipations(run.id)) if (one.id === participationId) return one
    return null
  },
  append: (participationId: string, entries: readonly PlainEntry[]) => {
    for (const entry of entries) outbox.append(participationId, fromPlain(entry))
  },
  readEntries: async (participationId: string) => {
    const { entries, damaged } = await outbox.readEntries(participationId)
    return { entries: entries.filter((entry) => entry.kind !== 'lost').map(toPlain), damaged }
  },
  /** Whether the disk takes so many bytes, which nothing can press together. */
  takes: (count: number) => {
    const bytes = new Uint8Array(count)
    for (let at = 0; at < count; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
    return outbox.keep('straps', bytes).then(
      () => true,
      () => false,
    )
  },
  /** How long one flush takes with an entry of each of these in it, ms. */
  timeFlush: async () => {
    const startMs = performance.now()
    await outbox.flush()
    return performance.now() - startMs
  },
}
export type Harness = typeof harness
declare global {
  interface Window {
    harness: Harness
  }
}
window.harness = harness
