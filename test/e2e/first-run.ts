// From an empty start to a verdict: what a new therapist does first.
import { strict as assert } from 'node:assert'
import { addRunner, chooseFiles, resultOf, type House } from './house.ts'
import type { Check } from '../support/check.ts'

export async function firstRun(house: House, check: Check): Promise<void> {
  const { page, complaints } = await house.newPage()
  await check('an empty start says what to do first', async () => {
    await page.goto(house.url)
    await page.getByText('Er zijn nog geen lopers').waitFor()
  })
  await check('a runner gets a calm limit, previewed by the judge', () => addRunner(page, house.url, 'Noor', 140))
  await check('a watch file becomes a verdict in Dutch', async () => {
    await chooseFiles(page, [house.fixture('calm-run.fit')])
    await resultOf(page, 'calm-run.fit').click()
    await page.getByText('Je liep 29 van de 29 minuten rustig. Mooi gedaan.').waitFor()
    await page.locator('.chart canvas').waitFor()
  })
  await check('the same words in English, one click away', async () => {
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('You ran calmly for 29 of 29 minutes. Well done.').waitFor()
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  })
  await check('the address of the run opens it again', async () => {
    await page.reload()
    await page.getByText('You ran calmly for 29 of 29 minutes.').waitFor()
  })
  await check('nothing complained and nothing came from elsewhere', async () => assert.deepEqual(complaints, []))
}
