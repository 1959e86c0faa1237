// Two supervisors on one flag: each sees what the other did, neither loses a word.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { flagsOf } from './desk.ts'

/** News of a server where nothing happens. */
const silence = { seq: 0, waiting: 1, unopenedToday: 0, assignedToMe: 0, changed: [] }
const send = (page: Page) => page.locator('.review-flag form button[type=submit]').click()

export async function twoPeople(house: House, check: Check, thea: Page, bo: Page): Promise<void> {
  const flag = (await flagsOf(house, thea)).find(({ kind, state }) => kind === 'F1.above' && state === 'open')
  assert.ok(flag !== undefined)
  const open = async (page: Page) => {
    await page.goto(`${house.url}/review/${flag.id}`)
    await page.locator('.flag-title').waitFor()
  }
  const storyOf = (page: Page) => page.locator('.story').innerText()
  await check("one supervisor's step is on the other's screen by itself", async () => {
    await Promise.all([open(thea), open(bo)])
    await thea.getByRole('button', { name: /^Gezien/ }).click()
    await bo.getByText('Net bijgewerkt door Thea: gezien.').waitFor()
    await bo.locator('.story').filter({ hasText: 'Thea heeft het gezien' }).waitFor()
  })
  await check('two closings at once: the second is told who was first, and keeps what they wrote', async () => {
    // Bo's browser hears of nothing in between.
    await bo.route('**/api/flags/news*', (route) => route.fulfill({ json: silence }))
    await bo.getByRole('button', { name: /^Onterecht/ }).click()
    await bo.getByLabel('Notitie').fill('de band zat los, zegt Hilde')
    await thea.getByRole('button', { name: /^In gesprek/ }).click()
    await thea.locator('.story').filter({ hasText: 'Thea is in gesprek' }).waitFor()
    await send(bo)
    await bo.getByRole('alert').filter({ hasText: 'Thea werkte hier net ook aan: in gesprek.' }).waitFor()
    assert.equal(await bo.getByLabel('Notitie').inputValue(), 'de band zat los, zegt Hilde')
    assert.match(await storyOf(bo), /Thea is in gesprek/)
    await send(bo)
    await bo.locator('.story').filter({ hasText: 'Bo noemde het onterecht' }).waitFor()
    await bo.unroute('**/api/flags/news*')
    await thea.locator('.story').filter({ hasText: 'de band zat los, zegt Hilde' }).waitFor()
  })
  await check('what is typed while somebody else takes a step stays, and can still be kept as a comment', async () => {
    await thea.getByRole('button', { name: /^Heropenen/ }).click()
    await thea.getByLabel('Notitie').fill('ik vraag het Hilde nog')
    await bo.getByRole('button', { name: /^Heropenen/ }).click()
    await bo.getByLabel('Notitie').fill('toch nog eens kijken')
    await send(bo)
    await thea.getByText('Net bijgewerkt door Bo: nieuw.').waitFor()
    assert.equal(await thea.getByLabel('Notitie').inputValue(), 'ik vraag het Hilde nog')
    await thea.getByRole('button', { name: /^Opmerking/ }).click()
    assert.equal(await thea.getByLabel('Notitie').inputValue(), 'ik vraag het Hilde nog')
    await send(thea)
    await thea.locator('.story').filter({ hasText: 'ik vraag het Hilde nog' }).waitFor()
    const story = await storyOf(thea)
    for (const part of ['Thea heeft het gezien', 'Thea is in gesprek', 'de band zat los', 'Bo opende het weer'])
      assert.ok(story.includes(part), `${part} is missing in ${story}`)
  })
}
