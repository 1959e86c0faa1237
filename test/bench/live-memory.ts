// Two hours of eight straps in a few minutes, the page's clock under the bench's hand: does the live page hold on to anything?
// Every notification of a strap that sends once a second is really sent; only the waiting is left out.
import type { CDPSession } from 'playwright-core'
import { endAll, holdClock, settle } from '../e2e/group-run/steps.ts'
import { countTaken, takenCount, untilTaken } from '../e2e/group-run/taken.ts'
import { dress } from '../e2e/group-run/wearer.ts'
import type { House } from '../e2e/house.ts'
import { sleep } from '../support/fake-strap.ts'
import { countLost } from './live-disk.ts'
import { bpmAt, bringGuests, guestNames, startGuests } from './live-guests.ts'
import type { Progress } from './report.ts'

const STRAPS = 8
/** No strap of another bench has such a number. */
const FROM = 50
const LOOK_AT_MIN = [20, 40, 60, 80, 100, 120] as const

export interface Held {
  readonly atMin: number
  /** Of JavaScript, after the garbage was collected. */
  readonly heapMb: number
  /** Of the document and whatever else is still reachable. */
  readonly nodes: number
  readonly listeners: number
}

export interface MemoryHeld {
  readonly held: readonly Held[]
  /** On the air, but not on the disk after the stop: a page that kept nothing would hold nothing. */
  readonly lostToDisk: number
}

/** What the page holds at each of the minutes to look at. */
export async function measureMemory(
  house: House,
  progress: Progress,
  lookAtMin: readonly number[] = LOOK_AT_MIN,
): Promise<MemoryHeld> {
  const { bluez, url } = house
  if (bluez === null) throw new Error('no radio')
  const { page } = await house.newPage({ viewport: { width: 360, height: 740 } })
  const wearers = dress(bluez, guestNames(STRAPS), FROM)
  await countTaken(page)
  await page.clock.install()
  await bringGuests(page, url, wearers, 150)
  // From here on a second passes only where the bench says so.
  await holdClock(page)
  await startGuests(page, wearers)
  const devTools = await page.context().newCDPSession(page)
  const held: Held[] = []
  let taken = await takenCount(page)
  for (let second = 1; second <= Math.max(...lookAtMin) * 60; second++) {
    for (const [place, wearer] of wearers.entries()) wearer.beat(bpmAt(place, second))
    taken += wearers.length
    await untilTaken(page, taken)
    await page.clock.runFor(1000)
    if (second % 60 !== 0) continue
    progress(`live: minute ${second / 60} of ${Math.max(...lookAtMin)}`)
    if (lookAtMin.some((atMin) => atMin * 60 === second)) held.push({ atMin: second / 60, ...(await look(devTools)) })
  }
  await page.clock.resume()
  await endAll(page)
  await settle()
  const lostToDisk = await countLost(page, wearers)
  await page.context().close()
  return { held, lostToDisk }
}

async function look(devTools: CDPSession): Promise<Omit<Held, 'atMin'>> {
  // Sounds and writes that are under way end in real time.
  await sleep(2000)
  for (let i = 0; i < 3; i++) await devTools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devTools.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await devTools.send('Memory.getDOMCounters')
  return { heapMb: usedSize / 2 ** 20, nodes, listeners: jsEventListeners }
}
