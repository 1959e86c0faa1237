// The whole flow with the keyboard alone, in practice, and what axe and a thumb find on every live screen.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { assertNoBarrier } from '../barriers.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { cutOff } from './large-font.ts'
import { endAll } from './steps.ts'

/** Go to a control by Tab alone, and press it. */
async function pressByKeyboard(page: Page, name: RegExp | string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    await page.keyboard.press('Tab')
    const label = await page.evaluate(() => {
      const here = document.activeElement
      return here instanceof HTMLElement && here.matches('button, a, summary, input')
        ? (here.getAttribute('aria-label') ?? here.innerText)
        : ''
    })
    const text = label.replaceAll(/\s+/g, ' ').trim()
    if (typeof name === 'string' ? text === name : name.test(text)) return page.keyboard.press('Enter')
  }
  throw new Error(`Tab does not reach ${String(name)}`)
}

export async function everybodysRun(house: House, check: Check): Promise<void> {
  const { page, complaints } = await house.newPage({ viewport: { width: 360, height: 740 } })
  await check('practice goes from choosing to done by keyboard alone', async () => {
    await page.goto(`${house.url}/group-run`)
    await page.getByRole('heading', { level: 1, name: 'Groepsloop' }).waitFor()
    await pressByKeyboard(page, 'Oefenen')
    await page.getByRole('heading', { level: 1, name: 'Oefenen' }).waitFor()
    await pressByKeyboard(page, 'Vier nagemaakte lopers erbij')
    await page.getByRole('heading', { level: 2, name: 'Dina' }).waitFor()
    await pressByKeyboard(page, /^Check-in Anna/)
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await pressByKeyboard(page, /^Start alle 4/)
    await page.locator('.tiles').waitFor()
    await pressByKeyboard(page, /^Anna/)
    await page.getByRole('dialog', { name: 'Anna' }).waitFor()
    await pressByKeyboard(page, 'Pauze')
    await page.locator('.tile').filter({ hasText: 'Anna' }).getByText('Pauze').waitFor()
  })
  await check('a pause of everybody stands on the screen with its time, until one touch there ends it', async () => {
    await page.getByRole('button', { name: 'Iedereen' }).click()
    await page.getByRole('button', { name: 'Pauze voor iedereen' }).click()
    const line = page.locator('.banner').filter({ hasText: /^Pauze \d+:\d\d: / })
    await line.getByText(/Anna.*Alleen de harde grens klinkt nog/).waitFor()
    await assertNoBarrier(page)
    await line.getByRole('button', { name: /^Verder/ }).click()
    await line.waitFor({ state: 'detached' })
    assert.equal(await page.locator('.tile.state-paused').count(), 0)
  })
  await check('the steps before the start have no barrier, nor have their sheets', async () => {
    const { page: other } = await house.newPage({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
    await other.goto(`${house.url}/group-run`)
    await assertNoBarrier(other)
    await other.getByRole('button', { name: 'Oefenen' }).click()
    await other.getByRole('button', { name: 'Vier nagemaakte lopers erbij' }).click()
    await other.getByRole('heading', { level: 2, name: 'Dina' }).waitFor()
    await assertNoBarrier(other)
    for (const [opens, inside] of [
      ['Check-in Anna', 'Uitkomst bewaren'],
      ['Andere band Anna', 'Band weghalen'],
    ] as const) {
      await other.getByRole('button', { name: opens }).click()
      await other.getByRole('button', { name: inside }).waitFor()
      await assertNoBarrier(other)
      await other.getByRole('button', { name: 'Sluiten' }).click()
    }
    await other.getByRole('button', { name: /^Start alle 4/ }).click()
    await other.locator('.tiles').waitFor()
    await assertNoBarrier(other)
    await other.context().close()
  })
  await check('practice is said to be practice on the live screen', async () => {
    await page.getByText('OEFENING').waitFor()
  })
  for (const [name, width, height] of [
    ['portrait', 360, 740],
    ['landscape', 740, 360],
  ] as const)
    await check(`the live screen has no barrier and does not scroll, ${name}`, async () => {
      await page.setViewportSize({ width, height })
      await assertNoBarrier(page)
      await assertFits(page)
    })
  await page.setViewportSize({ width: 360, height: 740 })
  await check('twelve runners fit without scrolling, every target at least 56 px', async () => {
    await page.getByRole('button', { name: 'Iedereen' }).click()
    await page.getByRole('button', { name: 'Lopers en banden' }).click()
    for (let i = 0; i < 2; i++) await page.getByRole('button', { name: 'Vier nagemaakte lopers erbij' }).click()
    await page.getByRole('button', { name: /^Start alle 8/ }).click()
    await page.locator('.tile').nth(11).waitFor()
    await assertFits(page)
    await page.setViewportSize({ width: 740, height: 360 })
    await assertFits(page)
    await page.setViewportSize({ width: 360, height: 740 })
  })
  for (const [width, height] of [
    [390, 844],
    [844, 390],
    [320, 568],
    [1280, 900],
  ] as const)
    await check(`twelve runners, ${width} x ${height}: no name, number or state is cut off`, async () => {
      await page.setViewportSize({ width, height })
      assert.deepEqual(await cutOff(page), [])
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, 'wider than the screen')
    })
  await page.setViewportSize({ width: 360, height: 740 })
  for (const [opens, inside] of [
    ['Iedereen', 'Stop voor iedereen'],
    [/^Bram/, 'Gezegd'],
  ] as const)
    await check(`the sheet behind ${String(opens)} has no barrier`, async () => {
      await page.getByRole('button', { name: opens }).first().click()
      await page.getByRole('dialog').getByRole('button', { name: inside }).waitFor()
      await assertNoBarrier(page)
      await page.getByRole('button', { name: 'Sluiten' }).click()
    })
  await check('a screen reader hears changes of state and nothing else', async () => {
    const regions = await page.locator('[aria-live], [role=status], [role=alert]').allTextContents()
    for (const text of regions) assert.doesNotMatch(text, /^\d+$|slagen/)
    assert.equal(await page.locator('.tiles [aria-live], .tiles [role=status], .tiles [role=alert]').count(), 0)
  })
  await check('the run ends, and practice stays on the phone', async () => {
    await endAll(page)
    await page.getByText('er wordt niets verstuurd').waitFor()
    await assertNoBarrier(page)
  })
  await check('nothing complained', async () => assert.deepEqual(complaints, []))
}

/** Nothing scrolls, nothing is cut off, and a glove hits every button. */
async function assertFits(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const tiles = document.querySelector('.tiles')
    const small = [...document.querySelectorAll('.live button')]
      .map((button) => ({ text: button.textContent ?? '', box: button.getBoundingClientRect() }))
      .filter(
        ({ box }) =>
          box.height < 55.9 || box.width < 55.9 || box.bottom > innerHeight + 0.5 || box.right > innerWidth + 0.5,
      )
    return {
      small: small.map(({ text, box }) => `${text} ${Math.round(box.width)} x ${Math.round(box.height)}`),
      scrolls:
        (tiles?.scrollHeight ?? 0) - (tiles?.clientHeight ?? 0) + document.documentElement.scrollHeight - innerHeight,
    }
  })
  assert.deepEqual(found.small, [])
  assert.ok(found.scrolls <= 1, `${found.scrolls} px to scroll`)
}
