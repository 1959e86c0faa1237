// What the page's own listeners have taken of its straps, seen from outside: the product has no hook for it. For tests and
// benches that let time pass behind the page, or measure it.
import type { Page } from 'playwright-core'

declare global {
  interface Window {
    takenNotifications: number
    /** Milliseconds of each, with what it left to do at once (a picture of its own); null: nobody measures. */
    takenCostsMs: number[] | null
  }
}

/** Count from the next page that is opened on. */
export async function countTaken(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.takenNotifications = 0
    window.takenCostsMs = null
    const addEventListener = Reflect.get<EventTarget, 'addEventListener'>(EventTarget.prototype, 'addEventListener')
    EventTarget.prototype.addEventListener = function (type, hear, options) {
      if (type !== 'characteristicvaluechanged' || typeof hear !== 'function')
        return addEventListener.call(this, type, hear, options)
      const counted = function (this: EventTarget, event: Event) {
        const fromMs = performance.now()
        hear.call(this, event)
        window.takenNotifications++
        const costsMs = window.takenCostsMs
        // Behind what the listener has queued: that is still its own work.
        if (costsMs !== null) queueMicrotask(() => costsMs.push(performance.now() - fromMs))
      }
      return addEventListener.call(this, type, counted, options)
    }
  })
}

export const takenCount = (page: Page): Promise<number> => page.evaluate(() => window.takenNotifications)

/** Once so many were taken since the page was opened. */
export async function untilTaken(page: Page, count: number): Promise<void> {
  await page.waitForFunction((least) => window.takenNotifications >= least, count, { polling: 5 })
}
