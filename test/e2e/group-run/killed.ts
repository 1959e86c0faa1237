// The browser is killed in the middle of a run and opened again, and the network is gone all the while: the run goes on where
// it was, at most a second is lost, and all of it arrives once there is a network.
import { strict as assert } from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sleep } from '../../support/fake-strap.ts'
import { answerChooser } from '../../support/strap-chooser.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { until } from '../straps/rig.ts'
import { newestRun } from './arrived.ts'
import { makeGroup } from './people.ts'
import { chooseGroup, endAll, isHere, pair, startAll, tileOf, whileRunning } from './steps.ts'
import { dress, lostOf, notificationsIn, type Wearer } from './wearer.ts'

const aliases = ['Anna', 'Bram'] as const
/** What may be lost by a kill, ms: entries are on disk within half a second, and a notification takes a moment to come. */
const LOST_MS = 1000

export async function killedRun(house: House, check: Check): Promise<void> {
  const { bluez, url } = house
  assert.ok(bluez !== null)
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-profile-'))
  const wearers = dress(bluez, aliases, 50)
  let opened = await house.openProfile(folder)
  try {
    let { page } = opened
    let chooser = await answerChooser(page)
    const group = await makeGroup(page, url, 'Vrijdag', { Anna: 150, Bram: 150 })
    await page.goto(`${url}/group-run`)
    await page.getByRole('button', { name: group.name, exact: true }).waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    // After this one visit there is no network until the end.
    await page.context().setOffline(true)
    await chooseGroup(page, url, group.name)
    for (const wearer of wearers) {
      await isHere(page, wearer.alias)
      await pair(page, chooser, wearer)
    }
    const killedAtMs: number[] = []
    await whileRunning(wearers, async () => {
      await startAll(page)
      for (const wearer of wearers) wearer.begin()
      await sleep(3000)
      await check('a run begun without a network, in a browser that is killed, goes on where it was', async () => {
        await page.context().setOffline(true)
        await sleep(2000)
        killedAtMs.push(Date.now())
        await opened.kill()
        for (const { strap } of wearers) strap.dropLink()
        opened = await house.openProfile(folder)
        ;({ page } = opened)
        await page.context().setOffline(true)
        chooser = await answerChooser(page)
        await page.goto(`${url}/group-run`)
        await page.locator('.tiles').waitFor({ timeout: 30_000 })
        // Chromium writes down late which straps a page may use: after a kill it has forgotten them, and asks for a tap.
        const tap = page.getByRole('button', { name: /^Tik om de band van/ })
        while (wearers.some(({ strap }) => !strap.notifying)) {
          await until(
            async () => wearers.every(({ strap }) => strap.notifying) || (await tap.count()) > 0,
            'a tap',
            30_000,
          )
          const name = (await tap.count()) > 0 ? ((await tap.textContent()) ?? '') : ''
          const wearer = wearers.find(({ alias, strap }) => !strap.notifying && name.includes(` ${alias} `))
          if (wearer === undefined) continue
          chooser.want(wearer.strap.address)
          await tap.click()
          await until(() => wearer.strap.notifying, `${wearer.alias} is back`, 20_000)
        }
        await until(() => wearers.every(({ strap }) => strap.notifying), 'straps are back', 60_000)
        for (const { alias } of wearers)
          await tileOf(page, alias)
            .locator('.bpm', { hasText: /^1[12]\d/ })
            .waitFor()
      })
      await sleep(3000)
    })
    await sleep(900)
    await endAll(page)
    await check('what was recorded without a network arrives once there is one', async () => {
      await page.getByText('Geen internet').waitFor({ timeout: 30_000 })
      await page.context().setOffline(false)
      await page.getByText('Alles is verstuurd.').waitFor({ timeout: 60_000 })
    })
    await check('the recording is what the straps sent, less the last second before the kill', async () => {
      for (const wearer of wearers) {
        const run = await newestRun(page, url, group.clients.get(wearer.alias) ?? '')
        assertOnlyLostBeforeKill(wearer, notificationsIn(run.file).bytes, killedAtMs)
        assert.ok(run.warnings.includes('RECORDER_ASLEEP'), 'the hole is said')
      }
    })
  } finally {
    await opened.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

function assertOnlyLostBeforeKill(wearer: Wearer, got: readonly string[], killedAtMs: readonly number[]): void {
  const lost = lostOf(wearer, got)
  assert.ok(lost !== null, `${wearer.alias}: something came that was not sent, or twice`)
  for (const { atMs } of lost)
    assert.ok(
      killedAtMs.some((killedMs) => atMs <= killedMs + 300 && atMs >= killedMs - LOST_MS),
      `${wearer.alias}: lost at ${atMs}, killed at ${killedAtMs.join(', ')}`,
    )
}
