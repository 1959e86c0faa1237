// A press counts for what stood there when the finger came down: real touches, on a screen that changes under them.
import { strict as assert } from 'node:assert'
import type { Locator, Page } from 'playwright-core'
import { sleep } from '../../support/fake-strap.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { until } from '../straps/rig.ts'
import { handsRun, middleOf, urgentName, type HandsRun } from './hands.ts'
import { makeGroup } from './people.ts'
import { chooseGroup, tileOf } from './steps.ts'

/** Longer than anything takes to settle. */
const SETTLED_MS = 900
/** Two taps of one nervous finger. */
const TWICE_MS = 180

const order = (page: Page) => page.locator('.tile .alias').allTextContents()
const tops = (page: Page) =>
  page.locator('.tile').evaluateAll((tiles) => tiles.map((tile) => Math.round(tile.getBoundingClientRect().top)))

export async function pressesRun(house: House, check: Check): Promise<void> {
  await twiceOnAName(house, check)
  const run = await handsRun(house, { name: 'Vingers', aliases: ['Anna', 'Bram', 'Cem', 'Dina'], from: 111 })
  await underTheFinger(run, check)
  await theBarsButtons(run, check)
  await twiceOnStop(run, check)
  await run.page.context().close()
}

async function twiceOnAName(house: House, check: Check): Promise<void> {
  const { page } = await house.newPage({ viewport: { width: 360, height: 740 }, hasTouch: true })
  const group = await makeGroup(page, house.url, 'Namen', { Anna: 130, Bram: 130, Cem: 130 })
  await chooseGroup(page, house.url, group.name)
  await check('two taps on a name bring one runner, not the next one as well', async () => {
    const chip = page.getByRole('button', { name: 'Anna', exact: true })
    const { x, y } = await tapTwice(page, chip)
    await page.getByRole('heading', { level: 2, name: 'Anna' }).waitFor()
    await sleep(SETTLED_MS)
    assert.deepEqual(await page.locator('.runner h2').allTextContents(), ['Anna'])
    await page.touchscreen.tap(x, y)
    await page.getByRole('heading', { level: 2, name: 'Bram' }).waitFor()
  })
  await page.context().close()
}

async function underTheFinger({ page, cdp, bpm, pass, passUntil }: HandsRun, check: Check): Promise<void> {
  await check('a finger on a tile opens that runner, wherever their tile has gone', async () => {
    await pass(3)
    const before = await order(page)
    const third = page.locator('.tile').nth(2)
    await sleep(SETTLED_MS)
    const at = await middleOf(third)
    bpm['Dina'] = 175
    // Just before Dina goes to the front.
    await pass(8)
    await sleep(SETTLED_MS)
    assert.deepEqual(await order(page), before)
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] })
    await passUntil(async () => (await order(page))[0] === 'Dina', 'Dina goes to the front')
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    const name = await page.getByRole('dialog').locator('h2').textContent()
    assert.equal(name, 'Cem')
    await page.keyboard.press('Escape')
  })
  await check('a tile that has just come there takes no press, and a moment later it does', async () => {
    bpm['Dina'] = 110
    await passUntil(async () => (await order(page))[0] !== 'Dina', 'Dina is calm again')
    bpm['Dina'] = 175
    await sleep(SETTLED_MS)
    const at = await middleOf(page.locator('.tile').first())
    await passUntil(async () => (await order(page))[0] === 'Dina', 'Dina goes to the front')
    await page.touchscreen.tap(at.x, at.y)
    await sleep(100)
    assert.equal(await page.getByRole('dialog').count(), 0)
    await pass(1)
    await sleep(SETTLED_MS)
    // A banner may have moved the tiles meanwhile.
    const now = await middleOf(page.locator('.tile').first())
    await page.touchscreen.tap(now.x, now.y)
    await page.getByRole('dialog', { name: 'Dina' }).waitFor()
    await page.keyboard.press('Escape')
  })
}

async function theBarsButtons({ page, bpm, pass, passUntil }: HandsRun, check: Check): Promise<void> {
  await check('the bar comes and goes without moving a tile', async () => {
    const withBar = await tops(page)
    bpm['Dina'] = 110
    await passUntil(async () => (await urgentName(page)) === null, 'nobody is urgent')
    assert.deepEqual(await tops(page), withBar)
  })
  await check('"Stil 60 s" for Bram never silences Anna', async () => {
    bpm['Bram'] = 145
    await passUntil(async () => (await urgentName(page)) === 'Bram', 'Bram is told of')
    const mute = page.getByRole('button', { name: 'Stil 60 s Bram' })
    await sleep(SETTLED_MS)
    const { x, y } = await middleOf(mute)
    bpm['Anna'] = 180
    await passUntil(async () => (await urgentName(page)) === 'Anna', 'Anna is more urgent')
    await page.touchscreen.tap(x, y)
    await pass(1)
    assert.equal(
      await page
        .locator('.tile')
        .getByText(/^stil, nog/)
        .count(),
      0,
    )
    await sleep(SETTLED_MS)
    await page.touchscreen.tap(x, y)
    await pass(1)
    await tileOf(page, 'Anna')
      .getByText(/^stil, nog/)
      .waitFor()
    assert.equal(
      await tileOf(page, 'Bram')
        .getByText(/^stil, nog/)
        .count(),
      0,
    )
    bpm['Anna'] = 108
    bpm['Bram'] = 109
  })
}

async function twiceOnStop({ page }: HandsRun, check: Check): Promise<void> {
  await check('two taps on stop end nothing, for one and for everybody', async () => {
    await tileOf(page, 'Cem').click()
    await tapTwice(page, page.getByRole('button', { name: 'Stop deze loper' }))
    await sleep(TWICE_MS)
    await page.getByText('Houd 1 tel vast').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Iedereen' }).click()
    await tapTwice(page, page.getByRole('button', { name: 'Stop voor iedereen' }))
    await sleep(TWICE_MS)
    await page.getByText('Houd 1 tel vast').waitFor()
    await page.keyboard.press('Escape')
    assert.equal(await page.locator('.tile').getByText('Klaar').count(), 0)
    assert.equal(await page.locator('.tile').count(), 4)
  })
  await check('a sheet that has just opened takes no press, and the keyboard is not slowed', async () => {
    const { x, y } = await middleOf(page.getByRole('button', { name: 'Iedereen' }))
    await page.touchscreen.tap(x, y)
    await page.getByRole('dialog').waitFor()
    const people = await middleOf(page.getByRole('button', { name: 'Lopers en banden' }))
    await page.touchscreen.tap(people.x, people.y)
    await sleep(100)
    assert.equal(await page.getByRole('dialog').count(), 1)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Iedereen' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Lopers en banden' }).focus()
    await page.keyboard.press('Enter')
    await until(
      async () => (await page.getByRole('heading', { level: 1, name: 'Vingers', exact: true }).count()) > 0,
      'at once',
    )
    await page.getByRole('button', { name: 'Terug naar de loop' }).click()
  })
}

async function tapTwice(page: Page, button: Locator): Promise<{ x: number; y: number }> {
  await button.waitFor()
  await sleep(SETTLED_MS)
  const at = await middleOf(button)
  await page.touchscreen.tap(at.x, at.y)
  await sleep(TWICE_MS)
  await page.touchscreen.tap(at.x, at.y)
  return at
}
