// Stores the page on this device, so that it opens without a network, and says when there is a newer one. A newer one
// never starts by itself, and never while a run is recorded, because a reload would lose the straps.
import { signal, type ReadonlySignal } from '@preact/signals'
import { thisOutbox } from '../outbox/instances.ts'

const found = signal(false)
/** Whether a newer page waits to be loaded. */
export const newVersion: ReadonlySignal<boolean> = found

const LOOK_EVERY_MS = 3_600_000
let registration: ServiceWorkerRegistration | null = null

const kept = signal<boolean | null>(null)
/** Whether the browser keeps this page, so that it opens without a network; null before it has said. */
export const pageKept: ReadonlySignal<boolean | null> = kept

/** Stores this page in the browser. If that fails, the page needs a network, and people who record are told. */
export function keepPageForOffline(): void {
  const { serviceWorker } = navigator as Partial<Navigator>
  // `npm run dev` has none: its page is never to be older than its sources.
  if (serviceWorker === undefined || import.meta.env.DEV) return void (kept.value = false)
  serviceWorker.register('/sw.js').then(watch, () => {
    kept.value = serviceWorker.controller !== null
    addEventListener('online', keepPageForOffline, { once: true })
  })
}

function watch(registered: ServiceWorkerRegistration): void {
  registration = registered
  kept.value = true
  // The first one to be installed is the page that is shown.
  const look = () => {
    found.value = registered.waiting !== null && navigator.serviceWorker.controller !== null
  }
  registered.addEventListener('updatefound', () => registered.installing?.addEventListener('statechange', look))
  look()
  // If the check fails, it is repeated an hour later; the stored page works meanwhile.
  setInterval(() => void registered.update().catch(() => undefined), LOOK_EVERY_MS)
}

/** Load the newer page.
 *  @returns false where there is none, or a run is being recorded */
export async function loadNewVersion(): Promise<boolean> {
  const waiting = registration?.waiting ?? null
  if (waiting === null || (await thisOutbox.isRecording())) return false
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
  waiting.postMessage({ type: 'SKIP_WAITING' })
  return true
}
