// An hour without the server and without a network, in the middle of a run: everything is on the phone, the screen says why
// nothing is sent, and all of it arrives by itself once it can.
import { strict as assert } from 'node:assert'
import type { House } from '../house.ts'
import { readOutbox } from '../model/phone-disk.ts'
import type { Check } from '../run.ts'
import { until } from '../straps/rig.ts'
import { newestRun } from './arrived.ts'
import { beginRun, type BegunRun } from './begun.ts'
import { endAll, settle, tileOf } from './steps.ts'
import { lostOf, notificationsIn } from './wearer.ts'

const HALF_HOUR_S = 1800
/** For the most of it a beat of each so often: an hour takes a quarter of a minute. */
const STEP_S = 4
/** Once a second again: as long as it takes until a strap is believed. */
const NATURAL_S = 20

export async function serverAwayRun(house: House, check: Check): Promise<void> {
  const run = await beginRun(house, { name: 'Storing', ceilings: { Anna: 150, Bram: 150 }, from: 84 })
  const { page, wearers, group } = run
  const pass = async (seconds: number) => {
    await run.pass(seconds - NATURAL_S, { stepS: STEP_S })
    await run.pass(NATURAL_S)
  }
  await check('half an hour without the server changes nothing for who runs', async () => {
    await pass(120)
    await until(async () => (await countUnsent(run)) < 20, 'the first minutes have travelled')
    await house.goDown()
    await pass(HALF_HOUR_S)
    await assertRunning(run)
  })
  await check('nor does half an hour without a network', async () => {
    await page.context().setOffline(true)
    await house.comeBack()
    await pass(HALF_HOUR_S)
    await assertRunning(run)
    assert.ok((await countUnsent(run)) > 500, 'an hour waits on the phone')
  })
  await check('what waited travels by itself within minutes, while the run goes on', async () => {
    await page.context().setOffline(false)
    await pass(180)
    await until(async () => (await countUnsent(run)) < 60, 'the hour has travelled', 15_000)
    await assertRunning(run)
  })
  await check('the server has every beat of that hour, and no hole', async () => {
    await page.clock.resume()
    await settle()
    await endAll(page)
    await page.getByText('Alles is verstuurd.').waitFor({ timeout: 60_000 })
    for (const wearer of wearers) {
      const { file, warnings } = await newestRun(page, house.url, group.clients.get(wearer.alias) ?? '')
      const { bytes, recording } = notificationsIn(file)
      assert.deepEqual(lostOf(wearer, bytes), [])
      const { elapsedS } = recording.heartRate
      const longest = elapsedS.slice(1).reduce((most, atS, i) => Math.max(most, atS - (elapsedS[i] ?? 0)), 0)
      assert.ok(longest < 2 * STEP_S, `a hole of ${longest} s`)
      // The page's clock is an hour ahead of the server's by now.
      assert.deepEqual(
        warnings.filter((warning) => warning !== 'TIME_IN_FUTURE'),
        [],
      )
    }
  })
  await page.context().close()
}

const countUnsent = async ({ page }: BegunRun): Promise<number> =>
  (await readOutbox(page)).batches.filter(({ state }) => state !== 'acknowledged').length

async function assertRunning({ page, wearers }: BegunRun): Promise<void> {
  for (const { alias } of wearers) {
    await tileOf(page, alias).getByText('Rustig').waitFor()
    assert.match((await tileOf(page, alias).locator('.bpm').textContent()) ?? '', /^112/)
  }
  // The page's clock runs ahead of the server's, by the test's own doing.
  const banners = await page.locator('.banner').allInnerTexts()
  assert.deepEqual(
    banners.filter((text) => !text.startsWith('De klok van deze telefoon')),
    [],
  )
}
