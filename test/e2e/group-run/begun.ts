// A group run that goes, over the simulated radio, with the page's clock in the test's hand: hours pass in seconds, and every
// notification is really sent and taken.
import { strict as assert } from 'node:assert'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { answerChooser, type StrapChooser } from '../../support/strap-chooser.ts'
import type { House } from '../house.ts'
import { makeGroup, type MadeGroup } from './people.ts'
import { chooseGroup, holdClock, isHere, pair, startAll } from './steps.ts'
import { countTaken, takenCount, untilTaken } from './taken.ts'
import { dress, type Wearer } from './wearer.ts'

export interface BegunRun {
  readonly page: Page
  readonly complaints: readonly string[]
  readonly chooser: StrapChooser
  readonly group: MadeGroup
  readonly wearers: readonly Wearer[]
  /** Seconds of the page's clock pass, and everybody whose strap has a link beats once in each step. */
  readonly pass: (seconds: number, options?: PassOptions) => Promise<void>
  /** The page's clock, ms. */
  readonly nowMs: () => Promise<number>
}

interface PassOptions {
  /** How far apart beats are. */
  readonly stepS?: number
  readonly bpm?: (wearer: Wearer) => number
}

interface Begun {
  readonly name: string
  /** Alias to ceiling, bpm. */
  readonly ceilings: Readonly<Record<string, number>>
  /** Number of the first strap; none is used twice in a house. */
  readonly from: number
  readonly context?: BrowserContextOptions
  /** Whoever of them comes only later. */
  readonly late?: readonly string[]
  /** Before the page is opened. */
  readonly before?: (page: Page) => Promise<void>
  /** Time passes by itself, and `pass` is not for it. */
  readonly inRealTime?: boolean
}

const LOOK = { viewport: { width: 360, height: 740 } }
const CALM_BPM = 112

export async function beginRun(
  house: House,
  { name, ceilings, from, context, late = [], before, inRealTime = false }: Begun,
): Promise<BegunRun> {
  const { bluez, url } = house
  assert.ok(bluez !== null)
  const { page, complaints } = await house.newPage({ ...LOOK, ...context })
  await before?.(page)
  const chooser = await answerChooser(page)
  const group = await makeGroup(page, url, name, ceilings)
  const wearers = dress(bluez, Object.keys(ceilings), from)
  await countTaken(page)
  if (!inRealTime) await page.clock.install()
  await chooseGroup(page, url, group.name, { minutes: '45' })
  for (const wearer of wearers.filter(({ alias }) => !late.includes(alias))) {
    await isHere(page, wearer.alias)
    await pair(page, chooser, wearer)
  }
  // From here on a second passes only where the test says so.
  if (!inRealTime) await holdClock(page)
  await startAll(page)
  for (const wearer of wearers) wearer.begin()
  return {
    page,
    complaints,
    chooser,
    group,
    wearers,
    nowMs: () => page.evaluate(() => Date.now()),
    pass: async (seconds, { stepS = 1, bpm = () => CALM_BPM } = {}) => {
      assert.ok(!inRealTime)
      for (let passed = 0; passed < seconds; passed += stepS) {
        const taken = await takenCount(page)
        const before = countOnAir(wearers)
        for (const wearer of wearers) wearer.beat(bpm(wearer))
        await untilTaken(page, taken + countOnAir(wearers) - before)
        await page.clock.runFor(stepS * 1000)
      }
    },
  }
}

const countOnAir = (wearers: readonly Wearer[]): number => wearers.reduce((sum, { onAir }) => sum + onAir.length, 0)
