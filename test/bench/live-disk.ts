// What the page's outbox holds on the disk, against what the straps sent.
import type { Page } from 'playwright-core'
import { decodeBatch } from '../../src/formats/phone-recording/batch.ts'
import { hex, lostOf, type Wearer } from '../e2e/group-run/wearer.ts'

/** How many notifications that were on the air since the start are not on the disk.
 *  @throws where it holds anything else, or in another order */
export async function countLost(page: Page, wearers: readonly Wearer[]): Promise<number> {
  const onDisk = await readDisk(page)
  return wearers.reduce((sum, wearer) => {
    const lost = lostOf(wearer, onDisk.get(wearer.alias) ?? [])
    if (lost === null) throw new Error(`the disk holds what the strap of ${wearer.alias} did not send`)
    return sum + lost.length
  }, 0)
}

/** @returns the bytes of every notification by alias, in order */
async function readDisk(page: Page): Promise<Map<string, string[]>> {
  const runners = await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(new Error('the disk cannot be read')))
      })
    const look = (await done(indexedDB.open('calmpace'))).transaction(['participations', 'batches'])
    const all = <Row>(store: string) => done<Row[]>(look.objectStore(store).getAll())
    const [participations, batches] = await Promise.all([
      all<{ readonly id: string; readonly alias: string }>('participations'),
      all<{ readonly participationId: string; readonly bytes: Uint8Array }>('batches'),
    ])
    return participations.map(({ id, alias }) => ({
      alias,
      batches: batches.filter((batch) => batch.participationId === id).map(({ bytes }) => Array.from(bytes)),
    }))
  })
  return new Map(runners.map(({ alias, batches }) => [alias, batches.flatMap(notificationsOf)]))
}

function notificationsOf(bytes: readonly number[]): string[] {
  const decoded = decodeBatch(Uint8Array.from(bytes))
  if (!decoded.ok) throw new Error('the disk holds a batch that cannot be read')
  return decoded.entries.flatMap((entry) => (entry.kind === 'notification' ? [hex(entry.bytes)] : []))
}
