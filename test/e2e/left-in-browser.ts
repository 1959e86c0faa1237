// Everything that a browser keeps for the page, as one text: words, databases, caches, cookies, and what its page shows.
import type { Page } from 'playwright-core'

export async function leftInBrowser(page: Page): Promise<string> {
  const kept = await page.evaluate(async () => {
    const asText = (value: unknown): string =>
      JSON.stringify(value, (_key, one: unknown) => {
        if (one instanceof ArrayBuffer) return String.fromCharCode(...new Uint8Array(one))
        return ArrayBuffer.isView(one)
          ? String.fromCharCode(...new Uint8Array(one.buffer, one.byteOffset, one.byteLength))
          : one
      })
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('no database')))
      })
    const texts = [asText(Object.entries(localStorage)), asText(Object.entries(sessionStorage)), asText(history.state)]
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name))
      for (const store of db.objectStoreNames) {
        const rows = db.transaction(store).objectStore(store)
        texts.push(name, store, asText(await done(rows.getAllKeys())), asText(await done(rows.getAll())))
      }
      db.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys())
        texts.push(request.url, (await (await cache.match(request))?.text()) ?? '')
    }
    return [...texts, document.documentElement.outerHTML].join('\n')
  })
  return `${kept}\n${JSON.stringify(await page.context().cookies())}`
}
