// Many files at once, good and bad: a word about each.
import { strict as assert } from 'node:assert'
import { addRunner, chooseFiles, type House } from './house.ts'
import type { Check } from './run.ts'

export async function importMany(house: House, check: Check): Promise<void> {
  const { page, complaints } = await house.newPage({ viewport: { width: 360, height: 740 } })
  await addRunner(page, house.url, 'Sam', 140)
  const files = ['calm-run.fit', 'settings.fit', 'truncated.fit'].map(house.fixture)
  await check('each file of an upload gets a word', async () => {
    await chooseFiles(page, [...files, house.fixture('encoder.ts')])
    await page.getByText('settings.fit: niet ingelezen. Hier zit geen ronde in').waitFor()
    await page.getByText('encoder.ts: niet ingelezen. Dit soort bestand').waitFor()
    assert.equal(await page.locator('.results li').count(), 4)
  })
  await check('the same files again change nothing', async () => {
    await chooseFiles(page, files)
    await page.getByText('calm-run.fit: was er al').waitFor()
    assert.equal(await page.locator('.list .row').count(), 2)
  })
  await check('a near duplicate is shown to a person, who decides', async () => {
    await chooseFiles(page, [house.fixture('near-duplicate.fit')])
    await page.locator('.results').getByRole('link', { name: 'near-duplicate.fit' }).click()
    await page.getByText('Is dit dezelfde ronde als een andere?').waitFor()
    await page.getByRole('button', { name: 'Deze weghalen' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sam' }).waitFor()
    assert.equal(await page.locator('.list .row').count(), 2)
  })
  await check('what the watch file lacked is said on the run', async () => {
    await page.locator('.list .row').filter({ hasText: '4 min' }).click()
    await page.getByText('Het bestand stopt midden in de ronde. Wat ervoor zat is bewaard.').waitFor()
  })
  await check('nothing complained', async () => assert.deepEqual(complaints, []))
}
