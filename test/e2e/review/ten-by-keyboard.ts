// Ten flags handled with the keyboard alone, each with its evidence on the screen before it is decided.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import type { House } from '../house.ts'
import { keyboardOf } from '../keyboard.ts'
import type { Check } from '../../support/check.ts'
import { flagsOf } from './desk.ts'

export async function tenByKeyboard(house: House, check: Check, page: Page): Promise<void> {
  const keys = keyboardOf(page)
  const title = () => page.locator('.flag-title').innerText()
  const focused = (selector: string) =>
    page.waitForFunction((one) => document.activeElement?.matches(one) === true, selector)
  const waiting = async () => (await flagsOf(house, page, '?state=waiting')).length
  await takeUpAgain(house, page)
  await page.setViewportSize({ width: 1180, height: 900 })
  await page.goto(`${house.url}/review`)
  await check('the list goes by arrows, and Enter opens a flag with the focus on it', async () => {
    await keys.reach(page.locator('.flag-row').first(), 'the first flag')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    const first = await page.locator('.flag-row').first().innerText()
    await page.keyboard.press('Enter')
    await focused('.flag-title')
    assert.ok(first.includes((await title()).split(':')[0] ?? ''))
  })
  await check('a closing without a reason is refused in words, by keyboard', async () => {
    await page.keyboard.press('o')
    await focused('input[type=radio]')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alert').filter({ hasText: 'Kies een reden. Schrijf er een notitie bij.' }).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.review-flag form').waitFor({ state: 'detached' })
  })
  await check('ten flags are handled with the keyboard alone', async () => {
    const before = await waiting()
    assert.ok(before >= 10, `only ${before} flags wait`)
    for (let n = 0; n < 10; n++) {
      await page.locator('.review-flag .evidence').waitFor()
      const now = await title()
      await page.locator('.flag-title').focus()
      if (n % 3 === 2) {
        await page.keyboard.press('f')
        await focused('textarea')
        await page.keyboard.type('de band zat los')
      } else {
        if (n % 3 === 1) {
          await page.keyboard.press('g')
          await page.locator('.flag-facts').filter({ hasText: 'in gesprek' }).waitFor()
        }
        await page.keyboard.press('o')
        await focused('input[type=radio]')
        await page.keyboard.press('Space')
        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('Tab')
        await focused('textarea')
        await page.keyboard.type(`gebeld, punt ${n + 1}`)
      }
      await page.keyboard.press('Control+Enter')
      await focused('button.main')
      if (n === 9) break
      await page.keyboard.press('Enter')
      await page.waitForFunction((old) => document.querySelector('.flag-title')?.textContent !== old, now)
      await focused('.flag-title')
    }
    assert.equal(await waiting(), before - 10)
  })
  await check('Escape leads back to the list', async () => {
    await page.keyboard.press('Escape')
    await page.waitForURL('**/review')
  })
  await check('how often each rule was right is counted', async () => {
    await page.reload()
    await keys.open('Hoe vaak klopte een regel?')
    const rows = await page.locator('.review-list tbody tr').allInnerTexts()
    const closed = rows
      .map((row) => row.split('\t').slice(3).map(Number))
      .reduce((sum, [a = 0, b = 0]) => sum + a + b, 0)
    const { length } = (await flagsOf(house, page)).filter(({ state }) => /resolved|false_alarm/.test(state))
    assert.equal(closed, length)
  })
}

/** What was closed before, by two people at once, waits again: with the rest there are ten and more. */
async function takeUpAgain(house: House, page: Page): Promise<void> {
  const all = await flagsOf(house, page)
  for (const { id, version } of all.filter(({ state }) => state === 'resolved' || state === 'false_alarm')) {
    const { events } = (await (await page.request.get(`${house.url}/api/flags/${id}`)).json()) as {
      events: { act: string }[]
    }
    // What was over by itself stays so.
    if (events.at(-1)?.act === 'over') continue
    const taken = await page.request.post(`${house.url}/api/flags/${id}/steps`, {
      data: { act: 'reopen', seenVersion: version, note: 'toch nog eens kijken' },
      headers: { origin: house.url },
    })
    assert.ok(taken.ok(), await taken.text())
  }
}
