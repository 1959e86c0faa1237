// The phone's disk is taken away under a run: another tab wants another version of the database, or it is wiped. The run goes
// on, what was not sent yet is not lost, and a page that is loaded after it comes to the same screen.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import type { House } from '../house.ts'
import { readOutbox } from '../model/phone-disk.ts'
import type { Check } from '../run.ts'
import { until } from '../straps/rig.ts'
import { newestRun } from './arrived.ts'
import { beginRun } from './begun.ts'
import { endAll, settle, tileOf } from './steps.ts'
import { lostOf, notificationsIn } from './wearer.ts'

export async function diskTakenRun(house: House, check: Check): Promise<void> {
  const run = await beginRun(house, { name: 'Opslag', ceilings: { Anna: 150 }, from: 89 })
  const { page, wearers, group, pass } = run
  const [anna] = wearers
  assert.ok(anna !== undefined)
  await pass(5)
  await check('another tab that wants a newer database waits for the run, which goes on', async () => {
    const other = await page.context().newPage()
    await other.goto(`${house.url}/healthz`)
    assert.equal(await askForNewer(other), 'blocked')
    await page.bringToFront()
    await pass(5)
    await assertGoesOn(page)
    await other.close()
    await pass(5)
    await assertGoesOn(page)
    assert.deepEqual(await banners(page), [])
  })
  await check('a disk that is wiped under the run has all of it again, though nothing of it was sent', async () => {
    await page.context().setOffline(true)
    await pass(30)
    const before = await numbersOf(page)
    assert.ok(before.length > 2)
    const tools = await page.context().newCDPSession(page)
    await tools.send('Storage.clearDataForOrigin', { origin: house.url, storageTypes: 'indexeddb' })
    await until(async () => {
      await pass(1)
      return (await numbersOf(page)).length > before.length
    }, 'the disk is written anew')
    const after = await numbersOf(page)
    assert.deepEqual(
      after,
      after.map((_, i) => i + 1),
    )
    await assertGoesOn(page)
    assert.deepEqual(await banners(page), [])
  })
  await check('a page that is loaded after that goes on with the run and its strap', async () => {
    await page.reload()
    await page.locator('.tiles').waitFor()
    await until(
      async () => {
        await page.clock.runFor(100)
        return anna.strap.notifying
      },
      'the strap is back',
      30_000,
    )
    await pass(10)
    await assertGoesOn(page)
  })
  await check('the server has the whole run, and every beat of it', async () => {
    await page.context().setOffline(false)
    await page.clock.resume()
    await settle()
    await endAll(page)
    await page.getByText('Alles is verstuurd.').waitFor({ timeout: 60_000 })
    const { file, warnings } = await newestRun(page, house.url, group.clients.get('Anna') ?? '', 30_000)
    assert.deepEqual(lostOf(anna, notificationsIn(file).bytes), [])
    assert.ok(!warnings.includes('BATCHES_MISSING'))
  })
  await page.context().close()
}

/** As a newer version of the page does. */
const askForNewer = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const request = indexedDB.open('calmpace', 99)
        for (const name of ['blocked', 'success', 'error', 'upgradeneeded'])
          request.addEventListener(name, () => resolve(name))
      }),
  )

/** Of the batches on this phone's disk. */
async function numbersOf(page: Page): Promise<number[]> {
  const { batches } = await readOutbox(page)
  return batches.map(({ number }) => number)
}

/** Without what the page says of its clock, which runs ahead of the server's. */
const banners = async (page: Page): Promise<string[]> =>
  (await page.locator('.banner').allInnerTexts()).filter((text) => !text.startsWith('De klok van deze telefoon'))

async function assertGoesOn(page: Page): Promise<void> {
  assert.match((await tileOf(page, 'Anna').locator('.bpm').textContent()) ?? '', /^112/)
  await tileOf(page, 'Anna').getByText('Rustig').waitFor()
}
