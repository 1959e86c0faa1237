// Straps at full life's pace on the live screen: what each notification costs the page's one thread, and whether each comes
// to the disk. Real time, a browser with a profile on disk.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { endAll, settle } from '../e2e/group-run/steps.ts'
import { countTaken, takenCount, untilTaken } from '../e2e/group-run/taken.ts'
import { dress, type Wearer } from '../e2e/group-run/wearer.ts'
import type { House } from '../e2e/house.ts'
import { sleep } from '../support/fake-strap.ts'
import { countLost } from './live-disk.ts'
import { bpmAt, bringGuests, guestNames, startGuests } from './live-guests.ts'

export interface Load {
  readonly straps: number
  /** Notifications of each strap a second. */
  readonly hz: number
  readonly seconds: number
  /** Number of its first strap: no strap is used twice. */
  readonly from: number
  /** How many times as slow the page's thread is made: a phone's processor is slower than that of a bench. */
  readonly slowedBy: number
}
export interface LoadCost {
  readonly sent: number
  /** Of each notification, in the page's listeners and what follows at once; wall clock. */
  readonly costsMs: readonly number[]
  /** Of the page's thread for a notification: everything that it did meanwhile, shared out. */
  readonly allMs: number
  /** Tasks longer than 50 ms. */
  readonly longTasksMs: readonly number[]
  /** On the air, but not taken by the page. */
  readonly lostOnAir: number
  /** On the air since the start, but not on the disk at the end. */
  readonly lostToDisk: number
}

/** The first pictures of a screen are not what a run of an hour is about. */
const SETTLE_S = 3

declare global {
  interface Window {
    longTasksMs: number[]
  }
}

export async function measureLoad(house: House, load: Load): Promise<LoadCost> {
  const { bluez, url } = house
  if (bluez === null) throw new Error('no radio')
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-bench-'))
  const { page, kill } = await house.openProfile(folder)
  try {
    await page.setViewportSize({ width: 360, height: 740 })
    await countTaken(page)
    await watchTasks(page)
    const wearers = dress(bluez, guestNames(load.straps), load.from)
    await bringGuests(page, url, wearers, 60)
    await startGuests(page, wearers)
    await beat(wearers, load.hz, SETTLE_S)
    return await measureRun(page, wearers, load)
  } finally {
    // Whatever ended the browser before says it better.
    await kill().catch(() => undefined)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureRun(page: Page, wearers: readonly Wearer[], { hz, seconds, slowedBy }: Load): Promise<LoadCost> {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Performance.enable')
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowedBy })
  await sleep(1000)
  const takenBefore = await takenCount(page)
  await page.evaluate(() => {
    window.takenCostsMs = []
    window.longTasksMs = []
  })
  const busyBefore = await busyMs(devTools)
  const sent = await beat(wearers, hz, seconds)
  const busy = (await busyMs(devTools)) - busyBefore
  // What does not come within a while does not come.
  await untilTaken(page, takenBefore + sent).catch(() => undefined)
  const taken = (await takenCount(page)) - takenBefore
  const { costsMs, longTasksMs } = await page.evaluate(() => ({
    costsMs: window.takenCostsMs ?? [],
    longTasksMs: window.longTasksMs,
  }))
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await endAll(page)
  await settle()
  return {
    sent,
    costsMs,
    allMs: busy / sent,
    longTasksMs,
    lostOnAir: sent - taken,
    lostToDisk: await countLost(page, wearers),
  }
}

/** Every strap sends so often, one after another. @returns how many the air took */
async function beat(wearers: readonly Wearer[], hz: number, seconds: number): Promise<number> {
  const onAir = () => wearers.reduce((sum, wearer) => sum + wearer.onAir.length, 0)
  const before = onAir()
  const everyMs = 1000 / hz / wearers.length
  const startMs = performance.now()
  for (let turn = 0; turn * everyMs < seconds * 1000; turn++) {
    const place = turn % wearers.length
    wearers[place]?.beat(bpmAt(place, (turn * everyMs) / 1000))
    await sleep(Math.max(0, startMs + (turn + 1) * everyMs - performance.now()))
  }
  return onAir() - before
}

async function watchTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.longTasksMs = []
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasksMs.push(duration)
    }).observe({ type: 'longtask' })
  })
}

/** How long the page's thread has worked in all. */
async function busyMs(devTools: CDPSession): Promise<number> {
  const { metrics } = await devTools.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
}
