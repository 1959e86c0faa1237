// A new version of the page comes out in the middle of a run: the run goes on, nothing is loaded by itself and nobody is asked
// to leave; it is told once the run is over.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { writePageFile } from '../../house/pack-file.ts'
import { root } from '../../house/run.ts'
import { sleep } from '../../support/fake-strap.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { newestRun } from './arrived.ts'
import { beginRun, type BegunRun } from './begun.ts'
import { endAll, settle, tileOf, whileRunning } from './steps.ts'
import { until } from '../straps/rig.ts'
import { lostOf, notificationsIn } from './wearer.ts'

/** So often the page asks itself whether it may tell of it. */
const NEXT_LOOK_MS = 10_500
/** A second of the straps of a test. */
const ON_ITS_WAY = 4
const WORKER = join(root, 'web/dist/sw.js')

export async function newVersionRun(house: House, check: Check): Promise<void> {
  const built = readFileSync(WORKER, 'utf8')
  const run = await beginRun(house, {
    name: 'Versie',
    ceilings: { Anna: 150 },
    from: 152,
    inRealTime: true,
    before: (page) => visitOnce(page, house.url),
  })
  const { page, wearers } = run
  try {
    await whileRunning(wearers, async () => {
      await check('a new version that comes out in a run waits, untold, while every beat is taken', async () => {
        await page.evaluate(() =>
          navigator.serviceWorker.ready.then(() => document.body.setAttribute('data-first', '')),
        )
        writePageFile(WORKER, `${built}\n// another version`)
        await lookForNew(page)
        await sleep(NEXT_LOOK_MS)
        await assertGoesOn(run)
      })
      await check('another tab does not offer it either: it would change under the run', async () => {
        const other = await page.context().newPage()
        await other.goto(house.url)
        await other.getByRole('heading', { level: 1 }).waitFor()
        await lookForNew(other)
        await sleep(NEXT_LOOK_MS)
        assert.equal(await hello(other).count(), 0)
        await other.close()
        await page.bringToFront()
        await assertGoesOn(run)
      })
      await check('a page that is loaded anew in the run is the same one, and goes on', async () => {
        await page.reload()
        await page.locator('.tiles').waitFor()
        await until(() => wearers.every(({ strap }) => strap.notifying), 'the strap is back', 30_000)
        await page.evaluate(() => document.body.setAttribute('data-first', ''))
        assert.ok(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null))
        await assertGoesOn(run)
      })
    })
    await check('it is told after the run, and loaded when somebody asks for it', async () => {
      await settle()
      await endAll(page)
      await page.getByText('Alles is verstuurd.').waitFor({ timeout: 30_000 })
      await hello(page).waitFor()
      assert.equal(await page.locator('body[data-first]').count(), 1, 'the page was loaded by itself')
      await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Nu laden' }).click()])
      await page.getByRole('heading', { level: 1, name: 'Groepsloop' }).waitFor()
      assert.equal(await hello(page).count(), 0)
    })
    await check('the beats of that run are there, less what was on its way while the page was loaded', async () => {
      const [anna] = run.wearers
      assert.ok(anna !== undefined)
      const { file, warnings } = await newestRun(page, house.url, run.group.clients.get('Anna') ?? '')
      const lost = lostOf(anna, notificationsIn(file).bytes)
      assert.ok(lost !== null && lost.length <= ON_ITS_WAY, `${lost?.length} lost`)
      assert.deepEqual(warnings, ['RECORDER_ASLEEP'])
    })
    await check('nothing complained', async () => assert.deepEqual(run.complaints, []))
  } finally {
    writePageFile(WORKER, built)
    await page.context().close()
  }
}

const hello = (page: Page) => page.getByText('Er is een nieuwe versie van calmpace.')

/** The next visit is answered by the worker. */
async function visitOnce(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
}

/** What the page's own timer does each hour. */
const lookForNew = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.update()
    while (registration.waiting === null) await new Promise((resolve) => setTimeout(resolve, 50))
  })

async function assertGoesOn({ page }: BegunRun): Promise<void> {
  assert.equal(await page.locator('body[data-first]').count(), 1, 'the page was loaded anew')
  assert.equal(await hello(page).count(), 0, 'the new version is told in the run')
  assert.match((await tileOf(page, 'Anna').locator('.bpm').textContent()) ?? '', /^1[01]\d/)
  await tileOf(page, 'Anna').getByText('Rustig').waitFor()
}
