// A scripted group run of 45 minutes, sixty times as fast, the page's clock under the test's hand: the calm ones stay silent,
// who knows no stop is told of at the right seconds, and the server judges afterwards what the phone said.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { answerChooser } from '../../support/strap-chooser.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { newestRun, type ArrivedRun } from './arrived.ts'
import { makeGroup } from './people.ts'
import { chooseGroup, endAll, holdClock, isHere, pair, startAll, tileOf } from './steps.ts'
import { countTaken, takenCount, untilTaken } from './taken.ts'
import { dress } from './wearer.ts'

const MINUTES = 45
const CEILING = 132
const calm = ['Anna', 'Bram', 'Cem', 'Dina', 'Els', 'Fedde', 'Gijs']
const noStop = 'Hilde'

/** Heart rates of a calm run-walk, and of one that goes over from the tenth minute on and does not ease off. */
const bpmAt = (alias: string, second: number): number => {
  const wave = 3 * Math.sin(second / 17)
  if (alias !== noStop) return 108 + calm.indexOf(alias) * 2 + wave + Math.min(8, second / 60)
  return second < 600 ? 118 + wave : Math.min(150, 118 + (second - 600) / 2) + wave / 3
}

/** What the page says, with the moment of its own clock. */
interface Said {
  readonly atMs: number
  readonly text: string
}

export async function scriptedRun(house: House, check: Check): Promise<void> {
  const { bluez, url } = house
  assert.ok(bluez !== null)
  const { page } = await house.newPage({ viewport: { width: 360, height: 740 } })
  const chooser = await answerChooser(page)
  const group = await makeGroup(
    page,
    url,
    'Donderdag',
    Object.fromEntries([...calm, noStop].map((alias) => [alias, CEILING])),
  )
  const wearers = dress(bluez, [...calm, noStop], 30)
  await countTaken(page)
  await page.clock.install()
  await chooseGroup(page, url, group.name, { minutes: '45', run: '2', walk: '1' })
  for (const wearer of wearers) {
    await isHere(page, wearer.alias)
    await pair(page, chooser, wearer)
  }
  // From here on a second passes only where the script says so.
  await holdClock(page)
  await startAll(page)
  await listen(page)
  const startMs = await page.evaluate(() => Date.now())
  let toldAtS: number | null = null
  let isSaid = false
  for (let second = 1; second <= MINUTES * 60; second++) {
    const before = await takenCount(page)
    for (const wearer of wearers) wearer.beat(bpmAt(wearer.alias, second))
    await untilTaken(page, before + wearers.length)
    await page.clock.runFor(1000)
    const wasOver = isSaid
    isSaid = await isOver(page)
    // A bar that has just come takes no press: a second later it does.
    if (toldAtS === null && wasOver && isSaid) {
      await page.getByRole('button', { name: `Gezegd ${noStop}` }).click()
      toldAtS = second
    }
  }
  const said = await page.evaluate(() => window.saidCues)
  await page.clock.resume()
  await endAll(page)
  const runs = new Map<string, ArrivedRun>()
  await check('all eight runs arrive', async () => {
    for (const { alias } of wearers) {
      runs.set(alias, await newestRun(page, url, group.clients.get(alias) ?? '', 30_000))
    }
  })
  await check('a calm group stays silent for 45 minutes', async () => {
    assert.deepEqual(
      said.filter(({ text }) => !text.startsWith(noStop)),
      [],
    )
    for (const alias of calm) {
      assert.deepEqual(runs.get(alias)?.assessment.cues, [])
      assert.equal(runs.get(alias)?.verdict, 'calm')
    }
  })
  await check('who knows no stop gets OVER, is told, and gets NOT_EASING at the right seconds', async () => {
    const cues = runs.get(noStop)?.assessment.cues ?? []
    assert.deepEqual(
      cues.map(({ kind }) => kind),
      ['OVER', 'NOT_EASING'],
    )
    const [over, notEasing] = cues.map(({ elapsedS }) => elapsedS) as [number, number]
    assert.ok(over > 630 && over < 700, `OVER at ${over}`)
    assert.ok(
      notEasing >= over + 60 && notEasing < over + 63,
      `NOT_EASING at ${notEasing}, ${over} + 60 s or a little later`,
    )
    const told = (runs.get(noStop)?.hands ?? []).filter(({ kind }) => kind === 'told')
    assert.equal(told.length, 1)
    assert.ok(Math.abs((told[0]?.elapsedS ?? 0) - (toldAtS ?? 0)) <= 2, 'told when the button was pressed')
  })
  await check('the server judges what the phone said, at the same seconds', async () => {
    const judged = (runs.get(noStop)?.assessment.cues ?? []).map(({ elapsedS }) => Math.round(elapsedS))
    const onPhone = said.map(({ atMs }) => Math.round((atMs - startMs) / 1000))
    assert.equal(onPhone.length, judged.length)
    for (const [i, second] of onPhone.entries())
      assert.ok(Math.abs(second - (judged[i] ?? 0)) <= 2, `${second} and ${judged[i]}`)
  })
}

const isOver = async (page: Page): Promise<boolean> => (await tileOf(page, noStop).getByText('Te hoog').count()) > 0

declare global {
  interface Window {
    saidCues: Said[]
  }
}

/** Writes down every sentence of the live regions, with the page's time. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.saidCues = []
    for (const region of document.querySelectorAll('.announcer > *'))
      new MutationObserver(() => {
        const text = region.textContent ?? ''
        if (text !== '') window.saidCues.push({ atMs: Date.now(), text })
      }).observe(region, { childList: true, characterData: true, subtree: true })
  })
}
