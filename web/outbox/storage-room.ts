// How much storage the browser gives this page, how much is left, and whether the browser may delete it by itself.
import { isFull } from './database.ts'

export interface StorageRoom {
  readonly usedBytes: number | null
  readonly quotaBytes: number | null
  /** The browser has promised not to clear it away for want of room. */
  readonly persisted: boolean
}

/** Never throws: a browser that does not tell leaves null. */
export async function measureRoom(): Promise<StorageRoom> {
  try {
    const [{ usage, quota }, persisted] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted(),
    ])
    return { usedBytes: usage ?? null, quotaBytes: quota ?? null, persisted }
  } catch {
    return { usedBytes: null, quotaBytes: null, persisted: false }
  }
}

/** Ask the browser to keep what is here; it may ask the person. Never throws. */
export async function askToPersist(): Promise<void> {
  try {
    await navigator.storage.persist()
  } catch {
    // Then it does not promise it.
  }
}

const CACHE = 'calmpace-room'

/** Whether the browser would keep so many bytes more, found by putting them into a cache and taking them out again. Chromium
 *  tells everybody that ten gigabytes are left, and lets a database write on for half a minute after it has run full; a
 *  cache asks anew each time. Never throws.
 *  @returns null where this browser does not tell */
export async function hasRoomFor(bytes: number): Promise<boolean | null> {
  try {
    const cache = await caches.open(CACHE)
    await cache.put('/room', new Response(new Uint8Array(bytes)))
    await cache.delete('/room')
    return true
  } catch (error) {
    // Without https there is no such cache, and a browser may refuse it for reasons of its own.
    return isFull(error) ? false : null
  }
}
