// What the page's outbox holds on the phone's disk, read beside it.
import type { Page } from 'playwright-core'

export interface PhoneDisk {
  readonly participations: readonly {
    readonly id: string
    readonly groupRunId: string
    readonly alias: string
    readonly clientId: string | null
    readonly arrival: string | null
    readonly refused: string | null
  }[]
  readonly batches: readonly {
    readonly participationId: string
    readonly number: number
    readonly state: string
    readonly bytes: readonly number[]
  }[]
}

export const readOutbox = (page: Page): Promise<PhoneDisk> =>
  page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(new Error('the disk cannot be read')))
      })
    const opening = indexedDB.open('calmpace')
    // Where there is none, none is made: the page's own would find it without its stores.
    opening.addEventListener('upgradeneeded', () => opening.transaction?.abort())
    const database = await done(opening).catch(() => null)
    if (database === null) return { participations: [], batches: [] }
    const look = database.transaction(['participations', 'batches'])
    const all = <Row>(store: string) => done<Row[]>(look.objectStore(store).getAll())
    const [participations, batches] = await Promise.all([
      all<PhoneDisk['participations'][number]>('participations'),
      all<{ participationId: string; number: number; state: string; bytes: Uint8Array }>('batches'),
    ])
    // Whoever holds a connection keeps a newer page from changing the database.
    database.close()
    return { participations, batches: batches.map((row) => ({ ...row, bytes: Array.from(row.bytes) })) }
  })
