// Sound that a browser takes away is said at once and never called on; any touch brings it back, and with it the alarm.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { until } from '../straps/rig.ts'
import { handsRun, middleOf, toneCount } from './hands.ts'
import { tileOf } from './steps.ts'

const noSound = (page: Page) => page.getByText('Geen geluid: tik ergens')
const isSilent = async (page: Page) => (await noSound(page).count()) > 0
const contextStates = (page: Page) => page.evaluate(() => window.contexts.map(({ state }) => state))

/** A touch on the plan's clock, which does nothing. */
async function touch(page: Page): Promise<void> {
  const { x, y } = await middleOf(page.locator('.live-clock'))
  await page.touchscreen.tap(x, y)
}

export async function soundRun(house: House, check: Check): Promise<void> {
  const run = await handsRun(house, { name: 'Geluid', aliases: ['Anna', 'Bram'], from: 101 })
  const { page, bpm, pass, passUntil } = run
  const button = page.getByRole('dialog').getByRole('button', { name: /[Gg]eluid/ })
  const openSheet = () => page.getByRole('button', { name: 'Iedereen' }).click()

  await check('an alarm sounds, and the button says that sound is on', async () => {
    bpm['Anna'] = 175
    await passUntil(async () => (await toneCount(page)) > 0, 'a tone')
    assert.equal(await isSilent(page), false)
    await openSheet()
    assert.match((await button.textContent()) ?? '', /staat aan/)
    await page.keyboard.press('Escape')
  })
  await check('a call suspends the sound: said at once, and any touch brings it back', async () => {
    await page.evaluate(() => window.contexts.at(-1)?.suspend())
    await noSound(page).waitFor()
    const before = await toneCount(page)
    await pass(9)
    assert.equal(await toneCount(page), before)
    await touch(page)
    await until(async () => !(await isSilent(page)), 'the line goes')
    await passUntil(async () => (await toneCount(page)) > before, 'the alarm at once', 2)
  })
  await check('a context that was closed is replaced by a new one at a touch', async () => {
    await page.evaluate(() => window.contexts.at(-1)?.close())
    await noSound(page).waitFor()
    const before = await toneCount(page)
    await touch(page)
    await until(async () => (await contextStates(page)).at(-1) === 'running', 'a new context')
    await passUntil(async () => (await toneCount(page)) > before, 'the alarm at once', 2)
  })
  await check('the line stands in sheets and on other steps, and the button never says on without sound', async () => {
    await openSheet()
    await page.evaluate(() => window.contexts.at(-1)?.suspend())
    await page.getByRole('dialog').getByText('Geen geluid: tik ergens').waitFor()
    assert.equal(await button.getAttribute('aria-pressed'), 'false')
    assert.match((await button.textContent()) ?? '', /^Geen geluid/)
    await button.click()
    await until(async () => (await button.getAttribute('aria-pressed')) === 'true', 'pressing it turns sound on')
    await button.click()
    await until(async () => /staat uit/.test((await button.textContent()) ?? ''), 'pressing it again turns sound off')
    await button.click()
    await until(async () => /staat aan/.test((await button.textContent()) ?? ''), 'and on')
    await page.keyboard.press('Escape')
  })
  await check(
    'after a reload in the run the line stands exactly as long as there is no sound, and a key ends it',
    async () => {
      await page.reload()
      await page.locator('.tiles').waitFor()
      // What Playwright evaluates counts as a touch, so the browser may let the page sound of itself: the line agrees with it.
      await until(async () => {
        await pass(1)
        const state = (await contextStates(page)).at(-1)
        return state !== undefined && (state === 'running') !== (await isSilent(page))
      }, 'the line agrees with the sound')
      await page.evaluate(() => window.contexts.at(-1)?.suspend())
      await noSound(page).first().waitFor()
      await openSheetByKey(page)
      await until(async () => !(await isSilent(page)), 'a key is a touch')
      await page.keyboard.press('Escape')
      await tileOf(page, 'Anna').waitFor()
    },
  )
  await page.context().close()
}

async function openSheetByKey(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Iedereen' }).focus()
  await page.keyboard.press('Enter')
}
