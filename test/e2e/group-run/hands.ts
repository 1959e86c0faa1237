// A run with a few runners at the page's own clock, a touch screen, and what is asked of the phone: for the tests of hands.
import { strict as assert } from 'node:assert'
import type { CDPSession, Page } from 'playwright-core'
import { answerChooser } from '../../support/strap-chooser.ts'
import type { House } from '../house.ts'
import { makeGroup, type MadeGroup } from './people.ts'
import { chooseGroup, holdClock, isHere, pair, startAll } from './steps.ts'
import { countTaken, takenCount, untilTaken } from './taken.ts'
import { dress, type Wearer } from './wearer.ts'

const CEILING = 130

export interface HandsRun {
  readonly page: Page
  readonly cdp: CDPSession
  readonly group: MadeGroup
  readonly wearers: readonly Wearer[]
  /** Heart rate of each, by name; null sends nothing. */
  readonly bpm: Record<string, number | null>
  /** So many seconds of the run pass. */
  readonly pass: (seconds: number) => Promise<void>
  /** Seconds pass until something is so. */
  readonly passUntil: (what: () => Promise<boolean>, title: string, mostS?: number) => Promise<void>
}

interface Asked {
  readonly name: string
  readonly aliases: readonly string[]
  /** Number of the first strap: each test has its own. */
  readonly from: number
}

/** Everybody runs calmly, and a second passes only where the test says so. */
export async function handsRun(house: House, { name, aliases, from }: Asked): Promise<HandsRun> {
  const { bluez, url } = house
  assert.ok(bluez !== null)
  const { page } = await house.newPage({ viewport: { width: 360, height: 740 }, hasTouch: true })
  await countTaken(page)
  await countSound(page)
  const chooser = await answerChooser(page)
  const group = await makeGroup(page, url, name, Object.fromEntries(aliases.map((alias) => [alias, CEILING])))
  const wearers = dress(bluez, aliases, from)
  const bpm: Record<string, number | null> = Object.fromEntries(aliases.map((alias, i) => [alias, 108 + i]))
  await page.clock.install()
  await chooseGroup(page, url, group.name)
  for (const wearer of wearers) {
    await isHere(page, wearer.alias)
    await pair(page, chooser, wearer)
  }
  await holdClock(page)
  await startAll(page)
  for (const wearer of wearers) wearer.begin()
  const pass = async (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      const before = await takenCount(page)
      let sent = 0
      for (const wearer of wearers) {
        const now = bpm[wearer.alias] ?? null
        if (now === null || !wearer.strap.notifying) continue
        wearer.beat(now)
        sent++
      }
      await untilTaken(page, before + sent)
      await page.clock.runFor(1000)
    }
  }
  const passUntil = async (what: () => Promise<boolean>, title: string, mostS = 90) => {
    for (let i = 0; !(await what()); i++) {
      if (i === mostS) throw new Error(`not within ${mostS} s: ${title}`)
      await pass(1)
    }
  }
  return { page, cdp: await page.context().newCDPSession(page), group, wearers, bpm, pass, passUntil }
}

declare global {
  interface Window {
    tones: number
    contexts: AudioContext[]
  }
}

/** Counts tones, and keeps the audio contexts, from the next page on. */
async function countSound(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.tones = 0
    window.contexts = []
    const start = Reflect.get<OscillatorNode, 'start'>(OscillatorNode.prototype, 'start')
    OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
      window.tones++
      return start.call(this, when)
    }
    window.AudioContext = class extends AudioContext {
      constructor(options?: AudioContextOptions) {
        super(options)
        window.contexts.push(this)
      }
    }
  })
}

export const toneCount = (page: Page): Promise<number> => page.evaluate(() => window.tones)

/** Where the middle of something is. */
export async function middleOf(locator: ReturnType<Page['locator']>): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox()
  assert.ok(box !== null)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Whoever stands first is told of in the bar. */
export const urgentName = async (page: Page): Promise<string | null> =>
  (await page.locator('.urgent strong').count()) === 0 ? null : page.locator('.urgent strong').textContent()
