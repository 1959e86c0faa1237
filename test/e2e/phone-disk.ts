// What is put on, and found on, the disk of a page: a group run as a phone wrote it, and everything that a browser keeps.
import type { Page } from 'playwright-core'
import { encodeBatch } from '../../src/formats/phone-recording/batch.ts'
import type { StreamEntry } from '../../src/formats/phone-recording/entry.ts'
import type { BatchRow, StoredGroupRun, StoredParticipation } from '../../web/outbox/stored.ts'
import { madeStream, STREAM_START_MS } from '../support/stream.ts'

export interface DiskRun {
  readonly run: StoredGroupRun
  readonly runners: readonly StoredParticipation[]
  readonly rows: readonly BatchRow[]
}

/** Two minutes of a calm run that nobody stopped, one notification a second.
 *  @param by who let them join */
export const leftStream = (startMs: number, by: string): StreamEntry[] =>
  madeStream(120, () => 121)
    .filter(({ kind }) => kind !== 'stop')
    .map((entry) => ({ ...entry, atMs: entry.atMs - STREAM_START_MS + startMs }))
    .map((entry) => (entry.kind === 'joined' ? { ...entry, by } : entry))

/** Batches of forty entries.
 *  @param states of each, in order; the last counts for all that follow */
export function toRows(
  participationId: string,
  entries: readonly StreamEntry[],
  states: readonly BatchRow['state'][],
): BatchRow[] {
  const rows: BatchRow[] = []
  for (let at = 0; at < entries.length; at += 40) {
    const own = entries.slice(at, at + 40)
    const number = rows.length + 1
    const state = states[Math.min(number, states.length) - 1] ?? 'sealed'
    const lastAtMs = own.at(-1)?.atMs ?? 0
    rows.push({ participationId, number, bytes: encodeBatch(own), entries: own.length, lastAtMs, state })
  }
  return rows
}

/** Write it behind the page's back.
 *  @param kept what else stands under a name */
export const putOnDisk = (page: Page, { run, runners, rows }: DiskRun, kept: Readonly<Record<string, unknown>> = {}) =>
  page.evaluate(
    ([run, runners, rows, kept]) =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open('calmpace')
        open.addEventListener('error', () => reject(open.error ?? new Error('no database')))
        open.addEventListener('success', () => {
          const change = open.result.transaction(['groupRuns', 'participations', 'batches', 'kept'], 'readwrite')
          change.objectStore('groupRuns').put(run)
          for (const one of runners) change.objectStore('participations').put(one)
          for (const row of rows) change.objectStore('batches').put({ ...row, bytes: Uint8Array.from(row.bytes) })
          for (const [name, value] of Object.entries(kept)) change.objectStore('kept').put(value, name)
          change.addEventListener('complete', () => {
            open.result.close()
            resolve()
          })
        })
      }),
    [run, runners, rows.map((row) => ({ ...row, bytes: [...row.bytes] })), kept] as const,
  )

/** Everything that this browser keeps for the page, as text, and how many batches of heart rates. */
export async function readEverything(page: Page): Promise<{ readonly text: string; readonly batches: number }> {
  return page.evaluate(async () => {
    const text: string[] = []
    let batches = 0
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const open = indexedDB.open(name)
        open.addEventListener('success', () => resolve(open.result))
        open.addEventListener('error', () => reject(open.error ?? new Error('no database')))
      })
      for (const store of db.objectStoreNames) {
        const all = (what: 'getAll' | 'getAllKeys') =>
          new Promise<unknown[]>((resolve) => {
            const objects = db.transaction(store).objectStore(store)
            const asked: IDBRequest = what === 'getAll' ? objects.getAll() : objects.getAllKeys()
            asked.addEventListener('success', () => resolve(asked.result as unknown[]))
          })
        const rows = await all('getAll')
        if (store === 'batches') batches += rows.length
        text.push(`${name}/${store}`, JSON.stringify(await all('getAllKeys')), JSON.stringify(rows))
      }
      db.close()
    }
    for (const storage of [localStorage, sessionStorage]) text.push(JSON.stringify(storage))
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        // The page's own files hold no data; whatever else is there is read whole.
        const { pathname } = new URL(request.url)
        const isOwnFile = /^\/(assets\/|index\.html|icon|manifest)/.test(pathname) || pathname === '/'
        text.push(request.url, isOwnFile ? '' : ((await (await cache.match(request))?.text().then(String)) ?? ''))
      }
    }
    return { text: text.join('\n'), batches }
  })
}
