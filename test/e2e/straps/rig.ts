// What the parts of the straps suite work with: the page over the simulated radio, its chooser, and straps that beat.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import type { StrapParameters } from '../../../web/straps/strap-parameters.ts'
import type { FakeBluez } from '../../support/fake-bluez.ts'
import { sleep, type FakeStrap } from '../../support/fake-strap.ts'
import { answerChooser, type StrapChooser } from '../../support/strap-chooser.ts'
import type { Rig, ShownStrap } from './page/page.ts'

/** Shortened tenfold where a test would wait; a strap that leaves for two minutes is away for a dozen tries. */
const shortened: Partial<StrapParameters> = {
  connectTimeoutMs: 4000,
  retryFirstMs: 100,
  retryMaxMs: 1000,
  retryOffMs: 400,
  closeGraceMs: 300,
  silentAfterMs: 2000,
  silentCycleMs: 5000,
  connectTurnMs: 500,
}

export interface PageRig {
  readonly page: Page
  readonly bluez: FakeBluez
  readonly chooser: StrapChooser
  readonly shown: () => Promise<ShownStrap[]>
  readonly strapOf: (strap: FakeStrap) => Promise<ShownStrap>
  /** Bytes heard of a strap since the last `clear`. */
  readonly heard: (strap: FakeStrap) => Promise<number[][]>
  readonly clear: () => Promise<void>
  readonly pair: (strap: FakeStrap) => Promise<void>
  readonly lastResult: () => Promise<Rig['results'][number] | undefined>
}

/** @param changed what of the parameters of pairing is not as it is shipped */
export async function openRig(
  page: Page,
  url: string,
  bluez: FakeBluez,
  changed: Partial<StrapParameters> = shortened,
): Promise<PageRig> {
  const chooser = await answerChooser(page)
  await page.goto(`${url}#${encodeURIComponent(JSON.stringify(changed))}`)
  const shown = () => page.evaluate(() => window.rig.shown())
  const strapOf = async ({ name }: FakeStrap) => {
    const found = (await shown()).find((one) => one.name === name)
    assert.ok(found !== undefined, `${name} is not in the list`)
    return found
  }
  return {
    page,
    bluez,
    chooser,
    shown,
    strapOf,
    heard: async (strap) => {
      const { id } = await strapOf(strap)
      return page.evaluate(
        (wanted) => window.rig.heard.filter((one) => one.id === wanted).map(({ bytes }) => bytes),
        id,
      )
    },
    clear: () =>
      page.evaluate(() => {
        window.rig.heard.length = 0
        window.rig.links.length = 0
        window.rig.results.length = 0
        window.rig.costsMs.length = 0
        window.rig.longTasksMs.length = 0
      }),
    pair: async (strap) => {
      chooser.want(strap.address)
      await page.click('#choose')
      await until(() => strap.notifying, `${strap.name} is subscribed to`)
    },
    lastResult: () => page.evaluate(() => window.rig.results.at(-1)),
  }
}

/** @param ms only against a test that hangs: a machine that is busy takes as long as it takes */
export async function until(what: () => boolean | Promise<boolean>, title: string, ms = 30_000): Promise<void> {
  const endMs = Date.now() + ms
  while (!(await what())) {
    if (Date.now() > endMs) throw new Error(`not within ${ms} ms: ${title}`)
    await sleep(25)
  }
}

export const isLive = async ({ strapOf }: PageRig, strap: FakeStrap) => (await strapOf(strap)).state === 'live'
/** Beats on and on, as straps that are worn send them. */
export async function whileBeating(straps: readonly FakeStrap[], work: () => Promise<void>): Promise<void> {
  let bpm = 100
  const beating = setInterval(() => {
    bpm = bpm === 140 ? 100 : bpm + 1
    for (const strap of straps) strap.notifyHr({ heartRateBpm: bpm, contact: 'yes' })
  }, 150)
  try {
    await work()
  } finally {
    clearInterval(beating)
  }
}

export const addStraps = (bluez: FakeBluez, from: number, count: number): FakeStrap[] =>
  Array.from({ length: count }, (_, i) => {
    const number = String(from + i).padStart(2, '0')
    return bluez.addStrap({
      address: `C0:00:00:00:00:${number}`,
      name: `Strap ${number}`,
      battery: 90,
      model: `F${number}`,
    })
  })
